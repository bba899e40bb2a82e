import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { cancel } from '../../src/booking/cancel.ts'
import { bookingById } from '../../src/booking/queries.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { convert } from '../../src/changes/convert.ts'
import { convertBack } from '../../src/changes/convert-back.ts'
import { holdAgain } from '../../src/changes/hold-again.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { reportFromJournal } from '../../src/figures/replay.ts'
import { monthlyReport } from '../../src/figures/report.ts'
import { letterOf } from '../../src/mail/letters.ts'
import { erase } from '../../src/retention/erase.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { as, mayDo } from '../acts.ts'
import { booked, bookingRow, letters, mito, unlawful } from '../booking/fixtures.ts'
import { application, MITO, type World } from '../world.ts'

const WHY = { reason_ja: '大雪のため', reason_en: 'heavy snow' }
const SLIP = { reason_ja: '中止は誤りでした', reason_en: 'It was a slip' }
const OVER = '2026-11-27T07:00:00.000Z'

let w: World
beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

const off = () => callOff(as(w, 'desk'), MITO, WHY)
const again = (given: object = SLIP) => holdAgain(as(w, 'desk'), MITO, given)
const waits = (changes: Record<string, unknown> = {}) => application({ waitlist: true, ...changes })

/** The last letter of a booking, as it would be sent now. */
async function lastLetter(id: string) {
  const row = (await letters(w)).filter((letter) => letter.subject === id).at(-1)
  const booking = await bookingById(w.ctx, id)
  return { kind: row?.kind, channel: row?.channel, letter: row && booking ? await letterOf(w.ctx, row, booking) : null }
}

describe('a session that was called off by a slip', () => {
  test('is held again: everybody has their place or turn back, and is told once', async () => {
    const one = await booked(w, application({ seats: 2 }))
    const two = await booked(w, waits({ seats: 2 }))
    const left = await booked(w, application({ slot: `${MITO}-1100` }))
    await cancel(w.ctx, { token: left.token })
    const gone = await booked(w, application({ slot: `${MITO}-1300` }))
    const phone = await booked(w, application({ slot: `${MITO}-1400` }))
    await w.run('update booking set email = null where id = ?', phone.id)
    await off()
    await erase(w.ctx, { token: gone.token })
    w.at('2026-11-22T02:00:00.000Z')
    expect(await again()).toEqual({ ok: true, session: MITO, again: false })
    expect(await again()).toEqual({ ok: true, session: MITO, again: true })
    const rows = await Promise.all([one, two, left, gone, phone].map(({ id }) => bookingRow(w, id)))
    expect(rows.map((row) => [row.status, row.ended])).toEqual([
      ['booked', null],
      ['waiting', null],
      ['cancelled', 'cancelled'],
      ['cancelled', 'called_off'],
      ['booked', null],
    ])
    expect(rows[0]).toMatchObject({ sequence: 2, cancelled_at: null, status_before: null })
    expect(await sessionById(w.ctx, MITO)).toMatchObject({ status: 'open', reason: { ja: SLIP.reason_ja } })
    expect(await w.column("select kind from outbox where kind = 'held_again'")).toHaveLength(3)
    expect((await lastLetter(phone.id)).channel).toBe('phone')
    expect(await unlawful(w)).toEqual([])
    expect(await reportFromJournal(w.system, '2026-11')).toEqual(await monthlyReport(w.system, '2026-11'))
  })

  test('puts the entry back into the calendar of people with a place, and says how each stands', async () => {
    const one = await booked(w, application({ seats: 2 }))
    const two = await booked(w, waits({ seats: 2, slot: `${MITO}-1000` }))
    await off()
    await again()
    const { letter } = await lastLetter(one.id)
    expect(letter?.subject).toMatch(/^【開催します】/)
    expect(letter?.text).toContain(SLIP.reason_ja)
    expect(letter?.calendar).toMatchObject({ method: 'REQUEST', content: expect.stringContaining('SEQUENCE:2') })
    const waiting = (await lastLetter(two.id)).letter
    expect(waiting?.calendar).toBeNull()
    expect(waiting?.text).toContain('キャンセル待ち')
  })

  test('takes back also whom the desk had let in beyond the capacity', async () => {
    const one = await booked(w)
    const two = await booked(w, application({ slot: `${MITO}-1100` }))
    await w.run('update session set capacity = 1, excess = 1 where id = ?', MITO)
    await off()
    await again()
    for (const { id } of [one, two]) expect(await bookingRow(w, id)).toMatchObject({ status: 'booked' })
    expect(await unlawful(w)).toEqual([])
    expect(await w.rows('select seats_taken, excess from session where id = ?', MITO)).toEqual([
      { seats_taken: 2, excess: 1 },
    ])
  })

  test('gives an offer that ran out meanwhile new time', async () => {
    const { id } = await booked(w)
    await w.run("update booking set status = 'offered', offer_expires_at = '2026-11-22T02:00:00.000Z' where id = ?", id)
    await off()
    w.at('2026-11-23T03:00:00.000Z')
    await again()
    const row = await bookingRow(w, id)
    expect(row.status).toBe('offered')
    expect(row.offer_expires_at && row.offer_expires_at > '2026-11-23T03:00:00.000Z').toBe(true)
  })

  test('is postponed as before if it was', async () => {
    const { id } = await booked(w)
    await reschedule(as(w, 'desk'), MITO, { date: null, starts: null, ...WHY })
    await off()
    await again()
    expect((await sessionById(w.ctx, MITO))?.status).toBe('postponed')
    expect((await lastLetter(id)).kind).toBe('held_again')
  })

  test('stays off once its day is over, and for a faulty reason', async () => {
    await off()
    expect(await again({})).toEqual({ ok: false, why: 'invalid', errors: { reason_ja: 'required' } })
    w.at(OVER)
    expect(await again()).toEqual({ ok: false, why: 'closed' })
  })

  test('is held again by the desk of its prefecture', async () => {
    await off()
    expect(await mayDo(w, (ctx) => holdAgain(ctx, MITO, SLIP))).toEqual(['desk', 'secretariat', 'system'])
  })
})

describe('a session that was converted by a slip', () => {
  const toWeb = () => convert(as(w, 'desk'), MITO, { into: 'online', ...WHY })
  const back = () => convertBack(as(w, 'desk'), MITO, SLIP)
  const formats = async () => (await sessionById(w.ctx, MITO))?.formats
  beforeEach(() => w.run("update session set formats = 'onsite' where id = ?", MITO))

  test('is held in its former format again: people get their form back, and are told once', async () => {
    const { id } = await booked(w)
    await toWeb()
    expect(await bookingRow(w, id)).toMatchObject({ format: 'online' })
    w.at('2026-11-22T02:00:00.000Z')
    expect(await back()).toEqual({ ok: true, session: MITO, again: false })
    expect(await back()).toEqual({ ok: true, session: MITO, again: true })
    expect(await bookingRow(w, id)).toMatchObject({ format: 'onsite', format_before: null, sequence: 2 })
    expect(await formats()).toEqual(['onsite'])
    const { kind, letter } = await lastLetter(id)
    expect(kind).toBe('converted_back')
    expect(letter?.calendar?.method).toBe('REQUEST')
    expect(await reportFromJournal(w.system, '2026-11')).toEqual(await monthlyReport(w.system, '2026-11'))
  })

  test('keeps the format that somebody chose since', async () => {
    await toWeb()
    const { id } = await booked(w, application({ format: 'online' }))
    await back()
    expect(await bookingRow(w, id)).toMatchObject({ format: 'online', sequence: 0 })
    expect(await formats()).toEqual(['onsite', 'online'])
  })

  test('stays as it is once it is over', async () => {
    await toWeb()
    w.at(OVER)
    expect(await back()).toEqual({ ok: false, why: 'closed' })
  })

  test('is converted back by the desk of its prefecture', async () => {
    await toWeb()
    expect(await mayDo(w, (ctx) => convertBack(ctx, MITO, SLIP))).toEqual(['desk', 'secretariat', 'system'])
  })
})
