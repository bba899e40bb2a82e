import { createHash } from 'node:crypto'
import { assert, asyncProperty, boolean, integer, record, uniqueArray } from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cancel } from '../../src/booking/cancel.ts'
import { enter } from '../../src/booking/enter.ts'
import { bookingById } from '../../src/booking/queries.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { announceDraw } from '../../src/lottery/announce.ts'
import { draw } from '../../src/lottery/draw.ts'
import { forecast } from '../../src/lottery/forecast.ts'
import { drawOrder } from '../../src/lottery/lottery.ts'
import { drawnEntries } from '../../src/lottery/queries.ts'
import { previewResults } from '../../src/mail/preview.ts'
import { findings } from '../../src/node/findings.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import type { Session } from '../../src/schedule/session.ts'
import { accept } from '../../src/waitlist/accept.ts'
import { expire } from '../../src/waitlist/expire.ts'
import { offer } from '../../src/waitlist/offer.ts'
import { promote } from '../../src/waitlist/promote.ts'
import { asDesk } from '../booking/desk.ts'
import { ask, booked, bookingRow, bookings, forSeminar, letters, mito, unlawful } from '../booking/fixtures.ts'
import { meanwhile } from '../meanwhile.ts'
import { freshKey, type World } from '../world.ts'

/** The seminar is on Thursday 10 December; entries close the business day before at 15:00. */
const CLOSED = '2026-12-09T06:00:00.000Z'
const IN_THE_MORNING = '2026-12-10T00:30:00.000Z'

let w: World
beforeEach(async () => {
  w = await mito()
  await w.run("update session set acceptance = 'lottery', capacity = 3 where id = 'seminar'")
})
afterEach(() => w.close())

const kinds = async (id: string) => (await letters(w)).filter((one) => one.subject === id).map((one) => one.kind)

/** Makes this many entries, with the given fields. */
async function entries(count: number) {
  const all: { id: string; token: string }[] = []
  for (let i = 0; i < count; i++) all.push(await booked(w, forSeminar()))
  return all
}

/** Bookings in the order of the draw. */
const drawnRows = async () =>
  (await bookings(w))
    .filter((row) => row.draw_order !== null)
    .toSorted((a, b) => Number(a.draw_order) - Number(b.draw_order))

describe('the order of a draw', () => {
  test('can be computed from the seed and the numbers by anybody: first-timers first, then by SHA-256', async () => {
    const hash = (seed: string, number: string) => createHash('sha256').update(`${seed}:${number}`).digest('hex')
    await assert(
      asyncProperty(
        uniqueArray(record({ number: integer({ min: 1, max: 9999 }), first: boolean() }), {
          selector: (entry) => entry.number,
          maxLength: 60,
        }),
        integer({ min: 0 }),
        async (given, n) => {
          const seed = n.toString(16)
          const all = given.map((entry) => ({ ...entry, number: `TK-1210-${entry.number}` }))
          const order = await drawOrder(seed, all)
          const expected = all.toSorted((a, b) => {
            if (a.first !== b.first) return a.first ? -1 : 1
            return hash(seed, a.number) < hash(seed, b.number) ? -1 : 1
          })
          expect(order).toEqual(expected)
        },
      ),
    )
  })
})

describe('entering a lottery', () => {
  test('takes no place from anybody, however many enter, and says that nothing is decided', async () => {
    const all = await entries(5)
    expect(await sessionById(w.ctx, 'seminar')).toMatchObject({ status: 'open', remaining: 3, waiting: 5 })
    for (const { id } of all) expect(await kinds(id)).toEqual(['entered'])
    expect(await bookingById(w.ctx, all[0]?.id ?? '')).toMatchObject({ status: 'waiting', position: null })
    await offer(w.system)
    expect((await bookings(w)).every((row) => row.status === 'waiting')).toBe(true)
    expect(await unlawful(w)).toEqual([])
    expect(await findings(w.system)).toEqual([])
  })

  test('cannot be turned into a place before the draw, also not by telephone', async () => {
    const [one] = await entries(1)
    expect(await promote(asDesk(w, '31'), one?.id ?? '')).toEqual({ ok: false, why: 'closed' })
  })

  test('is closed from the deadline on, and may be withdrawn before', async () => {
    const [one] = await entries(1)
    await cancel(w.ctx, { token: one?.token ?? '' })
    expect(await kinds(one?.id ?? '')).toEqual(['entered', 'withdrawn'])
    w.at(CLOSED)
    expect(await ask(w, forSeminar())).toMatchObject({ ok: false, why: 'closed' })
  })
})

describe('a draw', () => {
  test('waits until entries are closed, records its seed, and tells nobody', async () => {
    const all = await entries(6)
    expect(await draw(asDesk(w, '31'), 'seminar')).toEqual({ ok: false, why: 'closed' })
    w.at(CLOSED)
    await expect(draw(asDesk(w, '08'), 'seminar')).rejects.toThrow('only for the desk')
    const done = await draw(asDesk(w, '31'), 'seminar')
    if (!done.ok) throw new Error('not drawn')
    const rows = await drawnRows()
    expect(rows.map((row) => row.number)).toEqual(done.numbers)
    const again = await drawOrder(
      done.seed,
      rows.map(({ number }) => ({ number, first: true })),
    )
    expect(again.map((entry) => entry.number)).toEqual(done.numbers)
    expect(await draw(asDesk(w, '31'), 'seminar')).toEqual({ ...done, again: true })
    expect(await letters(w)).toHaveLength(all.length)
  })

  test('announced gives each place to confirm, makes the others reserves, and tells each once, killed or not', async () => {
    await entries(6)
    w.at(CLOSED)
    expect(await announceDraw(asDesk(w, '31'), 'seminar')).toEqual({ ok: false, why: 'closed' })
    await draw(asDesk(w, '31'), 'seminar')
    const { store } = w.ctx
    let left = 4
    const dying = {
      ...store,
      commit: async (...writes: Parameters<typeof store.commit>) => {
        if (left-- === 0) throw new Error('killed')
        return store.commit(...writes)
      },
    }
    await expect(announceDraw({ ...asDesk(w, '31'), store: dying }, 'seminar')).rejects.toThrow('killed')
    expect(await announceDraw(asDesk(w, '31'), 'seminar')).toMatchObject({ ok: true })
    const rows = await drawnRows()
    expect(rows.map((row) => row.status)).toEqual(['offered', 'offered', 'offered', 'waiting', 'waiting', 'waiting'])
    for (const row of rows.slice(0, 3)) expect(await kinds(row.id)).toEqual(['entered', 'won'])
    for (const row of rows.slice(3)) expect(await kinds(row.id)).toEqual(['entered', 'reserve'])
    expect((await bookingById(w.ctx, rows[4]?.id ?? ''))?.position).toBe(2)
    expect(await announceDraw(asDesk(w, '31'), 'seminar')).toEqual({ ok: true, won: 0, reserves: 0, again: true })
    expect(await unlawful(w)).toEqual([])
    expect(await findings(w.system)).toEqual([])
  })

  test('announced leaves off the call list whom the desk has told already', async () => {
    const [told, other] = await entries(2)
    await w.run('update booking set email = null')
    w.at(CLOSED)
    await draw(w.system, 'seminar')
    await announceDraw(asDesk(w, '31'), 'seminar', undefined, [told?.id ?? ''])
    const calls = await w.rows("select subject, state from outbox where channel = 'phone' order by subject")
    expect(Object.fromEntries(calls.map(({ subject, state }) => [subject, state]))).toEqual({
      [told?.id ?? '']: 'sent',
      [other?.id ?? '']: 'waiting',
    })
  })

  test('drawn and announced again writes nothing', async () => {
    await entries(2)
    w.at(CLOSED)
    await draw(w.system, 'seminar')
    await announceDraw(w.system, 'seminar')
    const written = () => w.rows('select * from journal')
    const before = await written()
    expect(await draw(w.system, 'seminar')).toMatchObject({ ok: true, again: true })
    expect(await announceDraw(w.system, 'seminar')).toEqual({ ok: true, won: 0, reserves: 0, again: true })
    expect(await written()).toEqual(before)
  })

  test('lets the desk enter further people, but not once the session is called off', async () => {
    await entries(1)
    w.at(CLOSED)
    await draw(w.system, 'seminar')
    await announceDraw(w.system, 'seminar')
    const entered = () => enter(asDesk(w, '31'), { ...forSeminar(), session: 'seminar' }, freshKey())
    expect(await entered()).toMatchObject({ ok: true })
    await callOff(w.system, 'seminar', { reason_ja: '大雪' })
    expect(await entered()).toEqual({ ok: false, why: 'closed' })
  })

  test('has everybody in if there is room for all', async () => {
    await entries(3)
    w.at(CLOSED)
    await draw(w.system, 'seminar')
    expect(await announceDraw(w.system, 'seminar')).toEqual({ ok: true, won: 3, reserves: 0, again: false })
  })

  describe('announced gives what was shown to the end', () => {
    /** The same world, with something that happens before the second letter. */
    const onTheWay = (happens: () => unknown) => {
      let commits = 0
      return meanwhile(w, async () => void (++commits === 2 && (await happens())), 2)
    }
    const result = ({ status, drawn }: Awaited<ReturnType<typeof drawnRows>>[number]) => [status, drawn]

    test('also if somebody withdraws on the way: their place is offered afterwards, nobody skips the line', async () => {
      const all = await entries(5)
      w.at(CLOSED)
      await draw(asDesk(w, '31'), 'seminar')
      const second = (await drawnRows())[1]?.id
      const token = all.find(({ id }) => id === second)?.token ?? ''
      const slower = onTheWay(() => cancel(w.ctx, { token }))
      expect(await announceDraw(asDesk(slower, '31'), 'seminar')).toEqual({
        ok: true,
        won: 2,
        reserves: 2,
        again: false,
      })
      expect((await drawnRows()).map(result)).toEqual([
        ['offered', 'won'],
        ['cancelled', null],
        ['offered', 'won'],
        ['waiting', 'reserve'],
        ['waiting', 'reserve'],
      ])
    })

    test('and stops if the day changes or a place is gone on the way; the others follow after a new look', async () => {
      await entries(3)
      w.at(CLOSED)
      await draw(asDesk(w, '31'), 'seminar')
      const later = { date: '2026-12-17', starts: null, reason_ja: '講師の都合' }
      const slower = onTheWay(() => reschedule(asDesk(w, '31'), 'seminar', later))
      const stopped = await announceDraw(asDesk(slower, '31'), 'seminar')
      expect(stopped).toEqual({ ok: false, why: 'changed', sent: 1 })
      expect((await drawnRows()).map(({ drawn }) => drawn)).toEqual(['won', null, null])
      const smaller = meanwhile(w, () =>
        w.run("update session set capacity = 1, revision = revision + 1 where id = 'seminar'"),
      )
      expect(await announceDraw(asDesk(smaller, '31'), 'seminar')).toEqual({ ok: false, why: 'changed', sent: 0 })
      const found = await sessionById(w.ctx, 'seminar')
      const results = found ? forecast(found, await drawnEntries(w.ctx, 'seminar'), w.ctx.clock.now()) : []
      expect((await previewResults(w.ctx, found as Session, results)).parties).toHaveLength(2)
      expect(await announceDraw(asDesk(w, '31'), 'seminar')).toEqual({ ok: true, won: 0, reserves: 2, again: false })
      expect(await unlawful(w)).toEqual([])
    })
  })

  test('takes no entries any more, also if the day is postponed afterwards', async () => {
    await entries(2)
    w.at(CLOSED)
    await draw(w.system, 'seminar')
    await reschedule(w.system, 'seminar', { date: '2026-12-21', starts: null, reason_ja: '雪のため' })
    expect(await ask(w, forSeminar())).toMatchObject({ ok: false, why: 'closed' })
    expect(await announceDraw(w.system, 'seminar')).toMatchObject({ ok: true, won: 2 })
  })

  test('puts first-timers before who had a place in the programme', async () => {
    const again = { email: 'again@example.jp' }
    await booked(w, { ...forSeminar(again), session: 'ibaraki-2026-11-27', slot: 'ibaraki-2026-11-27-1000' })
    const returning = await booked(w, forSeminar(again))
    await entries(4)
    w.at(CLOSED)
    await draw(w.system, 'seminar')
    expect((await drawnRows()).at(-1)?.id).toBe(returning.id)
  })

  test('an entry that is not confirmed loses the place to the next reserve, also after entries have closed', async () => {
    const tokens = new Map((await entries(5)).map(({ id, token }) => [id, token]))
    w.at(CLOSED)
    await draw(w.system, 'seminar')
    await announceDraw(w.system, 'seminar')
    const [first, second, third, reserve] = await drawnRows()
    expect(await accept(w.ctx, { token: tokens.get(first?.id ?? '') ?? '' })).toMatchObject({ ok: true, again: false })
    await cancel(w.ctx, { token: tokens.get(second?.id ?? '') ?? '' })
    w.at(IN_THE_MORNING)
    await offer(w.system)
    expect(await bookingRow(w, reserve?.id ?? '')).toMatchObject({ status: 'offered' })
    expect(await kinds(reserve?.id ?? '')).toEqual(['entered', 'reserve', 'offered'])
    // The deadline to confirm is never past the beginning, at 13:00.
    w.at('2026-12-10T04:00:00.000Z')
    await expire(w.system)
    expect(await bookingRow(w, third?.id ?? '')).toMatchObject({ status: 'lapsed' })
    expect(await unlawful(w)).toEqual([])
  })

  test('whom the desk enters after the draw waits behind all reserves', async () => {
    const tokens = new Map((await entries(5)).map(({ id, token }) => [id, token]))
    w.at(CLOSED)
    await draw(w.system, 'seminar')
    await announceDraw(w.system, 'seminar')
    const given = { ...forSeminar({ email: 'late@example.jp' }), full: 'wait' }
    const late = await enter(w.system, { ...given, session: 'seminar' }, freshKey())
    const id = late.ok ? late.booking : ''
    expect(await bookingById(w.ctx, id)).toMatchObject({ status: 'waiting', position: 3 })
    const [first, , , reserve] = await drawnRows()
    await cancel(w.ctx, { token: tokens.get(first?.id ?? '') ?? '' })
    w.at(IN_THE_MORNING)
    await offer(w.system)
    expect((await bookingRow(w, reserve?.id ?? '')).status).toBe('offered')
    expect(await bookingById(w.ctx, id)).toMatchObject({ status: 'waiting', position: 2 })
  })
})
