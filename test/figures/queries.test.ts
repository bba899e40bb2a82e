import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { plusMinutes } from '../../src/base/clock.ts'
import { type BookingState, END_NAMES, type ListedStatus, stateColumns } from '../../src/base/vocabulary.ts'
import { staffActs } from '../../src/booking/acts-for.ts'
import { attend } from '../../src/booking/attend.ts'
import type { Booking } from '../../src/booking/booking.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { ledger } from '../../src/booking/ledger.ts'
import { bookingById } from '../../src/booking/queries.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { countLedger, ExportInput } from '../../src/figures/exports/rows.ts'
import { figures } from '../../src/figures/queries.ts'
import { reportFromJournal } from '../../src/figures/replay.ts'
import { monthlyReport } from '../../src/figures/report.ts'
import { erase } from '../../src/retention/erase.ts'
import { forget } from '../../src/retention/forget.ts'
import { accept } from '../../src/waitlist/accept.ts'
import { decline } from '../../src/waitlist/decline.ts'
import { offer } from '../../src/waitlist/offer.ts'
import { asDesk } from '../booking/desk.ts'
import { booked, forSeminar, mito } from '../booking/fixtures.ts'
import { application, MITO, type World } from '../world.ts'
import { asStaff, YEAR } from './fixtures.ts'

let w: World
beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

/** The week after. */
const NEXT = 'ibaraki-2026-12-04'

const of = (bookings: number, people = bookings) => ({ bookings, people })
const slot = (time: string) => ({ slot: `${MITO}-${time}` })
type Parts = { key: string; outcomes: { made: { bookings: number } } }[]
const told = (parts: Parts) =>
  parts.flatMap(({ key, outcomes }) => (outcomes.made.bookings > 0 ? [[key, outcomes.made.bookings]] : []))

/** One party came, one did not, one cancelled, and one waited and accepted an offer. */
async function lived(): Promise<{ came: { id: string; token: string } }> {
  const came = await booked(w, application({ ...slot('1000'), employees: 5, industry: 'A' }))
  const away = await booked(w, application({ ...slot('1100'), employees: 6, industry: 'E', format: 'online' }))
  const left = await booked(w, application({ ...slot('1300'), employees: null, industry: null }))
  await booked(w, application({ ...slot('1400'), employees: 300, industry: 'E', seats: 2 }))
  const waits = await booked(w, application({ slot: null, employees: 301, industry: 'T', waitlist: true }))
  await cancel(w.ctx, { token: left.token })
  await offer(w.system)
  await accept(w.ctx, { token: waits.token })
  w.at('2026-11-27T04:50:00.000Z')
  await attend(asDesk(w, '08'), came.id, 'attended')
  await attend(asDesk(w, '08'), away.id, 'absent')
  return { came }
}

describe('the figures of a period', () => {
  test('without a booking: days and room are counted, everything else is zero', async () => {
    const found = await figures(w.system, YEAR)
    const [days] = await w.column('select count(*) from session')
    expect(found.days.held + found.days.ahead + found.days.skipped).toBe(Number(days))
    expect(found.room.used).toBe(0)
    expect(found.room.offered).toBeGreaterThan(5)
    expect(found.outcomes.made).toEqual(of(0))
    expect(found.lead.median).toBeNull()
    expect(found.by.month.map((one) => one.key).slice(0, 2)).toEqual(['2026-04', '2026-05'])
    expect(found.by.month).toHaveLength(12)
  })

  test('say what became of every application', async () => {
    await lived()
    const { outcomes, waits, by, room } = await figures(w.system, YEAR)
    expect(outcomes).toEqual({
      made: of(5, 6),
      booked: of(1, 2),
      attended: of(1),
      absent: of(1),
      unrecorded: of(1),
      cancelled: of(1),
      declined: of(0),
      waiting: of(0),
      offered: of(0),
      requested: of(0),
      lapsed: of(0),
    })
    w.at('2026-11-27T07:00:00.000Z')
    const over = await figures(w.system, YEAR)
    expect(over.outcomes).toEqual({ ...outcomes, booked: of(0), unrecorded: of(2, 3) })
    expect(told(over.by.prefecture)).toEqual([['08', 5]])
    await w.run("update session set state = 'postponed' where id = ?", MITO)
    expect((await figures(w.system, YEAR)).outcomes).toEqual({ ...outcomes, booked: of(2, 3), unrecorded: of(0) })
    expect(waits).toEqual({ joined: 1, offered: 1, accepted: 1, promoted: 0 })
    // A reserve of a draw joined no waiting list, so none of its answers counts.
    await w.run(
      "update booking set drawn = 'reserve' where id in (select subject from journal where act = 'booking.offered')",
    )
    const none = { joined: 0, offered: 0, accepted: 0, promoted: 0 }
    expect((await figures(w.system, YEAR)).waits).toEqual(none)
    expect(told(by.prefecture)).toEqual([['08', 5]])
    expect(told(by.month)).toEqual([['2026-11', 5]])
    const industries = [
      ['', 1],
      ['A', 1],
      ['E', 2],
      ['T', 1],
    ]
    expect(told(by.industry)).toEqual(industries)
    const sizes = [
      ['1-5', 1],
      ['6-20', 1],
      ['101-300', 1],
      ['301+', 1],
      ['unknown', 1],
    ]
    expect(told(by.size)).toEqual(sizes)
    const formats = [
      ['online', 1],
      ['onsite', 4],
    ]
    expect(told(by.format)).toEqual(formats)
    expect(told(by.channel)).toEqual([['web', 5]])
    expect(room.used).toBe(5)
  })

  test('of a report tell a day without hours from a day held, what became of each application, and no samples', async () => {
    const desk = asDesk(w, '08')
    const names = ['came', 'away', 'unmarked', 'left', 'ended'] as const
    const made = new Map<string, { id: string; token: string }>()
    for (const [i, name] of names.entries()) {
      made.set(name, await booked(w, application({ slot: `${MITO}-${['1000', '1100', '1300', '1400', '1500'][i]}` })))
    }
    const party = (name: (typeof names)[number]) => made.get(name) ?? { id: '', token: '' }
    await cancel(w.ctx, { token: party('left').token })
    await cancel(desk, { id: party('ended').id })
    await booked(w, application({ session: NEXT, slot: `${NEXT}-1000` }))
    await callOff(desk, NEXT, { reason_ja: '大雪' })
    await w.run("update session set date = '2026-11-30' where id = ?", NEXT)
    w.at('2026-11-30T04:50:00.000Z')
    await attend(desk, party('came').id, 'attended')
    await attend(desk, party('away').id, 'absent')
    const november = async () => (await monthlyReport(w.system, '2026-11')).lines[0]
    const line = await november()
    const bookings = Object.entries(line?.outcomes ?? {}).map(([name, tally]) => [name, tally.bookings])
    expect(Object.fromEntries(bookings)).toEqual({
      made: 6,
      attended: 1,
      absent: 1,
      unrecorded: 1,
      ahead: 0,
      pending: 0,
      cancelled: 2,
      declined: 0,
      called_off: 1,
      turned_down: 0,
      lapsed: 0,
      postponed: 0,
    })
    expect(line).toMatchObject({ held: 1, called_off: 1, unsettled: 0 })
    // Called off while it ran, it was held for those who came.
    await w.run("update session set state = 'called_off' where id = ?", MITO)
    expect(await november()).toMatchObject({ held: 1, called_off: 1 })
    await w.run("update session set state = 'published' where id = ?", MITO)
    await w.run('update session set starts_at = null, ends_at = null where id = ?', MITO)
    expect(await november()).toMatchObject({ held: 0, unsettled: 1 })
    await w.run('update session set sample = 1 where id in (?, ?)', MITO, NEXT)
    expect(await november()).toBeUndefined()
  })

  test('count attendance as not recorded from the own end of each booking, while the day still runs', async () => {
    await booked(w, application(slot('1000')))
    await booked(w, application(slot('1400')))
    const unrecorded = async () => {
      const [line] = (await monthlyReport(w.system, '2026-11')).lines
      const replayed = await reportFromJournal(w.system, '2026-11')
      const { outcomes } = await figures(w.system, YEAR)
      return [line?.outcomes.unrecorded, replayed.lines[0]?.outcomes.unrecorded, outcomes.unrecorded]
    }
    const [first] = await w.column<string>('select ends_at from slot where id = ?', `${MITO}-1000`)
    w.at(plusMinutes(first ?? '', -1))
    expect(await unrecorded()).toEqual([of(0), of(0), of(0)])
    w.at(first ?? '')
    expect(await unrecorded()).toEqual([of(1), of(1), of(1)])
    w.at('2026-11-27T07:00:00.000Z')
    expect(await unrecorded()).toEqual([of(2), of(2), of(2)])
    await w.run("update session set state = 'postponed' where id = ?", MITO)
    expect(await unrecorded()).toEqual([of(0), of(0), of(0)])
  })

  test('of a report name what became of an application in each of its states, before and after its day', async () => {
    const { id } = await booked(w)
    const became = async (state: BookingState) => {
      const { status, ended } = stateColumns(state)
      await w.run('update booking set status = ?, ended = ? where id = ?', status, ended, id)
      const [line] = (await monthlyReport(w.system, '2026-11')).lines
      const { made, ...parts } = line?.outcomes ?? { made: { bookings: 0 } }
      const named = Object.entries(parts).flatMap(([name, { bookings }]) => (bookings > 0 ? [name] : []))
      return [made.bookings, ...named]
    }
    const differently: Partial<Record<BookingState, string>> = {
      booked: 'ahead',
      requested: 'pending',
      waiting: 'pending',
      offered: 'pending',
      cancelled_by_desk: 'cancelled',
      offer_over: 'lapsed',
      unanswered: 'lapsed',
      session_over: 'lapsed',
    }
    for (const state of ['booked', 'requested', 'waiting', 'offered', 'attended', 'absent', ...END_NAMES] as const) {
      expect([state, await became(state)]).toEqual([state, [1, differently[state] ?? state]])
    }
    w.at('2026-11-30T01:00:00.000Z')
    expect([await became('booked'), await became('attended')]).toEqual([
      [1, 'unrecorded'],
      [1, 'attended'],
    ])
  })

  test('tell an offer that was declined from a booking that was cancelled, also once it is anonymous', async () => {
    const left = await booked(w, application(slot('1000')))
    await w.run('update session set capacity = 1 where id = ?', MITO)
    const waits = await booked(w, application({ slot: null, waitlist: true }))
    await cancel(w.ctx, { token: left.token })
    await offer(w.system)
    // The journal has no order within an instant.
    w.at(plusMinutes(w.ctx.clock.now(), 1))
    await decline(w.ctx, { token: waits.token })
    const apart = async () => {
      const [line] = (await monthlyReport(w.system, '2026-11')).lines
      const { outcomes } = await figures(w.system, YEAR)
      const report = [line?.outcomes.cancelled, line?.outcomes.declined]
      const days = { from: '2026-11-27', to: '2026-11-27' }
      const listed = async (status: ListedStatus) => (await ledger(w.system, { ...days, status: [status] })).lines
      const exported = (status: ListedStatus) =>
        countLedger(w.system, ExportInput.parse({ ...days, format: 'csv', status }))
      return [
        report,
        [outcomes.cancelled, outcomes.declined],
        [await listed('cancelled'), await listed('declined')].map((lines) => lines.map(({ id }) => id)),
        [await exported('cancelled'), await exported('declined')],
        JSON.stringify(await reportFromJournal(w.system, '2026-11')) ===
          JSON.stringify(await monthlyReport(w.system, '2026-11')),
      ]
    }
    const counted = [[of(1), of(1)], [of(1), of(1)], [[left.id], [waits.id]], [1, 1], true]
    expect(await apart()).toEqual(counted)
    await erase(w.ctx, { token: waits.token })
    expect(await apart()).toEqual(counted)
    expect(staffActs((await bookingById(w.system, waits.id)) as Booking, w.ctx.clock.now()).has('restore')).toBe(false)
  })

  test('tell days held from those ahead and called off', async () => {
    await booked(w)
    await callOff(asDesk(w, '08'), MITO, { reason_ja: '大雪' })
    expect(await figures(w.system, { from: '2026-11-27', to: '2026-11-27' })).toMatchObject({
      days: { called_off: 1, held: 0, ahead: 0 },
      room: { offered: 0, used: 0 },
      outcomes: { cancelled: of(1), booked: of(0) },
    })
    const seminar = { from: '2026-12-10', to: '2026-12-10' }
    expect(await figures(w.system, seminar)).toMatchObject({ days: { ahead: 1, held: 0 }, room: { offered: 30 } })
    w.at('2026-12-10T07:00:00.000Z')
    expect(await figures(w.system, seminar)).toMatchObject({ days: { ahead: 0, held: 1 }, room: { offered: 30 } })
  })

  test('are narrowed to a prefecture, a kind and a period', async () => {
    await booked(w)
    await booked(w, forSeminar({ seats: 3 }))
    const made = async (more: object) => (await figures(w.system, { ...YEAR, ...more })).outcomes.made
    expect(await made({})).toEqual(of(2, 4))
    expect(await made({ kind: 'seminar' })).toEqual(of(1, 3))
    expect(await made({ prefectures: ['08'] })).toEqual(of(1))
    expect(await made({ from: '2026-12-01' })).toEqual(of(1, 3))
    expect(await made({ to: '2026-11-26' })).toEqual(of(0))
  })

  test('count lead time in days of the calendar in Japan', async () => {
    await booked(w) // on the 22nd for the 27th
    w.at('2026-11-24T14:59:00.000Z')
    await booked(w, application(slot('1100')))
    w.at('2026-11-24T15:00:00.000Z') // midnight of the 25th in Japan
    await booked(w, application(slot('1300')))
    const { lead } = await figures(w.system, YEAR)
    expect(lead).toEqual({ median: 3, bands: { '0': 0, '1-3': 2, '4-7': 1, '8-14': 0, '15-30': 0, '31+': 0 } })
  })

  test('count days over the end of February and of a year', async () => {
    await booked(w)
    for (const [made, date, days] of [
      ['2028-02-27T00:00:00.000Z', '2028-03-01', 3],
      ['2027-02-27T00:00:00.000Z', '2027-03-01', 2],
      ['2026-12-31T23:00:00.000Z', '2027-01-02', 1],
      ['1999-12-30T15:00:00.000Z', '2000-02-29', 60],
    ] as const) {
      await w.run('update booking set created_at = ?', made)
      await w.run('update session set date = ? where id = ?', date, MITO)
      const { lead } = await figures(w.system, { from: date, to: date })
      expect([date, lead.median]).toEqual([date, days])
    }
  })
})

describe('who reads them', () => {
  test('the desk its own prefectures, the secretariat all', async () => {
    await booked(w)
    await booked(w, forSeminar())
    const made = async (...staff: Parameters<typeof asStaff> extends [unknown, ...infer R] ? R : never) =>
      (await figures(asStaff(w, ...staff), YEAR)).outcomes.made.bookings
    expect(await made('secretariat')).toBe(2)
    expect(await made('desk', '08')).toBe(1)
    expect(await made('viewer', '31')).toBe(1)
    expect(await made('desk', '08', '31')).toBe(2)
    expect(await made('desk', '13')).toBe(0)
  })

  test('nobody else, and no prefecture out of reach', async () => {
    await expect(figures(w.ctx, YEAR)).rejects.toThrow('only for staff')
    await expect(figures(asStaff(w, 'expert', '08'), YEAR)).rejects.toThrow('only for staff')
    await expect(figures(asStaff(w, 'desk'), YEAR)).rejects.toThrow('only for staff')
    await expect(figures(asStaff(w, 'desk', '08'), { ...YEAR, prefectures: ['08', '13'] })).rejects.toThrow('only for')
  })
})

test('they take the same five queries with one booking and with fifty', async () => {
  const queries = async () => {
    w.reads()
    await figures(w.system, YEAR)
    return w.reads()
  }
  await booked(w, forSeminar())
  expect(await queries()).toBe(5)
  for (let i = 1; i < 30; i++) await booked(w, forSeminar({ industry: 'ABCDEFGH'[i % 8], employees: i * 20 }))
  for (const day of ['2026-12-04', '2026-12-11', '2026-12-18', '2026-12-25']) {
    for (const time of ['1000', '1100', '1300', '1400', '1500']) {
      await booked(w, application({ session: `ibaraki-${day}`, slot: `ibaraki-${day}-${time}` }))
    }
  }
  expect((await figures(w.system, YEAR)).outcomes.made.bookings).toBe(50)
  w.reads()
  expect(await queries()).toBe(5)
})

test('they stay as they are when people are erased and forgotten', async () => {
  const { came } = await lived()
  await booked(w, forSeminar({ seats: 3, industry: 'G', employees: 40 }))
  w.at('2026-12-11T00:00:00.000Z')
  const before = await figures(w.system, YEAR)
  expect(await erase(w.ctx, { token: came.token })).toMatchObject({ ok: true })
  expect(await figures(w.system, YEAR)).toEqual(before)
  w.at('2028-03-31T15:00:00.000Z')
  const after = await figures(w.system, YEAR)
  expect(await forget(w.system)).toMatchObject({ forgotten: 5 })
  expect(await figures(w.system, YEAR)).toEqual(after)
  expect({ ...after, days: null, room: null }).toEqual({ ...before, days: null, room: null })
})
