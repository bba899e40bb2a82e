import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cancel } from '../../src/booking/cancel.ts'
import { bookingById, bookingsWithIds } from '../../src/booking/queries.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { accept } from '../../src/waitlist/accept.ts'
import { decline } from '../../src/waitlist/decline.ts'
import { expire } from '../../src/waitlist/expire.ts'
import { offer } from '../../src/waitlist/offer.ts'
import { as } from '../acts.ts'
import { ask, booked, bookingRow, bookings, forSeminar, journal, letters, mito } from '../booking/fixtures.ts'
import { meanwhile } from '../meanwhile.ts'
import { application, MITO, type World } from '../world.ts'

let w: World
beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

const SLOTS = ['1000', '1100', '1300', '1400', '1500'].map((time) => `${MITO}-${time}`)
const [FIRST = '', SECOND = ''] = SLOTS

/** Five bookings, one in each slot by default. The day is full. */
async function full(slots = SLOTS): Promise<{ id: string; token: string }[]> {
  const made: { id: string; token: string }[] = []
  for (const slot of slots) made.push(await booked(w, application({ slot })))
  return made
}
const waiting = (changes: Record<string, unknown> = {}) => booked(w, application({ waitlist: true, ...changes }))
const stateOf = async ({ id }: { id: string }) => (await bookingRow(w, id)).status
const statusOf = async () => (await sessionById(w.ctx, MITO))?.status
const tokenAt = (all: { token: string }[], i: number) => all[i]?.token ?? ''

describe('applying with waitlist', () => {
  test('books if there is room, in the emptiest time if none is asked for, the first of equals', async () => {
    const done = await waiting({ slot: null })
    expect(await bookingRow(w, done.id)).toMatchObject({ status: 'booked', slot: FIRST })
    await w.run('update slot set capacity = 3 where id = ?', SECOND)
    const next = await waiting({ slot: null })
    expect(await bookingRow(w, next.id)).toMatchObject({ status: 'booked', slot: SECOND })
  })

  test('waits if there is none, holds no place, and is told that it waits', async () => {
    await full()
    const done = await waiting({ slot: SECOND })
    expect(await bookingRow(w, done.id)).toMatchObject({ status: 'waiting', slot: SECOND })
    expect(await sessionById(w.ctx, MITO)).toMatchObject({ remaining: 0, waiting: 1, status: 'full' })
    expect((await letters(w)).at(-1)).toMatchObject({ kind: 'waiting', subject: done.id })
    expect(await bookingById(w.ctx, done.id)).toMatchObject({ position: 1 })
  })

  test('is read with its turn by as many queries for three as for one', async () => {
    await full()
    const all: string[] = []
    for (const slot of [FIRST, SECOND, FIRST]) all.push((await waiting({ slot })).id)
    const reads = async (ids: readonly string[]) => {
      w.reads()
      const found = await bookingsWithIds(w.ctx, ids)
      return { reads: w.reads(), turns: found.map(({ position }) => position ?? 0).toSorted((a, b) => a - b) }
    }
    const one = await reads(all.slice(0, 1))
    expect(one.turns).toEqual([1])
    expect(await reads(all)).toEqual({ reads: one.reads, turns: [1, 2, 3] })
  })

  test('once only: the same person is refused a second turn', async () => {
    await full()
    await waiting({ email: 'a@example.jp' })
    const again = await ask(w, application({ waitlist: true, email: 'A@example.jp' }))
    expect(again).toMatchObject({ ok: false, why: 'twice' })
  })

  test('without it, a full day is refused', async () => {
    await full()
    expect(await ask(w)).toMatchObject({ ok: false, why: 'full' })
  })

  test('is refused once booking is closed', async () => {
    await full()
    w.at('2026-11-26T06:00:00.000Z')
    expect(await ask(w, application({ waitlist: true }))).toMatchObject({ ok: false, why: 'closed' })
  })
})

describe('a freed place', () => {
  test('is full for everybody else while somebody waits whom it fits, before any offer was made', async () => {
    const all = await full()
    await waiting({ slot: null })
    await cancel(w.ctx, { token: tokenAt(all, 0) })
    expect(await statusOf()).toBe('full')
    expect(await ask(w, application({ slot: FIRST }))).toMatchObject({ ok: false, why: 'full' })
  })

  test('is theirs in any time if it is the last of the day', async () => {
    const all = await full()
    await waiting({ slot: SECOND })
    await cancel(w.ctx, { token: tokenAt(all, 0) })
    expect(await ask(w, application({ slot: FIRST }))).toMatchObject({ ok: false, why: 'full' })
  })

  test('beyond what those who wait need is open to all', async () => {
    const all = await full()
    await waiting({ slot: null })
    for (const i of [0, 2]) await cancel(w.ctx, { token: tokenAt(all, i) })
    expect(await sessionById(w.ctx, MITO)).toMatchObject({ room: 2, remaining: 1 })
    const done = await Promise.all([3, 4, 3, 4].map((i) => ask(w, application({ slot: SLOTS[i] }))))
    expect(done.filter((one) => one.ok)).toHaveLength(1)
    expect(await sessionById(w.ctx, MITO)).toMatchObject({ room: 1, remaining: 0 })
  })

  test('is open to all if nobody who waits fits', async () => {
    const all = await full([FIRST, SECOND, SECOND, ...SLOTS.slice(2, 4)])
    await waiting({ slot: SECOND })
    await cancel(w.ctx, { token: tokenAt(all, 0) })
    expect(await ask(w, application({ slot: FIRST }))).toMatchObject({ ok: true })
  })

  test('is offered to the first who fits; who was passed over has the reason on record', async () => {
    const all = await full([FIRST, SECOND, SECOND, ...SLOTS.slice(2, 4)])
    const large = await waiting({ slot: null, seats: 2 })
    const elsewhere = await waiting({ slot: SECOND })
    const third = await waiting({ slot: FIRST })
    const fourth = await waiting({ slot: null })
    await cancel(w.ctx, { token: tokenAt(all, 0) })
    await offer(w.system)
    expect(await Promise.all([large, elsewhere, third, fourth].map(stateOf))).toEqual([
      'waiting',
      'waiting',
      'offered',
      'waiting',
    ])
    const passed = (await journal(w)).filter((line) => line.act === 'booking.passed_over')
    expect(passed.map((line) => [line.subject, line.detail.why])).toEqual([
      [large.id, 'seats'],
      [elsewhere.id, 'slot'],
    ])
  })

  test('is offered with a deadline, held meanwhile, and offered to nobody else', async () => {
    const all = await full()
    const first = await waiting({ slot: null })
    await waiting({ slot: null })
    await cancel(w.ctx, { token: tokenAt(all, 0) })
    await offer(w.system)
    await offer(w.system)
    expect(await bookingRow(w, first.id)).toMatchObject({
      status: 'offered',
      slot: FIRST,
      sequence: 1,
      // Sunday, five days ahead: Monday is a holiday, so until Tuesday 17:00.
      offer_expires_at: '2026-11-24T08:00:00.000Z',
    })
    expect((await bookings(w)).filter((one) => one.status === 'offered')).toHaveLength(1)
    expect(await sessionById(w.ctx, MITO)).toMatchObject({ room: 0, remaining: 0, waiting: 1 })
    expect((await letters(w)).filter((one) => one.kind === 'offered')).toHaveLength(1)
  })

  test('is not offered at night, nor after the booking deadline', async () => {
    const all = await full()
    const one = await waiting({ slot: null })
    await cancel(w.ctx, { token: tokenAt(all, 0) })
    w.at('2026-11-22T12:00:00.000Z')
    await offer(w.system)
    expect(await stateOf(one)).toBe('waiting')
    w.at('2026-11-26T06:00:00.000Z')
    await offer(w.system)
    expect(await stateOf(one)).toBe('waiting')
  })

  test('goes at once to the next person in a seminar, who is notified', async () => {
    const holders: { token: string }[] = []
    for (let i = 0; i < 30; i++) holders.push(await booked(w, forSeminar()))
    const one = await booked(w, forSeminar({ waitlist: true }))
    await cancel(w.ctx, { token: tokenAt(holders, 0) })
    w.at('2026-11-22T13:00:00.000Z')
    await offer(w.system)
    expect(await bookingRow(w, one.id)).toMatchObject({ status: 'booked', sequence: 1 })
    expect((await letters(w)).at(-1)).toMatchObject({ kind: 'promoted', subject: one.id })
  })
})

describe('an offer', () => {
  async function offered() {
    const all = await full()
    const first = await waiting({ slot: null })
    const second = await waiting({ slot: null })
    await cancel(w.ctx, { token: tokenAt(all, 0) })
    await offer(w.system)
    return { first, second }
  }

  test('is accepted once; repeating it changes nothing', async () => {
    const { first } = await offered()
    expect(await accept(w.ctx, { token: first.token })).toMatchObject({ ok: true, again: false })
    expect(await accept(w.ctx, { token: first.token })).toMatchObject({ ok: true, again: true })
    expect(await bookingRow(w, first.id)).toMatchObject({ status: 'booked', sequence: 2 })
    const told = (await letters(w)).filter((one) => one.subject === first.id).map((one) => one.kind)
    expect(told).toEqual(['waiting', 'offered', 'booked'])
  })

  test('declined goes to the next', async () => {
    const { first, second } = await offered()
    expect(await decline(w.ctx, { token: first.token })).toMatchObject({ ok: true, again: false })
    expect(await decline(w.ctx, { token: first.token })).toMatchObject({ ok: true, again: true })
    await offer(w.system)
    expect([await stateOf(first), await stateOf(second)]).toEqual(['cancelled', 'offered'])
  })

  test('cannot be accepted from the instant it ends; it lapses, is notified, and passes on', async () => {
    const { first, second } = await offered()
    w.at('2026-11-24T08:00:00.000Z')
    expect(await accept(w.ctx, { token: first.token })).toEqual({ ok: false, why: 'closed' })
    expect(await expire(w.system)).toMatchObject({ expired: 1 })
    expect(await expire(w.system)).toMatchObject({ expired: 0 })
    await offer(w.system)
    expect([await stateOf(first), await stateOf(second)]).toEqual(['lapsed', 'offered'])
    const told = (await letters(w)).filter((one) => one.subject === first.id).map((one) => one.kind)
    expect(told).toEqual(['waiting', 'offered', 'lapsed'])
  })

  test('that ran out is given up already: declining or cancelling it says so and writes nothing', async () => {
    const { first } = await offered()
    w.at('2026-11-24T08:00:00.000Z')
    const given = { ok: true, booking: first.id, again: true }
    expect([await decline(w.ctx, { token: first.token }), await cancel(w.ctx, { token: first.token })]).toEqual([
      given,
      given,
    ])
    expect(await bookingRow(w, first.id)).toMatchObject({ status: 'offered', sequence: 1 })
    expect(await expire(w.system)).toMatchObject({ expired: 1 })
  })

  test('cannot be declined once accepted, nor accepted once declined', async () => {
    const { first, second } = await offered()
    await accept(w.ctx, { token: first.token })
    expect(await decline(w.ctx, { token: first.token })).toEqual({ ok: false, why: 'closed' })
    expect(await accept(w.ctx, { token: second.token })).toEqual({ ok: false, why: 'closed' })
  })

  test('accepted and ended at the same instant by two askers becomes one of the two', async () => {
    const { first } = await offered()
    w.at('2026-11-22T04:59:59.999Z')
    const late = { ...w.system, clock: { now: () => '2026-11-22T05:00:00.000Z' } }
    await Promise.all([accept(w.ctx, { token: first.token }), expire(late)])
    const { status, sequence } = await bookingRow(w, first.id)
    expect(['booked', 'lapsed']).toContain(status)
    expect(sequence).toBe(2)
  })

  test('stays open if its session is postponed while others end', async () => {
    const other = 'ibaraki-2026-12-04'
    const one = await booked(w, application({ slot: FIRST }))
    const two = await booked(w, application({ session: other, slot: `${other}-1000` }))
    await w.run("update booking set status = 'offered', offer_expires_at = '2026-11-22T02:00:00.000Z'")
    await w.run("update booking set offer_expires_at = '2026-11-22T03:00:00.000Z' where id = ?", two.id)
    w.at('2026-11-22T04:00:00.000Z')
    const why = { date: null, starts: null, reason_ja: '大雪のため', reason_en: 'Snow' }
    const late = meanwhile(w, () => reschedule(as(w, 'desk'), other, why))
    expect(await expire(as(late, 'system'))).toEqual({ ok: true, expired: 1 })
    expect([await stateOf(one), await stateOf(two)]).toEqual(['lapsed', 'offered'])
  })

  test('is only for the clockwork to make', async () => {
    await expect(offer(w.ctx)).rejects.toThrow('only for the system')
    await expect(expire(w.ctx)).rejects.toThrow('only for the system')
  })
})

test('leaving the waiting list frees the turn and sends no calendar cancellation', async () => {
  await full()
  const first = await waiting({ slot: null })
  const second = await waiting({ slot: null })
  expect(await bookingById(w.ctx, second.id)).toMatchObject({ position: 2 })
  await cancel(w.ctx, { token: first.token })
  expect(await bookingById(w.ctx, second.id)).toMatchObject({ position: 1 })
  expect((await letters(w)).at(-1)).toMatchObject({ kind: 'left', subject: first.id })
})

test('a new party and a waiting party race for a place, and the waiting party gets it', async () => {
  const all = await full()
  const one = await waiting({ slot: null })
  const [, ...asked] = await Promise.all([
    cancel(w.ctx, { token: tokenAt(all, 0) }),
    ...Array.from({ length: 10 }, () => ask(w, application({ slot: FIRST }))),
    offer(w.system),
  ])
  await offer(w.system)
  expect(asked.slice(0, 10).every((done) => !done.ok)).toBe(true)
  expect(await stateOf(one)).toBe('offered')
})
