import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NotFound } from '../../src/base/outcome.ts'
import { applySuspensions } from '../../src/changes/apply-suspensions.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { convert } from '../../src/changes/convert.ts'
import { convertBack } from '../../src/changes/convert-back.ts'
import { holdAgain } from '../../src/changes/hold-again.ts'
import { liftSuspension } from '../../src/changes/lift-suspension.ts'
import { reschedule } from '../../src/changes/reschedule.ts'
import { suspend } from '../../src/changes/suspend.ts'
import { addVenue } from '../../src/planning/add-venue.ts'
import { beginSeries } from '../../src/planning/begin-series.ts'
import { closeDay } from '../../src/planning/closures/close-day.ts'
import { editSeries, previewSeries } from '../../src/planning/edit-series.ts'
import { editSession } from '../../src/planning/edit-session.ts'
import { plan } from '../../src/planning/plan.ts'
import { previewOccurrences } from '../../src/planning/preview-series.ts'
import { SeriesInput } from '../../src/planning/series-input.ts'
import { undoSeries } from '../../src/planning/undo-series.ts'
import { as, lines, mayDo } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import { seriesForm, sessionForm } from '../planning/forms.ts'
import { bookedOn, sessionRow, slotsOf } from '../planning/fridays.ts'
import { emptySchedule } from '../schedule/fixtures.ts'
import { NOW, type World } from '../world.ts'

let w: World
beforeAll(async () => {
  w = await emptySchedule()
  const venue = { name_ja: '会場', name_en: 'Venue', address: null, area_only: 0 as const, printed: null }
  await addVenue(w.system, { ...venue, id: 'venue-mito', prefecture: '08' })
  await addVenue(w.system, { ...venue, id: 'venue-tokyo', prefecture: '13' })
})
afterAll(() => w.close())

const form = (changes: Record<string, unknown> = {}) => seriesForm({ until: '2026-12-09', revision: '0', ...changes })
const edit = (id: string, changes: Record<string, unknown> = {}) => editSeries(as(w, 'desk'), id, form(changes))

/** Begins a series of Wednesdays on 25 November, 2 and 9 December. Returns its id. */
async function begun(changes: Record<string, unknown> = {}): Promise<string> {
  const done = await beginSeries(as(w, 'desk'), form(changes))
  if (!done.ok) throw new Error(JSON.stringify(done))
  await plan(w.system)
  return done.series
}

const FIRST = '2026-11-25'
const on = (series: string, date = FIRST) => `${series}-${date}`
const states = (id: string) => w.rows('select date, state from session where series = ? order by date', id)
const row = async (id: string) => (await w.rows<{ revision: number }>('select * from series where id = ?', id))[0]
const REVISED = { state: 'skipped', skipped_by: 'series', reason_ja: '日程の見直し', reason_en: 'Schedule revised' }

/** The state of each session, by its date. */
function told(done: Awaited<ReturnType<typeof editSeries>>) {
  return done.ok ? done.effects.map(({ session, becomes }) => [session.date, becomes]) : done
}

describe('the sessions ahead', () => {
  test('that get their first hours open first to people who asked for them, until the edit is undone', async () => {
    const id = await begun({ slot_starts: '' })
    const asked = on(id)
    await w.run(
      `insert into interest (id, session, email, person_key, locale, state, token_hash, secret_id, created_at, updated_at)
      values (?, ?, 'a@example.jp', 'a', 'ja', 'confirmed', ?, 's', ?, ?)`,
      asked,
      asked,
      asked,
      NOW,
      NOW,
    )
    const opened = () => w.column<string>('select opens_at from session where series = ? order by date', id)
    const [before = '', other] = await opened()
    expect(await edit(id, { slot_starts: '10:00' })).toMatchObject({ ok: true })
    const [first = '', ...others] = await opened()
    expect([first > before, others]).toEqual([true, [other, other]])
    expect(await undoSeries(as(w, 'desk'), id)).toMatchObject({ ok: true })
    expect(await opened()).toEqual([before, other, other])
  })

  test('follow: what they offer, their hours and their slots', async () => {
    const id = await begun()
    const done = await edit(id, {
      title_ja: '別の名',
      venue: 'venue-mito',
      capacity: '8',
      slot_starts: '14:00',
      slot_capacity: '4',
    })
    expect(told(done)).toEqual([
      ['2026-11-25', 'changed'],
      ['2026-12-02', 'changed'],
      ['2026-12-09', 'changed'],
    ])
    expect(await sessionRow(w, on(id))).toMatchObject({
      title_ja: '別の名',
      venue: 'venue-mito',
      capacity: 8,
      starts_at: '2026-11-25T05:00:00.000Z',
      ends_at: '2026-11-25T05:50:00.000Z',
      edited: 0,
      sequence: 1,
      revision: 1,
    })
    expect(await slotsOf(w, on(id))).toEqual([['1400', 4]])
    expect(await row(id)).toMatchObject({ title_ja: '別の名', capacity: 8, slot_starts: '14:00', revision: 1 })
  })

  test('whose people would lose something, or edited by hand, are left and told; all others follow', async () => {
    const id = await begun({ until: '2026-12-16' })
    await bookedOn(w, on(id))
    const cancelled = await bookedOn(w, on(id, '2026-12-02'))
    await w.run("update booking set status = 'cancelled' where id = ?", cancelled)
    const byHand = sessionForm({ revision: 0, title_ja: '手で直した名', beside: '担当が二人いるため' })
    expect(await editSession(as(w, 'desk'), on(id, '2026-12-09'), byHand)).toMatchObject({ ok: true })
    const changes = { until: '2026-12-16', capacity: '8', slot_starts: '11:00 13:00' }
    expect(told(await edit(id, changes))).toEqual([
      ['2026-11-25', 'booked'],
      ['2026-12-02', 'changed'],
      ['2026-12-09', 'edited'],
      ['2026-12-16', 'changed'],
    ])
    expect(await w.column('select capacity from session where series = ? order by date', id)).toEqual([5, 8, 5, 8])
  })

  test('in another form or called off stay for now, and follow again once that is taken back', async () => {
    const id = await begun({ until: '2026-12-16' })
    const why = { reason_ja: '大雪', reason_en: 'Heavy snow' }
    const desk = as(w, 'desk')
    const on2 = { starts_on: '2026-12-02', ends_on: '2026-12-02' }
    const ordered = await suspend(as(w, 'secretariat'), { prefectures: ['08'], ...on2, into: 'online', ...why })
    if (!ordered.ok) throw new Error(JSON.stringify(ordered))
    await applySuspensions(w.system)
    await convert(desk, on(id, '2026-12-09'), { into: 'online', ...why })
    await callOff(desk, on(id, '2026-12-16'), why)
    const effects = async () => {
      const look = await previewSeries(desk, id, form({ until: '2026-12-16', capacity: '8' }))
      return look.ok ? look.effects.map(({ session, becomes }) => [session.date, becomes]) : look
    }
    expect(await effects()).toEqual([
      ['2026-11-25', 'changed'],
      ['2026-12-02', 'converted'],
      ['2026-12-09', 'converted'],
      ['2026-12-16', 'called_off'],
    ])
    await liftSuspension(as(w, 'secretariat'), ordered.suspension, { beside: '担当が二人いるため' })
    await convertBack(desk, on(id, '2026-12-09'), { ...why, beside: '担当が二人いるため' })
    await holdAgain(desk, on(id, '2026-12-16'), { ...why, beside: '担当が二人いるため' })
    expect(await effects()).toEqual(
      ['2026-11-25', '2026-12-02', '2026-12-09', '2026-12-16'].map((date) => [date, 'changed']),
    )
  })

  test('are to be made on each date but those whose session moved to another day', async () => {
    const id = await begun()
    const why = { reason_ja: '台風', reason_en: 'Typhoon', beside: '担当が二人いるため' }
    await reschedule(as(w, 'desk'), on(id, '2026-12-02'), { date: '2026-12-03', starts: '', ...why })
    await reschedule(as(w, 'desk'), on(id, '2026-12-09'), { date: '', starts: '', ...why })
    expect((await states(id)).map(({ state }) => state)).toEqual(['published', 'published', 'postponed'])
    const dates = async (series: string | null) =>
      (await previewOccurrences(w.ctx, SeriesInput.parse(form()), series)).map(({ date }) => date)
    expect(await dates(id)).toEqual([FIRST])
    expect(await dates(null)).toEqual([FIRST, '2026-12-02', '2026-12-09'])
  })

  test('that somebody booked follow an edit that takes nothing from them', async () => {
    const id = await begun()
    const booking = await bookedOn(w, on(id), { seats: 2 })
    expect(told(await edit(id, { capacity: '8', slot_starts: '10:00 11:00 13:00 15:00' }))).toContainEqual([
      '2026-11-25',
      'changed',
    ])
    expect(await sessionRow(w, on(id))).toMatchObject({ capacity: 8, seats_taken: 2 })
    expect(await w.column('select slot from booking where id = ?', booking)).toEqual([`${on(id)}-1000`])
    expect(told(await edit(id, { capacity: '1', slot_starts: '10:00 11:00 13:00 15:00', revision: 1 }))).toEqual([
      ['2026-11-25', 'booked'],
      ['2026-12-02', 'changed'],
      ['2026-12-09', 'changed'],
    ])
  })

  test('that are so already stay: an edit of the end of the series disturbs no calendar', async () => {
    const id = await begun()
    expect(told(await edit(id, { until: '2026-12-16' }))).toEqual([])
    expect(await w.column('select sequence from session where series = ?', id)).toEqual([0, 0, 0])
  })

  test('keep the weekdays that were printed for dates that stay', async () => {
    const id = await begun({ repeat: 'dates', weekdays: [], dates: '2026-12-01 2026-12-08' })
    await w.run("update series_date set printed_weekday = '火' where series = ?", id)
    await edit(id, { repeat: 'dates', weekdays: [], dates: '2026-12-01 2026-12-15' })
    expect(await w.rows('select date, printed_weekday from series_date where series = ? order by date', id)).toEqual([
      { date: '2026-12-01', printed_weekday: '火' },
      { date: '2026-12-15', printed_weekday: null },
    ])
  })

  test('on a date that the series no longer has are left out, and held again once it has it again', async () => {
    const id = await begun()
    expect(told(await edit(id, { weekdays: ['TH'] }))).toEqual([
      ['2026-11-25', 'skipped'],
      ['2026-12-02', 'skipped'],
      ['2026-12-09', 'skipped'],
    ])
    expect(await sessionRow(w, on(id))).toMatchObject({ ...REVISED, revision: 1 })
    await edit(id, { revision: 1 })
    expect(await sessionRow(w, on(id))).toMatchObject({ state: 'published', reason_ja: null, reason_en: null })
  })

  test('are held again also if the reason was worded anew in the meantime', async () => {
    const id = await begun()
    await edit(id, { weekdays: ['TH'] })
    await w.run("update session set reason_ja = '日程の再検討', reason_en = 'Replanned' where id = ?", on(id))
    await edit(id, { revision: 1 })
    expect(await sessionRow(w, on(id))).toMatchObject({ state: 'published', skipped_by: null, reason_ja: null })
  })

  test('on a date that was closed, for whatever reason, stay left out', async () => {
    const id = await begun()
    await w.run(
      "update session set state = 'skipped', skipped_by = 'closure', reason_ja = '日程の見直し' where id = ?",
      on(id),
    )
    await edit(id, { capacity: '8' })
    expect(await sessionRow(w, on(id))).toMatchObject({ state: 'skipped', skipped_by: 'closure' })
  })

  test('on a date that was closed since stay left out', async () => {
    const id = await begun()
    await edit(id, { weekdays: ['TH'] })
    await closeDay(as(w, 'desk'), { date: FIRST, scope: '08', state: 'confirmed', reason_ja: '県の休業日' })
    await edit(id, { revision: 1 })
    const lifted = { date: FIRST, scope: '08', state: 'lifted', reason_ja: '県の休業日', beside: '担当が二人いるため' }
    expect(await closeDay(as(w, 'desk'), lifted)).toMatchObject({ ok: true })
    expect(await states(id)).toMatchObject([{ state: 'skipped' }, { state: 'published' }, { state: 'published' }])
  })

  test('that somebody skipped by hand stay skipped', async () => {
    const id = await begun()
    await w.run("update session set state = 'skipped', reason_ja = '講師の都合' where id = ?", on(id))
    await edit(id, { capacity: '8' })
    expect(await sessionRow(w, on(id))).toMatchObject({ state: 'skipped', reason_ja: '講師の都合' })
  })

  test('on new dates are made by the next plan, which is made once more today', async () => {
    const id = await begun({ repeat: 'dates', weekdays: [], dates: '2026-12-01 2026-12-08' })
    await w.run('delete from chore')
    await w.run("insert into chore (name, done_on) values ('plan', '2026-11-22')")
    await edit(id, { repeat: 'dates', weekdays: [], dates: '2026-12-01 2026-12-15' })
    expect(await w.column('select date from series_date where series = ? order by date', id)).toEqual([
      '2026-12-01',
      '2026-12-15',
    ])
    expect(await w.column("select done_on from chore where name = 'plan'")).toEqual([''])
    await plan(w.system)
    expect(await states(id)).toEqual([
      { date: '2026-12-01', state: 'published' },
      { date: '2026-12-08', state: 'skipped' },
      { date: '2026-12-15', state: 'published' },
    ])
  })
})

test('kind and prefecture of a series stay, whatever is given', async () => {
  const id = await begun()
  await edit(id, { kind: 'seminar', prefecture: '13' })
  expect(await row(id)).toMatchObject({ kind: 'consultation', prefecture: '08' })
})

test('an edit leaves a line with what was before, for the person who undoes it', async () => {
  const id = await begun()
  await bookedOn(w, on(id))
  await edit(id, { title_ja: '別の名', acceptance: 'approval' })
  expect((await lines(w, id)).filter((line) => line.act === 'series.edited')).toMatchObject([
    {
      actor: 'desk',
      detail: {
        before: { title_ja: 'つくば相談会', capacity: 5 },
        dates: [],
        sessions: [
          { id: on(id, '2026-12-02'), revision: 1, before: { title_ja: 'つくば相談会' }, slots: [{}, {}, {}] },
          { id: on(id, '2026-12-09'), revision: 1 },
        ],
        left: [on(id)],
        revision: 1,
      },
    },
  ])
})

test('a rehearsal tells what would become of each session, and changes nothing', async () => {
  const id = await begun()
  const before = [await row(id), await states(id)]
  const done = await previewSeries(as(w, 'desk'), id, form({ weekdays: ['TH'] }))
  expect(done.ok && done.effects.map((one) => one.becomes)).toEqual(['skipped', 'skipped', 'skipped'])
  expect([await row(id), await states(id)]).toEqual(before)
})

describe('is refused', () => {
  test.each([
    ['no title', { title_ja: '' }, { title_ja: 'required' }],
    ['a week without weekdays', { weekdays: [] }, { weekdays: 'required' }],
    ['a venue of another prefecture', { venue: 'venue-tokyo' }, { venue: 'choice' }],
    ['a desk that there is not', { desk: 'nobody' }, { desk: 'choice' }],
  ])('for %s', async (_, changes, errors) => {
    const id = await begun()
    expect(await edit(id, changes)).toEqual({ ok: false, why: 'invalid', errors })
    expect(await previewSeries(as(w, 'desk'), id, form(changes))).toEqual({ ok: false, why: 'invalid', errors })
    expect(await row(id)).toMatchObject({ revision: 0 })
  })

  test.each([
    ['without a revision', { revision: undefined }],
    ['from a page that somebody else has overtaken', { revision: 7 }],
  ])('%s', async (_, changes) => {
    const id = await begun()
    expect(await edit(id, { capacity: '8', ...changes })).toEqual({ ok: false, why: 'changed' })
    expect(await row(id)).toMatchObject({ capacity: 5, revision: 0 })
  })
})

describe('between look and write', () => {
  const slow = (id: string, happens: () => unknown, changes: Record<string, unknown> = {}) =>
    editSeries(as(meanwhile(w, happens), 'desk'), id, form({ capacity: '8', ...changes }))

  /** Expects `changed`: the series and its sessions stay as they are. */
  async function refused(id: string, done: Awaited<ReturnType<typeof slow>>) {
    expect(done).toEqual({ ok: false, why: 'changed' })
    expect((await w.column('select capacity from session where series = ?', id)).includes(8)).toBe(false)
    expect((await lines(w, id)).filter((line) => line.act === 'series.edited' && line.actor === 'desk')).toEqual([])
  }

  test('somebody faster edits it', async () => {
    const id = await begun()
    const done = await slow(id, () => editSeries(as(w, 'secretariat'), id, form({ capacity: '6' })))
    await refused(id, done)
    expect(await row(id)).toMatchObject({ capacity: 6, revision: 1 })
  })

  test('somebody books a session that would change', async () => {
    const id = await begun()
    // The time that was booked just now would go.
    await refused(id, await slow(id, () => bookedOn(w, on(id)), { slot_starts: '11:00 13:00' }))
  })

  test('somebody books a session that would be left out', async () => {
    const id = await begun()
    await refused(id, await slow(id, () => bookedOn(w, on(id)), { weekdays: ['TH'] }))
    expect(await sessionRow(w, on(id))).toMatchObject({ state: 'published', seats_taken: 1 })
  })

  test('somebody faster edits one of its sessions by hand', async () => {
    const id = await begun()
    const given = sessionForm({ title_ja: '手で', revision: 0, beside: '担当が二人いるため' })
    const byHand = () => editSession(as(w, 'desk'), on(id), given)
    await refused(id, await slow(id, byHand))
    expect(await sessionRow(w, on(id))).toMatchObject({ title_ja: '手で' })
  })
})

test('a series that is not there is not found', async () => {
  await expect(edit('nowhere')).rejects.toThrow(NotFound)
  await expect(previewSeries(as(w, 'desk'), 'nowhere', form())).rejects.toThrow(NotFound)
})

test('is for the desk of its prefecture', async () => {
  const id = await begun()
  expect(await mayDo(w, (ctx) => editSeries(ctx, id, form()))).toEqual(['desk', 'secretariat', 'system'])
  expect(await mayDo(w, (ctx) => previewSeries(ctx, id, form()))).toEqual(['desk', 'secretariat', 'system'])
})
