import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { bookingById } from '../../src/booking/queries.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { letterOf } from '../../src/mail/letters.ts'
import { plan } from '../../src/planning/plan.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { asDesk } from '../booking/desk.ts'
import { booked, bookingRow, letters, mito, unlawful } from '../booking/fixtures.ts'
import { readOne, value } from '../calendar/reader.ts'
import { seminar } from '../schedule/fixtures.ts'
import { application, MITO, type World } from '../world.ts'

const WHY = { reason_ja: '講師の都合により' }

let w: World
beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

async function lastLetter(id: string) {
  const row = (await letters(w)).findLast((letter) => letter.subject === id)
  const booking = await bookingById(w.ctx, id)
  if (!row || !booking) throw new Error('nothing told')
  return letterOf(w.ctx, row, booking)
}

describe('a session put on another day', () => {
  test('takes its slots and bookings with it, keeps places and numbers, and tells each once', async () => {
    const { id } = await booked(w, application({ seats: 2 }))
    const waiting = await booked(w, application({ waitlist: true }))
    const before = await bookingRow(w, id)
    const done = await reschedule(asDesk(w, '08'), MITO, { date: '2026-11-30', starts: '11:00', ...WHY })
    expect(done).toEqual({ ok: true, session: MITO, again: false })
    const session = await sessionById(w.ctx, MITO)
    expect(session).toMatchObject({ date: '2026-11-30', starts_at: '2026-11-30T02:00:00.000Z', sequence: 1 })
    expect(session?.slots.map((slot) => slot.starts_at.slice(0, 16))).toEqual(
      ['02', '03', '05', '06', '07'].map((hour) => `2026-11-30T${hour}:00`),
    )
    expect(await bookingRow(w, id)).toMatchObject({
      status: 'booked',
      uid: before.uid,
      number: before.number,
      sequence: 1,
      slot: before.slot,
    })
    expect(await bookingRow(w, waiting.id)).toMatchObject({ status: 'waiting', sequence: 1 })
    const letter = await lastLetter(id)
    expect(letter?.subject).toMatch(/^【変更】.*11月30日\(月\)/)
    expect(letter?.text).toContain('変更前：2026年11月27日(金) 10:00〜10:50 現地')
    const { event } = readOne(letter?.calendar?.content ?? '')
    expect([value(event, 'uid'), value(event, 'sequence'), letter?.calendar?.method]).toEqual([
      before.uid,
      '1',
      'REQUEST',
    ])
    const other = await lastLetter(waiting.id)
    expect([other?.subject.slice(0, 4), other?.calendar]).toEqual(['【変更】', null])
    expect(await unlawful(w)).toEqual([])
  })

  test.each([
    ['booking closes', '2026-11-25', '2026-11-24T06:00:00.000Z'],
    ['it begins, where booking is closed by then', '2026-11-23', '2026-11-23T01:00:00.000Z'],
  ])('ends an offer no later than %s', async (_, date, ends) => {
    const { id } = await booked(w)
    await w.run("update booking set status = 'offered', offer_expires_at = '2026-11-26T05:00:00.000Z'")
    await reschedule(asDesk(w, '08'), MITO, { date, starts: null, ...WHY })
    expect(await bookingRow(w, id)).toMatchObject({ status: 'offered', offer_expires_at: ends })
    expect(await unlawful(w)).toEqual([])
  })

  test('keeps its occurrence, so that planning makes none in its stead', async () => {
    await reschedule(w.system, MITO, { date: '2026-11-30', starts: null, ...WHY })
    await plan(w.system)
    const held = await w.column<string>("select id from session where date in ('2026-11-27', '2026-11-30')")
    expect(held).toEqual([MITO])
  })

  test('comes upon no hours of its own on the way, earlier or later by one slot', async () => {
    await reschedule(w.system, MITO, { date: '2026-11-27', starts: '11:00', ...WHY })
    await reschedule(w.system, MITO, { date: '2026-11-27', starts: '10:00', ...WHY })
    const session = await sessionById(w.ctx, MITO)
    expect(session?.slots[0]?.starts_at).toBe('2026-11-27T01:00:00.000Z')
  })

  test('is there already the second time', async () => {
    const { id } = await booked(w)
    const to = { date: '2026-11-30', starts: null, ...WHY }
    await reschedule(w.system, MITO, to)
    expect(await reschedule(w.system, MITO, to)).toEqual({ ok: true, session: MITO, again: true })
    expect(await bookingRow(w, id)).toMatchObject({ sequence: 1 })
  })
})

describe('a session postponed to a day not known yet', () => {
  test('takes the entry out of calendars and keeps the bookings, and puts it in again once there is a day', async () => {
    const { id } = await booked(w)
    await reschedule(w.system, MITO, { date: null, ...WHY })
    expect(await sessionById(w.ctx, MITO)).toMatchObject({ status: 'postponed', reason: { ja: '講師の都合により' } })
    expect(await bookingRow(w, id)).toMatchObject({ status: 'booked', sequence: 1 })
    const first = await lastLetter(id)
    expect([first?.subject.slice(0, 4), first?.calendar?.method]).toEqual(['【延期】', 'CANCEL'])
    expect(await reschedule(w.system, MITO, { date: null, ...WHY })).toMatchObject({ ok: true, again: true })
    await reschedule(w.system, MITO, { date: '2026-12-10', starts: null, ...WHY })
    expect(await sessionById(w.ctx, MITO)).toMatchObject({ status: 'open', date: '2026-12-10' })
    const then = await lastLetter(id)
    expect(value(readOne(then?.calendar?.content ?? '').event, 'sequence')).toBe('2')
    expect(then?.calendar?.method).toBe('REQUEST')
  })
})

test.each([
  ['yesterday', { date: '2026-11-21', starts: null }, { date: 'choice' }],
  ['a day of another year', { date: '2027-04-02', starts: null }, { date: 'choice' }],
  ['a day that is none', { date: '2026-02-30', starts: null }, { date: 'choice' }],
  ['a time that is none', { date: '2026-11-30', starts: '25:00' }, { starts: 'choice' }],
])('%s is refused, and nothing changes', async (_, to, errors) => {
  const { id } = await booked(w)
  expect(await reschedule(w.system, MITO, { ...to, ...WHY })).toMatchObject({ ok: false, why: 'invalid', errors })
  expect(await bookingRow(w, id)).toMatchObject({ sequence: 0 })
})

test('a session ends on its day: a start that would take it or a slot of it past midnight is refused', async () => {
  const at = (starts: string) => reschedule(w.system, MITO, { date: '2026-11-30', starts, ...WHY })
  for (const starts of ['18:10', '23:59']) {
    expect(await at(starts)).toEqual({ ok: false, why: 'invalid', errors: { starts: 'midnight' } })
  }
  expect(await at('18:09')).toMatchObject({ ok: true })
})

test('a session without hours, one that is over, and another prefecture’s desk are refused', async () => {
  await publishSession(w.system, seminar({ id: 'undecided', hours: null }))
  const to = { date: '2026-12-11', starts: null, ...WHY }
  expect(await reschedule(w.system, 'undecided', to)).toEqual({ ok: false, why: 'undecided' })
  await expect(reschedule(asDesk(w, '13'), MITO, to)).rejects.toThrow('only for the desk')
  w.at('2026-11-28T00:00:00.000Z')
  expect(await reschedule(w.system, MITO, to)).toEqual({ ok: false, why: 'closed' })
})
