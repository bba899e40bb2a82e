import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { changeVenue } from '../../src/changes/change-venue.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { setDate } from '../../src/changes/set-date.ts'
import { addDesk } from '../../src/people/add-desk.ts'
import { addVenue } from '../../src/planning/add-venue.ts'
import { beginSeries } from '../../src/planning/begin-series.ts'
import { closeDay } from '../../src/planning/close-day.ts'
import { editSeries } from '../../src/planning/edit-series.ts'
import { plan } from '../../src/planning/plan.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import { skip } from '../../src/planning/skip.ts'
import { unskip } from '../../src/planning/unskip.ts'
import { clashesOf } from '../../src/schedule/clashes.ts'
import { lines } from '../acts.ts'
import { asDesk } from '../booking/desk.ts'
import { mito } from '../booking/fixtures.ts'
import { MITO, type World } from '../world.ts'
import { desk, seminar } from './fixtures.ts'

const NEXT = 'ibaraki-2026-12-04'
const WHY = { reason_ja: '講師の都合により' }
const BESIDE = { beside: '担当を二人にするため' }
const NEEDED = { ok: false, why: 'invalid', errors: { beside: 'required' } }

/** A single day of the same desk, at the same time as the series. */
const SECOND = {
  kind: 'consultation',
  prefecture: '08',
  desk: 'mito',
  title_ja: '出張相談会',
  formats: ['online'],
  capacity: '5',
  acceptance: 'first_come',
  closes_shape: 'business_days',
  closes_count: '1',
  closes_at: '15:00',
  repeat: 'dates',
  dates: '2026-12-04',
  starts_on: '2026-11-25',
  starts: '13:00',
  ends: '16:00',
}

let w: World
beforeEach(async () => {
  w = await mito()
  const venue = { name_ja: '会館', name_en: 'Hall', address: null, area_only: 0 as const, printed: null }
  for (const id of ['hall', 'library']) await addVenue(w.system, { ...venue, id, prefecture: '08' })
  await addVenue(w.system, { ...venue, id: 'area', prefecture: '08', area_only: 1 })
})
afterEach(() => w.close())

const staff = () => asDesk(w, '08', '31')
const at = (date: string, from: string, to: string) => ({
  date,
  starts_at: `${date}T${from}:00.000Z`,
  ends_at: `${date}T${to}:00.000Z`,
})
/** What is at these hours (of UTC) on the Friday after. */
const found = async (holding: Partial<Parameters<typeof clashesOf>[1]>, from: string, to: string) =>
  (
    await clashesOf(w.ctx, { desk: 'mito', prefecture: '08', venue: null, own: '', ...holding }, [
      at('2026-12-04', from, to),
    ])
  ).map(({ id, same }) => [id, same])

describe('another session at the same time', () => {
  test('is one of the same desk whose hours overlap; hours that only touch do not', async () => {
    expect(await found({}, '05:00', '08:00')).toEqual([[NEXT, 'desk']])
    expect(await found({}, '06:50', '08:00')).toEqual([])
    expect(await found({}, '00:00', '01:00')).toEqual([])
    expect(await found({ desk: 'other' }, '05:00', '08:00')).toEqual([])
    expect(await found({ prefecture: '31' }, '05:00', '08:00')).toEqual([])
    expect(await found({ own: NEXT }, '05:00', '08:00')).toEqual([])
    expect(await found({ own: 'ibaraki' }, '05:00', '08:00')).toEqual([])
    const whole = { date: '2026-12-04', starts_at: null, ends_at: null }
    expect(await clashesOf(w.ctx, { desk: 'mito', prefecture: '08', venue: null, own: '' }, [whole])).toMatchObject([
      { id: NEXT },
    ])
  })

  test('is one at the same venue of any desk, if people come to it', async () => {
    const elsewhere = { desk: 'other', venue: 'hall' }
    expect(await found(elsewhere, '05:00', '08:00')).toEqual([])
    await w.run("update session set venue = 'hall' where id = ?", NEXT)
    expect(await found(elsewhere, '05:00', '08:00')).toEqual([[NEXT, 'venue']])
    await w.run("update session set formats = 'online' where id = ?", NEXT)
    expect(await found(elsewhere, '05:00', '08:00')).toEqual([])
    await w.run("update session set formats = 'onsite', venue = 'area' where id = ?", NEXT)
    expect(await found({ desk: 'other', venue: 'area' }, '05:00', '08:00')).toEqual([])
  })

  test.each(['skipped', 'postponed', 'called_off'])('is none that is %s', async (state) => {
    await w.run('update session set state = ? where id = ?', state, NEXT)
    expect(await found({}, '05:00', '08:00')).toEqual([])
  })
})

describe('to go on all the same needs a reason, which stays on record', () => {
  /** What the lines of an act say, in any order: lines of one moment have none. */
  const act = async (id: string, name: string) =>
    (await lines(w, id)).flatMap((line) => (line.act === name ? [line.detail] : []))

  test('when a session is moved onto the day of the series, or settled on it', async () => {
    const to = { date: '2026-12-04', starts: null, ...WHY }
    expect(await reschedule(staff(), MITO, to)).toEqual(NEEDED)
    expect(await reschedule(staff(), MITO, { ...to, starts: '17:00' })).toMatchObject({ ok: true })
    expect(await reschedule(staff(), MITO, { ...to, starts: '10:00', ...BESIDE })).toMatchObject({ ok: true })
    expect(await act(MITO, 'session.rescheduled')).toContainEqual(expect.objectContaining(BESIDE))
    await publishSession(w.system, seminar({ id: 'later', prefecture: '08', date: null, hours: null }))
    const day = { date: '2026-12-11', starts: '13:00', ends: '16:00' }
    expect(await setDate(staff(), 'later', day)).toEqual(NEEDED)
    expect(await setDate(staff(), 'later', { ...day, ...BESIDE })).toMatchObject({ ok: true })
    expect(await act('later', 'session.settled')).toEqual([{ interested: 0, ...BESIDE }])
  })

  test('when a session goes to a venue that is taken then', async () => {
    await addDesk(w.system, desk({ id: 'other' }))
    await publishSession(
      w.system,
      seminar({ id: 'fair', desk: 'other', prefecture: '08', venue: 'hall', date: '2026-11-27', formats: ['onsite'] }),
    )
    expect(await changeVenue(staff(), MITO, { venue: 'hall', ...WHY })).toEqual(NEEDED)
    expect(await changeVenue(staff(), MITO, { venue: 'library', ...WHY })).toMatchObject({ ok: true })
    expect(await changeVenue(staff(), MITO, { venue: 'hall', ...WHY, ...BESIDE })).toMatchObject({ ok: true })
    expect(await act(MITO, 'session.relocated')).toContainEqual({ venue: 'hall', ...BESIDE })
  })

  test('when a second series or a single day has the times of the first; sent again it is the same one', async () => {
    const second = { ...SECOND, key: 'key-of-a-second-series' }
    expect(await beginSeries(staff(), second)).toEqual(NEEDED)
    const begun = await beginSeries(staff(), { ...second, ...BESIDE })
    expect(begun).toMatchObject({ ok: true })
    expect(await beginSeries(staff(), { ...second, ...BESIDE })).toEqual(begun)
    expect(await act(begun.ok ? begun.series : '', 'series.started')).toEqual([BESIDE])
    expect(await beginSeries(staff(), { ...second, dates: '2026-12-05', key: '' })).toMatchObject({ ok: true })
  })

  test('when a series is edited to such times; an edit that changes no times needs none', async () => {
    await beginSeries(staff(), { ...SECOND, dates: '2026-12-05', key: '' })
    const [id = ''] = await w.column<string>("select id from series where title_ja = '出張相談会'")
    const edit = async (changes: Record<string, unknown>) => {
      const [revision] = await w.column<number>('select revision from series where id = ?', id)
      return editSeries(staff(), id, { ...SECOND, ...changes, revision })
    }
    expect(await edit({ dates: '2026-12-04' })).toEqual(NEEDED)
    expect(await edit({ dates: '2026-12-04', ...BESIDE })).toMatchObject({ ok: true })
    expect(await act(id, 'series.edited')).toMatchObject([BESIDE])
    await plan(w.system)
    expect(await edit({ dates: '2026-12-04', title_ja: '出張の会' })).toMatchObject({ ok: true })
  })

  test('when a skipped day is held again', async () => {
    await skip(staff(), NEXT, WHY)
    await reschedule(staff(), MITO, { date: '2026-12-04', starts: null, ...WHY })
    expect(await unskip(staff(), NEXT)).toEqual({ ok: false, why: 'clash' })
    expect(await unskip(staff(), NEXT, BESIDE)).toMatchObject({ ok: true })
    expect(await act(NEXT, 'session.opened')).toMatchObject([BESIDE])
  })

  test('when a closed day is opened, and its sessions are held again', async () => {
    const day = { date: '2026-12-04', scope: '08', reason_ja: '館内工事' }
    expect(await closeDay(staff(), { ...day, state: 'confirmed' })).toMatchObject({ ok: true, followed: 1 })
    await reschedule(staff(), MITO, { date: '2026-12-04', starts: null, ...WHY })
    expect(await closeDay(staff(), { ...day, state: 'lifted' })).toMatchObject({ ...NEEDED, clashes: [{ id: MITO }] })
    expect(await closeDay(staff(), { ...day, state: 'lifted', ...BESIDE })).toMatchObject({ ok: true, followed: 1 })
    expect(await act('08-2026-12-04', 'closure.lifted')).toEqual([BESIDE])
  })
})
