import { afterEach, beforeEach, expect, test } from 'vitest'
import { cancel } from '../../src/booking/cancel.ts'
import { applySuspensions } from '../../src/changes/apply-suspensions.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { convert } from '../../src/changes/convert.ts'
import { convertBack } from '../../src/changes/convert-back.ts'
import { holdAgain } from '../../src/changes/hold-again.ts'
import { liftSuspension } from '../../src/changes/lift-suspension.ts'
import { callList } from '../../src/changes/queries.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { suspend } from '../../src/changes/suspend.ts'
import { reportFromJournal } from '../../src/figures/replay.ts'
import { monthlyReport } from '../../src/figures/report.ts'
import { callOf } from '../../src/mail/call.ts'
import { postponedSessions } from '../../src/planning/queries.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { endOver } from '../../src/waitlist/end-over.ts'
import { expire } from '../../src/waitlist/expire.ts'
import { restore } from '../../src/waitlist/restore.ts'
import { as } from '../acts.ts'
import { booked, bookingRow, letters, mito, unlawful } from '../booking/fixtures.ts'
import { application, MITO, type World } from '../world.ts'

const WHY = { reason_ja: '大雪のため' }

let w: World
beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

const desk = () => as(w, 'desk')
const postpone = () => reschedule(desk(), MITO, { date: null, starts: null, ...WHY })
const onto = (date: string) => reschedule(desk(), MITO, { date, starts: null, ...WHY })
/** Events of one instant have no order in the journal. */
let minute = 0
const later = () => w.at(`2026-11-22T02:${String(++minute).padStart(2, '0')}:00.000Z`)
const kinds = async (id: string) => (await letters(w)).filter((one) => one.subject === id).map((one) => one.kind)

test('an offer does not end while its session is postponed, and the new day gives it new time', async () => {
  const { id } = await booked(w)
  await w.run("update booking set status = 'offered', offer_expires_at = '2026-11-22T00:00:00.000Z' where id = ?", id)
  await postpone()
  w.at('2026-11-28T00:00:00.000Z')
  expect(await expire(w.system)).toEqual({ ok: true, expired: 0 })
  expect((await bookingRow(w, id)).status).toBe('offered')
  await onto('2026-12-10')
  const { offer_expires_at: ends } = await bookingRow(w, id)
  expect([ends && ends > '2026-11-28T00:00:00.000Z', ends && ends < '2026-12-10']).toEqual([true, true])
  expect(await sessionById(w.ctx, MITO)).toMatchObject({ date: '2026-12-10', former: null, status: 'open' })
})

test('who is booked in a session that gets no day is told so at the end of its programme', async () => {
  const { id } = await booked(w)
  const called = await booked(w, application({ slot: `${MITO}-1100` }))
  await w.run('update booking set email = null where id = ?', called.id)
  await postpone()
  w.at('2027-03-31T14:59:59.000Z')
  expect(await postponedSessions(desk(), '2027-03-31')).toMatchObject([{ id: MITO, people: 2 }])
  expect(await endOver(w.system)).toEqual({ ok: true, ended: 0 })
  w.at('2027-03-31T15:00:00.000Z')
  expect(await endOver(w.system)).toEqual({ ok: true, ended: 2 })
  expect(await bookingRow(w, id)).toMatchObject({ status: 'lapsed', ended: 'session_over' })
  expect((await kinds(id)).at(-1)).toBe('session_over')
  const [call] = (await callList(w.system)).filter((one) => one.kind === 'session_over')
  expect((await callOf(w.system, call?.id ?? '')).heading).toBe('延期していた回は、開催しないことになりました')
  expect(await unlawful(w)).toEqual([])
})

test('who waits for a new day counts as postponed in the report, which still adds up', async () => {
  await booked(w)
  await booked(w, application({ slot: `${MITO}-1100` }))
  await postpone()
  w.at('2026-11-30T00:00:00.000Z')
  const report = await monthlyReport(w.system, '2026-11')
  const line = report.lines.find((one) => one.prefecture === '08' && one.postponed === 1)
  const { made, ...rest } = line?.outcomes ?? { made: { bookings: -1 } }
  expect(rest).toMatchObject({ postponed: { bookings: 2 }, unrecorded: { bookings: 0 } })
  expect(Object.values(rest).reduce((sum, one) => sum + one.bookings, 0)).toBe(made.bookings)
  expect(await reportFromJournal(w.system, '2026-11')).toEqual(report)
})

test('a suspension passes over a postponed session, until its new day falls into it', async () => {
  await booked(w)
  await postpone()
  const order = { prefectures: ['08'], starts_on: '2026-11-25', ends_on: '2026-12-10', into: 'online', ...WHY }
  await suspend(desk(), order)
  await applySuspensions(w.system)
  expect((await sessionById(w.ctx, MITO))?.formats).toContain('onsite')
  await onto('2026-12-10')
  await applySuspensions(w.system)
  expect((await sessionById(w.ctx, MITO))?.formats).not.toContain('onsite')
})

test('lifting a suspension keeps why a day is off; held again, everybody has their own form back', async () => {
  const { id } = await booked(w)
  const done = await suspend(desk(), {
    prefectures: ['08'],
    starts_on: '2026-11-25',
    ends_on: '2026-11-30',
    into: 'online',
    reason_ja: '感染症のため',
  })
  later()
  await applySuspensions(w.system)
  expect((await bookingRow(w, id)).format).toBe('online')
  later()
  await callOff(desk(), MITO, WHY)
  later()
  await liftSuspension(desk(), done.ok ? done.suspension : '')
  expect((await sessionById(w.ctx, MITO))?.reason?.ja).toBe('大雪のため')
  later()
  await holdAgain(desk(), MITO, { reason_ja: '中止は誤りでした', beside: 'x' })
  expect(await bookingRow(w, id)).toMatchObject({ status: 'booked', format: 'onsite', format_before: null })
  expect(await reportFromJournal(w.system, '2026-11')).toEqual(await monthlyReport(w.system, '2026-11'))
})

test('who was cancelled comes back in the form in which the session is held by now', async () => {
  const { id } = await booked(w)
  later()
  await cancel(desk(), { id })
  later()
  await convert(desk(), MITO, { into: 'phone', ...WHY })
  later()
  expect(await restore(desk(), id)).toMatchObject({ ok: true })
  expect(await bookingRow(w, id)).toMatchObject({ status: 'booked', format: 'phone', format_before: 'onsite' })
  later()
  await cancel(desk(), { id })
  later()
  await convertBack(desk(), MITO, { ...WHY, beside: 'x' })
  later()
  expect(await restore(desk(), id)).toMatchObject({ ok: true })
  expect(await bookingRow(w, id)).toMatchObject({ status: 'booked', format: 'onsite', format_before: null })
  expect(await reportFromJournal(w.system, '2026-11')).toEqual(await monthlyReport(w.system, '2026-11'))
})

test('a postponed booking that the desk cancelled can be taken back, and its form that is gone is the reason if not', async () => {
  const { id } = await booked(w)
  await postpone()
  await cancel(desk(), { id })
  w.at('2026-12-01T00:00:00.000Z')
  await w.run("update session set formats = 'online' where id = ?", MITO)
  expect(await restore(desk(), id)).toEqual({ ok: false, why: 'format' })
  await w.run("update session set formats = 'onsite,online' where id = ?", MITO)
  expect(await restore(desk(), id)).toMatchObject({ ok: true })
})
