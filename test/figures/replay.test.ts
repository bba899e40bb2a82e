import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { plusMinutes } from '../../src/base/clock.ts'
import { hmac } from '../../src/base/token.ts'
import { BECAME } from '../../src/base/vocabulary.ts'
import { approve } from '../../src/booking/approve.ts'
import { attend } from '../../src/booking/attend.ts'
import { cancel } from '../../src/booking/cancel.ts'
import { enter } from '../../src/booking/enter.ts'
import { move } from '../../src/booking/move.ts'
import { remind } from '../../src/booking/remind.ts'
import { turnDown } from '../../src/booking/turn-down.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { convert } from '../../src/changes/convert.ts'
import { convertBack } from '../../src/changes/convert-back.ts'
import { holdAgain } from '../../src/changes/hold-again.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import type { Tally } from '../../src/figures/outcomes.ts'
import { reportFromJournal } from '../../src/figures/replay.ts'
import { monthlyReport, type ReportLine } from '../../src/figures/report.ts'
import { announceDraw } from '../../src/lottery/announce.ts'
import { draw } from '../../src/lottery/draw.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import { erase } from '../../src/retention/erase.ts'
import { forget } from '../../src/retention/forget.ts'
import { actsWith } from '../../src/store/acts.ts'
import type { BookingRow } from '../../src/store/schema.ts'
import { accept } from '../../src/waitlist/accept.ts'
import { decline } from '../../src/waitlist/decline.ts'
import { expire } from '../../src/waitlist/expire.ts'
import { offer } from '../../src/waitlist/offer.ts'
import { promote } from '../../src/waitlist/promote.ts'
import { restore } from '../../src/waitlist/restore.ts'
import { asDesk } from '../booking/desk.ts'
import { ask, booked, bookings, mito } from '../booking/fixtures.ts'
import { RUNS } from '../engine.ts'
import { seminar } from '../schedule/fixtures.ts'
import { application, freshKey, MITO, NOW, type World } from '../world.ts'

let w: World

/** The Fridays and the seminar, and small sessions of each acceptance, so that they fill up. */
async function small(): Promise<World> {
  const made = await mito()
  const one = { prefecture: '08', capacity: 3, date: '2026-12-10' } as const
  await publishSession(made.system, seminar({ ...one, id: 'approval', acceptance: 'approval', capacity: 2 }))
  await publishSession(made.system, seminar({ ...one, id: 'lots', acceptance: 'lottery', kind: 'consultation' }))
  await publishSession(made.system, seminar({ ...one, id: 'full' }))
  return made
}

const SESSIONS = [MITO, 'ibaraki-2026-12-04', 'seminar', 'approval', 'lots', 'full']
const MONTHS = ['2026-11', '2026-12', '2027-01']

type Act = readonly [what: number, which: number, how: number]

/** Acts on one booking: an offer, a request, its turn in the queue, its day. */
async function answered({ id, status }: BookingRow, token: string, how: number): Promise<unknown> {
  const desk = asDesk(w, '08', '31')
  if (status === 'offered') return how % 3 === 0 ? decline(w.ctx, { token }) : accept(w.ctx, { token })
  if (status === 'requested') return how % 3 === 0 ? turnDown(desk, id) : approve(desk, id)
  if (status === 'waiting') return promote(desk, id)
  return attend(desk, id, (['absent', 'attended', 'attended', 'booked'] as const)[how % 4] ?? 'attended')
}

/** The acts that may happen to an existing booking. */
async function withBooking([what, which, how]: Act, place: object): Promise<unknown> {
  const desk = asDesk(w, '08', '31')
  const rows = (await bookings(w)).filter((one) => one.name !== '')
  const asked = rows.filter((one) => one.status === 'offered' || one.status === 'requested')
  const from = what > 24 && asked.length > 0 ? asked : rows
  const row = from[which % Math.max(1, from.length)]
  if (row === undefined) return null
  const token = await hmac(w.ctx.config.secrets[0] ?? '', `${row.id}.1`)
  if (what === 21 && row.status === 'cancelled') return restore(desk, row.id)
  if (what < 22) return how % 2 === 0 ? cancel(w.ctx, { token }) : cancel(desk, { id: row.id })
  if (what === 22) return erase(w.ctx, { token })
  if (what === 23) return how % 2 === 0 ? move(w.ctx, { token }, place) : move(desk, { id: row.id }, place)
  return answered(row, token, how)
}

/** One thing that may happen, chosen by three numbers. What is refused changes nothing. */
async function happens([what, which, how]: Act): Promise<unknown> {
  const desk = asDesk(w, '08', '31')
  const session = SESSIONS[which % SESSIONS.length] ?? MITO
  const fridays = session.startsWith('ibaraki')
  const slot = fridays ? `${session}-${['1000', '1100', '1300', '1400', '1500'][how % 5]}` : null
  const place = { session, slot, format: fridays && how % 2 === 0 ? 'onsite' : 'online' }
  if (what < 3) {
    const full = ['refuse', 'wait', 'over'][how % 3]
    const given = {
      ...application({ ...place, email: null }),
      session,
      full,
      over: '代表の方から電話',
      channel: 'counter',
    }
    return enter(desk, given, freshKey())
  }
  if (what < 14) return ask(w, application({ ...place, seats: 1 + (how % 2), waitlist: how % 3 > 0 }))
  if (what === 14 && how === 1) return holdAgain(desk, session, { reason_ja: '誤り' })
  if (what === 14) return how === 0 && callOff(desk, session, { reason_ja: '大雪' })
  if (what === 15 && how === 1) return convertBack(desk, session, { reason_ja: '再開' })
  if (what === 15) return how === 0 && convert(desk, session, { into: 'online', reason_ja: '休止' })
  if (what === 16)
    return how === 0 && reschedule(desk, session, { date: which % 2 ? '2026-12-21' : null, reason_ja: '都合' })
  if (what < 19) return offer(w.system)
  if (what === 19) return expire(w.system)
  return withBooking([what, which, how], place)
}

const act = fc.tuple(fc.nat(27), fc.nat(40), fc.nat(6))
const acts = fc.array(act, { minLength: 40, maxLength: 80 })
/** Lines of the journal that no figure uses. */
const QUIET = ['booking.over', 'booking.passed_over', 'booking.reserve', 'booking.postponed', 'booking.rescheduled']

/** What became of the applications of a line, added up in all and by format. It must be all that were made. */
function sums({ outcomes, formats }: ReportLine): Tally[] {
  const sum = (all: Tally[]): Tally => ({
    bookings: all.reduce((total, one) => total + one.bookings, 0),
    people: all.reduce((total, one) => total + one.people, 0),
  })
  return [sum(BECAME.map((became) => outcomes[became])), sum(Object.values(formats).map(({ made }) => made))]
}

/** The whole life of the sessions: what happens before the lots are drawn, the draw, the days, and what happens after. */
async function lived(before: Act[], after: Act[], pace: number): Promise<void> {
  let now = NOW
  const step = (minutes: number) => {
    now = plusMinutes(now, minutes)
    w.at(now)
  }
  for (const one of before) {
    step(pace)
    await happens(one)
  }
  now = '2026-12-09T06:30:00.000Z'
  w.at(now)
  await draw(asDesk(w, '08'), 'lots')
  step(1)
  await announceDraw(asDesk(w, '08'), 'lots')
  for (const row of await bookings(w)) {
    step(1)
    if (row.status === 'offered')
      await answered(row, await hmac(w.ctx.config.secrets[0] ?? '', `${row.id}.1`), row.seats)
  }
  now = '2026-12-10T05:00:00.000Z'
  w.at(now)
  await expire(w.system)
  for (const [i, row] of (await bookings(w)).entries()) {
    step(1)
    if (row.status === 'booked') await answered(row, '', i)
  }
  for (const one of after) {
    step(pace)
    await happens(one)
  }
}

test('whatever happens, the journal gives the same report as the rows', async () => {
  const seen = new Set<string>()
  await fc.assert(
    fc
      .asyncProperty(
        acts,
        fc.array(act, { maxLength: 20 }),
        fc.integer({ min: 5, max: 120 }),
        async (before, after, pace) => {
          w = await small()
          await lived(before, after, pace)
          for (const line of await w.column<string>('select distinct act from journal')) seen.add(line)
          for (const month of MONTHS) {
            const report = await monthlyReport(w.system, month)
            expect(await reportFromJournal(w.system, month)).toEqual(report)
            expect(report.lines.map(sums)).toEqual(report.lines.map(({ outcomes }) => [outcomes.made, outcomes.made]))
          }
        },
      )
      .afterEach(async () => w.close()),
    { numRuns: RUNS },
  )
  const known: readonly string[] = [...actsWith('becomes'), ...QUIET]
  expect([...seen].filter((one) => one.startsWith('booking.') && !known.includes(one))).toEqual([])
})

test('either of the two shows that the other was changed', async () => {
  w = await small()
  const { id } = await booked(w)
  const agree = async () =>
    expect(await reportFromJournal(w.system, '2026-11')).toEqual(await monthlyReport(w.system, '2026-11'))
  await agree()
  await w.run("update booking set status = 'attended' where id = ?", id)
  await expect(agree()).rejects.toThrow('expected')
  await w.run("update booking set status = 'booked' where id = ?", id)
  await agree()
  await w.run("delete from journal where act = 'booking.made'")
  await expect(agree()).rejects.toThrow('expected')
  await w.close()
})

test('reminding and forgetting people changes nothing in either of the two', async () => {
  w = await small()
  await booked(w)
  await booked(w)
  const before = await reportFromJournal(w.system, '2026-11')
  w.at('2026-11-26T01:00:00.000Z')
  expect(await remind(w.system)).toMatchObject({ reminded: 2 })
  expect(await reportFromJournal(w.system, '2026-11')).toEqual(before)
  w.at('2028-03-31T15:00:00.000Z')
  expect(await forget(w.system)).toMatchObject({ forgotten: 2 })
  expect(await reportFromJournal(w.system, '2026-11')).toEqual(await monthlyReport(w.system, '2026-11'))
  await w.close()
})
