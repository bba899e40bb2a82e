import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { applySuspensions } from '../../src/changes/apply-suspensions.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { changeVenue } from '../../src/changes/change-venue.ts'
import { convert } from '../../src/changes/convert.ts'
import { convertBack } from '../../src/changes/convert-back.ts'
import { holdAgain } from '../../src/changes/hold-again.ts'
import { liftSuspension } from '../../src/changes/lift-suspension.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { previewVenue, saveVenue } from '../../src/changes/save-venue.ts'
import { setDate } from '../../src/changes/set-date.ts'
import { suspend } from '../../src/changes/suspend.ts'
import { offerValues } from '../../src/http/desk/series.ts'
import { addDesk } from '../../src/people/add-desk.ts'
import { addVenue } from '../../src/planning/add-venue.ts'
import { beginSeries, clashesOfSeries } from '../../src/planning/begin-series.ts'
import { closeDay } from '../../src/planning/closures/close-day.ts'
import { editSeries, previewSeries } from '../../src/planning/edit-series.ts'
import { editSession } from '../../src/planning/edit-session.ts'
import { plan } from '../../src/planning/plan.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import { plannedById, seriesById } from '../../src/planning/queries.ts'
import { SeriesInput } from '../../src/planning/series-input.ts'
import { skip } from '../../src/planning/skip.ts'
import { undoSeries } from '../../src/planning/undo-series.ts'
import { undo } from '../../src/planning/undo-session.ts'
import { unskip } from '../../src/planning/unskip.ts'
import { clashesOf } from '../../src/schedule/clashes.ts'
import { lines } from '../acts.ts'
import { asDesk } from '../booking/desk.ts'
import { mito } from '../booking/fixtures.ts'
import { meanwhile } from '../meanwhile.ts'
import { freshKey, MITO, type World } from '../world.ts'
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
  ).clashes.map(({ id, same }) => [id, same])

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
    expect(await clashesOf(w.ctx, { desk: 'mito', prefecture: '08', venue: null, own: '' }, [whole])).toMatchObject({
      clashes: [{ id: NEXT }],
    })
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

  test('when a second series has the times of one that planning has not made yet, also between look and write', async () => {
    const first = { ...SECOND, repeat: 'weekly', weekdays: ['SA'], dates: '', until: '2026-12-12', key: '' }
    const second = { ...SECOND, dates: '2026-12-05', key: '' }
    const slower = meanwhile(w, () => beginSeries(staff(), { ...first, ...BESIDE }))
    expect(await beginSeries(asDesk(slower, '08'), second)).toEqual(NEEDED)
    expect(await w.column("select id from session where title_ja = '出張相談会'")).toEqual([])
    const { clashes } = await clashesOfSeries(staff(), SeriesInput.parse(second))
    const [id = ''] = await w.column<string>("select id from series where title_ja = '出張相談会'")
    expect(clashes.map((one) => [one.id, one.series, one.same])).toEqual([[`${id}-2026-12-05`, id, 'desk']])
    expect(await beginSeries(staff(), { ...second, starts: '17:00', ends: '18:00' })).toMatchObject({ ok: true })
    expect(await beginSeries(staff(), { ...second, dates: '2026-12-06' })).toMatchObject({ ok: true })
    expect(await beginSeries(staff(), { ...second, ...BESIDE })).toMatchObject({ ok: true })
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

  test('when a series is edited, but not for its days that stay as they are: skipped, or moved by hand', async () => {
    const dates = '2026-12-04\n2026-12-11\n2026-12-15'
    await beginSeries(staff(), { ...SECOND, dates, starts: '07:00', ends: '08:00', key: '' })
    await plan(w.system)
    const [id = ''] = await w.column<string>("select id from series where title_ja = '出張相談会'")
    await skip(staff(), `${id}-2026-12-04`, { ...WHY, revision: 0 })
    await w.run(`update session set date = '2026-12-14', edited = 1 where id = '${id}-2026-12-11'`)
    const given = { ...SECOND, dates, revision: 0 }
    expect(await previewSeries(staff(), id, given)).toMatchObject({ ok: true, clashes: [] })
    expect(await editSeries(staff(), id, given)).toMatchObject({ ok: true })
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

  /** Edits a session, as its form sends it, with changes. */
  const edited = async (id: string, changes: Record<string, unknown>, ctx = staff()) => {
    const row = await plannedById(w.ctx, id)
    if (!row) throw new Error('no session')
    return editSession(ctx, id, { ...offerValues(row), revision: row.revision, ...changes })
  }

  test('when the hours or the venue of one session are edited; an edit that changes neither needs none', async () => {
    await publishSession(
      w.system,
      seminar({
        id: 'fair',
        desk: 'mito',
        prefecture: '08',
        date: '2026-12-04',
        hours: { starts: '17:00', ends: '18:00' },
      }),
    )
    expect(await edited('fair', { title_ja: '講演', starts: '17:00', ends: '18:00' })).toMatchObject({ ok: true })
    const hours = { starts: '15:00', ends: '18:00' }
    expect(await edited('fair', hours)).toMatchObject({ ...NEEDED, clashes: [{ id: NEXT, same: 'desk' }] })
    expect(await edited('fair', { ...hours, ...BESIDE })).toMatchObject({ ok: true })
    expect(await act('fair', 'session.edited')).toContainEqual(expect.objectContaining(BESIDE))
    expect(await edited('fair', { ...hours, title_ja: '講演会' })).toMatchObject({ ok: true })
    await w.run("update session set venue = 'hall', formats = 'onsite' where id = ?", NEXT)
    const place = { ...hours, venue: 'hall', formats: ['onsite'] }
    expect(await edited('fair', place)).toMatchObject({ ...NEEDED, clashes: [{ id: NEXT, same: 'venue' }] })
  })

  test('when a session is held again that was called off', async () => {
    await callOff(staff(), NEXT, WHY)
    await reschedule(staff(), MITO, { date: '2026-12-04', starts: null, ...WHY })
    expect(await holdAgain(staff(), NEXT, WHY)).toEqual(NEEDED)
    expect(await holdAgain(staff(), NEXT, { ...WHY, ...BESIDE })).toMatchObject({ ok: true })
    expect(await act(NEXT, 'session.held_again')).toEqual([BESIDE])
  })

  test('when people come again to a venue that is taken, after a conversion or a suspension', async () => {
    await addDesk(w.system, desk({ id: 'other' }))
    const fair = { id: 'fair', desk: 'other', prefecture: '08', venue: 'hall', formats: ['onsite' as const] }
    for (const [id, date] of [
      ['fair', '2026-11-27'],
      ['later', '2026-12-04'],
    ] as const) {
      await publishSession(w.system, seminar({ ...fair, id, date }))
    }
    await w.run("update session set venue = 'hall' where series = 'ibaraki'")
    await convert(staff(), MITO, { into: 'online', ...WHY })
    expect(await convertBack(staff(), MITO, WHY)).toEqual(NEEDED)
    expect(await convertBack(staff(), MITO, { ...WHY, ...BESIDE })).toMatchObject({ ok: true })
    expect(await act(MITO, 'session.converted_back')).toEqual([BESIDE])
    await w.run("delete from session where id = 'fair'")
    const period = { prefectures: ['08'], starts_on: '2026-12-01', ends_on: '2026-12-05', into: 'online' }
    const ordered = await suspend(staff(), { ...period, ...WHY })
    const id = ordered.ok ? ordered.suspension : ''
    await w.run("update session set state = 'skipped' where id = 'later'")
    await applySuspensions(w.system)
    await w.run("update session set state = 'published' where id = 'later'")
    expect(await liftSuspension(staff(), id)).toEqual(NEEDED)
    expect(await liftSuspension(staff(), id, BESIDE)).toMatchObject({ ok: true })
    expect(await act(id, 'suspension.lifted')).toEqual([{ ...BESIDE, sessions: 1 }])
  })

  test('or the change is not taken back at all: what was there before is taken', async () => {
    await skip(staff(), NEXT, WHY)
    w.at('2026-11-22T01:01:00.000Z')
    await reschedule(staff(), MITO, { date: '2026-12-04', starts: null, ...WHY })
    expect(await undo(staff(), NEXT)).toEqual({ ok: false, why: 'clash' })
    const row = await seriesById(w.ctx, 'ibaraki')
    if (!row) throw new Error('no series')
    await unskip(staff(), NEXT, BESIDE)
    const typed = {
      ...SECOND,
      title_ja: row.title_ja,
      repeat: 'weekly',
      weekdays: ['FR'],
      dates: '',
      starts: '17:00',
      ends: '18:00',
      revision: row.revision,
    }
    expect(await editSeries(staff(), 'ibaraki', typed)).toMatchObject({ ok: true })
    w.at('2026-11-22T01:02:00.000Z')
    await publishSession(w.system, seminar({ id: 'fair', desk: 'mito', prefecture: '08', date: '2026-12-11' }))
    expect(await undoSeries(staff(), 'ibaraki')).toEqual({ ok: false, why: 'clash' })
  })

  test('when an area that several use becomes one place', async () => {
    await publishSession(
      w.system,
      seminar({ id: 'fair', desk: 'mito', prefecture: '08', venue: 'area', date: '2026-12-04', formats: ['onsite'] }),
    )
    const place = { prefecture: '08', name_ja: '市民会館', address: '水戸市1', revision: 0 }
    expect(await previewVenue(staff(), 'area', place)).toMatchObject({ clashes: [] })
    await w.run("update session set venue = 'area', formats = 'online' where id = ?", NEXT)
    expect(await previewVenue(staff(), 'area', place)).toMatchObject({ clashes: [] })
    await w.run("update session set formats = 'onsite' where id = ?", NEXT)
    expect(await previewVenue(staff(), 'area', place)).toMatchObject({ clashes: [{ id: NEXT }, { id: 'fair' }] })
    expect(await saveVenue(staff(), 'area', place)).toEqual(NEEDED)
    expect(await saveVenue(staff(), 'area', { ...place, area_only: true, name_ja: '水戸' })).toMatchObject({ ok: true })
    expect(await saveVenue(staff(), 'area', { ...place, revision: 1, ...BESIDE })).toMatchObject({ ok: true })
    expect(await act('area', 'venue.edited')).toEqual(expect.arrayContaining([{}, BESIDE]))
  })

  test('which counts for the sessions that the page showed', async () => {
    const to = { date: '2026-12-04', starts: null, ...WHY, ...BESIDE }
    expect(await reschedule(staff(), MITO, { ...to, seen: 'another' })).toEqual(NEEDED)
    expect(await reschedule(staff(), MITO, { ...to, seen: NEXT })).toMatchObject({ ok: true })
  })
})

describe('of two desks that make the same clash at once, the later one sees it', () => {
  const DAY = '2026-12-07'
  /** The same rows, but a seminar of the same desk gets this day before the commit. */
  const late = (starts = '10:00', ends = '17:00') =>
    asDesk(
      meanwhile(w, () =>
        publishSession(
          w.system,
          seminar({ id: 'fair', desk: 'mito', prefecture: '08', date: DAY, hours: { starts, ends } }),
        ),
      ),
      '08',
      '31',
    )

  test('when a session is rescheduled', async () => {
    expect(await reschedule(late(), MITO, { date: DAY, starts: null, ...WHY })).toEqual(NEEDED)
    expect(await w.column('select date from session where id = ?', MITO)).toEqual(['2026-11-27'])
  })

  test('when an area becomes one place', async () => {
    const fair = seminar({ id: 'fair', desk: 'mito', prefecture: '08', venue: 'area', formats: ['onsite'] })
    await publishSession(w.system, { ...fair, id: 'first', date: DAY })
    const later = meanwhile(w, () => publishSession(w.system, { ...fair, date: DAY }))
    const place = { prefecture: '08', name_ja: '市民会館', address: '水戸市1', revision: 0 }
    expect(await saveVenue(asDesk(later, '08'), 'area', place)).toEqual(NEEDED)
    expect(await w.column("select area_only from venue where id = 'area'")).toEqual([1])
  })

  test('when two skipped days are opened at once', async () => {
    const fair = seminar({
      id: 'fair',
      desk: 'mito',
      prefecture: '08',
      date: '2026-12-04',
      hours: { starts: '10:00', ends: '17:00' },
    })
    await publishSession(w.system, fair)
    await w.run("update session set state = 'skipped' where id in (?, 'fair')", NEXT)
    const later = meanwhile(w, () => unskip(staff(), 'fair'))
    expect(await unskip(asDesk(later, '08'), NEXT)).toEqual({ ok: false, why: 'clash' })
    expect(await w.column("select state from session where id in (?, 'fair') order by id", NEXT)).toEqual([
      'published',
      'skipped',
    ])
  })

  test('also if a reason was given for another one', async () => {
    const given = { date: DAY, starts: null, ...WHY, ...BESIDE, seen: '' }
    expect(await reschedule(late(), MITO, given)).toEqual(NEEDED)
  })

  test('when a date is set, or a series begun or edited', async () => {
    await publishSession(w.system, seminar({ id: 'later', desk: 'mito', prefecture: '08', date: null, hours: null }))
    expect(await setDate(late(), 'later', { date: DAY, starts: '13:00', ends: '16:00' })).toEqual(NEEDED)
    await w.run("delete from session where id = 'fair'")
    const second = { ...SECOND, dates: DAY, key: freshKey() }
    expect(await beginSeries(late(), second)).toEqual(NEEDED)
    await w.run("delete from session where id = 'fair'")
    const begun = await beginSeries(staff(), { ...second, dates: '2026-12-05' })
    const id = begun.ok ? begun.series : ''
    expect(await editSeries(late(), id, { ...second, revision: 0 })).toMatchObject({ ok: false })
    expect(await w.column('select id from session where series = ?', id)).toEqual([])
  })

  test('when one session is edited, held again or opened, and when a closed day is', async () => {
    await reschedule(staff(), MITO, { date: DAY, starts: null, ...WHY })
    const row = await plannedById(w.ctx, MITO)
    if (!row) throw new Error('no session')
    const other = { ...offerValues(row), revision: row.revision, slot_starts: '17:00', slot_minutes: '50' }
    expect(await editSession(late('17:00', '18:00'), MITO, other)).toMatchObject(NEEDED)
    await w.run("delete from session where id = 'fair'")
    await callOff(staff(), MITO, WHY)
    expect(await holdAgain(late(), MITO, WHY)).toEqual(NEEDED)
    await w.run("delete from session where id = 'fair'")
    await w.run("update session set state = 'skipped', skipped_by = 'closure', edited = 0 where id = ?", MITO)
    expect(await unskip(late(), MITO)).toEqual({ ok: false, why: 'clash' })
    await w.run("delete from session where id = 'fair'")
    const day = { date: DAY, scope: '08', reason_ja: '館内工事', state: 'lifted' }
    expect(await closeDay(late(), day)).toMatchObject({ ...NEEDED, clashes: [{ id: 'fair' }] })
    expect(await w.column('select state from session where id = ?', MITO)).toEqual(['skipped'])
  })
})
