import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { assignAdvisers } from '../../../src/advisers/assign.ts'
import { fingerprint } from '../../../src/base/fingerprint.ts'
import { newId } from '../../../src/base/id.ts'
import { NotFound } from '../../../src/base/outcome.ts'
import { addDay } from '../../../src/planning/days/add-day.ts'
import { copyDays, copyFields, MOST_COPIES, newIn, previewCopies } from '../../../src/planning/days/copy-days.ts'
import { undoCopies } from '../../../src/planning/days/undo-copies.ts'
import { importSeries } from '../../../src/planning/import-series.ts'
import { plan } from '../../../src/planning/plan.ts'
import { addQuestion } from '../../../src/planning/questions/add-question.ts'
import { as, lines, mayDo } from '../../acts.ts'
import { meanwhile } from '../../meanwhile.ts'
import { closure, emptySchedule, series } from '../../schedule/fixtures.ts'
import { NOW, type World } from '../../world.ts'
import { sessionForm } from '../forms.ts'
import { bookedOn } from '../fridays.ts'

let w: World
let single: string
beforeAll(async () => {
  w = await emptySchedule()
  await importSeries(w.system, series({ until: '2027-02-26' }))
  await plan(w.system)
  const day = { kind: 'consultation', prefecture: '08', desk: '', date: '2026-11-24' }
  const done = await addDay(as(w, 'desk'), { ...sessionForm({ slot_starts: '10:00 11:00' }), ...day })
  single = done.ok ? done.session : ''
})
afterAll(() => w.close())

const FRIDAY = 'ibaraki-2026-11-27'
const copy = (given: Record<string, unknown>, from = w) => copyDays(as(from, 'desk'), given)
const look = async (given: Record<string, unknown>) => {
  const found = await previewCopies(as(w, 'desk'), given)
  if (!found.ok) throw new Error(JSON.stringify(found))
  return found.look
}
const fates = async (given: Record<string, unknown>) =>
  (await look(given)).copies.map(({ date, fate }) => [date, fate].join(' '))
const on = (date: string) => w.rows('select * from session where date = ? order by id', date)

describe('a copy of a session', () => {
  test('has its content, hours, slots and questions, and no series', async () => {
    const asked = { series: null, session: single, kind: 'text' as const, label_ja: '業種', label_en: 'Trade' }
    await addQuestion(as(w, 'desk'), asked, { ...asked, required: '', options: '' })
    const done = await copy({ sessions: single, dates: '2026-12-01' })
    const [made] = await on('2026-12-01')
    expect(done).toEqual({ ok: true, session: made?.id })
    expect(made).toMatchObject({
      series: null,
      desk: 'mito',
      title_ja: 'テレワーク無料相談会',
      capacity: 5,
      formats: 'onsite,online',
      starts_at: '2026-12-01T01:00:00.000Z',
      seats_taken: 0,
      state: 'published',
    })
    const id = String(made?.id)
    expect(await w.column('select starts_at from slot where session = ? order by starts_at', id)).toEqual([
      '2026-12-01T01:00:00.000Z',
      '2026-12-01T02:00:00.000Z',
    ])
    expect(await w.column('select label_ja from question where session = ?', id)).toEqual(['業種'])
    expect(await lines(w, id)).toEqual([{ actor: 'desk', act: 'session.published', detail: { copy: single } }])
  })

  test('is made for each date once, also by a form sent twice', async () => {
    const given = { sessions: single, dates: '2026-12-08、2026-12-09 2026-12-08', key: newId(NOW) }
    const first = await copy(given)
    expect(await copy(given)).toEqual(first)
    expect([(await on('2026-12-08')).length, (await on('2026-12-09')).length]).toEqual([1, 1])
    expect(await copy({ ...given, dates: '2026-12-10' })).toEqual({ ok: false, why: 'used' })
  })

  test('is left out on a day that passed, has no programme, is closed, or is of its series', async () => {
    await w.ctx.store.commit(w.ctx.store.db.insertInto('closure').values(closure({ date: '2026-12-15' })))
    const dates = '2026-11-20 2026-12-15 2026-12-16 2026-12-18 2028-04-03'
    expect(await fates({ sessions: FRIDAY, dates })).toEqual([
      '2026-11-20 past',
      '2026-12-15 closed',
      '2026-12-16 new',
      '2026-12-18 series',
      '2028-04-03 outside',
    ])
    expect(await copy({ sessions: FRIDAY, dates: '2026-12-15' })).toEqual({ ok: false, why: 'nothing' })
    expect(await on('2026-12-15')).toEqual([])
  })
})

describe('the advisers and rooms of a session', () => {
  const duties = (session: string) =>
    w.rows('select slot, name, room from duty where session = ? order by slot is not null', session)
  const fatesOf = async (dates: string) => (await look({ sessions: single, dates })).copies.map(({ duty }) => duty)
  const beside = '担当が二人いるため'

  beforeAll(async () => {
    const [revision] = await w.column('select revision from session where id = ?', single)
    const slots = { [`${single}-1100`]: { name: '山川 花子' } }
    const whole = { name: '海野 次郎', room: '相談室1' }
    await assignAdvisers(as(w, 'desk'), single, { revision, whole, slots })
  })

  test('come along to a copy, slot by slot, and are taken for its hours', async () => {
    expect(await fatesOf('2027-02-08')).toEqual(['taken along'])
    const done = await copy({ sessions: single, dates: '2027-02-08' })
    const id = done.ok ? done.session : ''
    expect(await duties(id)).toEqual([
      { slot: null, name: '海野 次郎', room: '相談室1' },
      { slot: `${id}-1100`, name: '山川 花子', room: '' },
    ])
    expect(await w.column('select distinct holder from busy where session = ? order by holder', id)).toEqual([
      'name:08:山川花子',
      'name:08:海野次郎',
      'room:mito:相談室1',
    ])
  })

  test('stay behind where one of them is taken, as the look says', async () => {
    expect(await fatesOf('2027-02-08 2027-02-09')).toEqual(['left', 'taken along'])
    const done = await copy({ sessions: single, dates: '2027-02-08', beside })
    expect(await duties(done.ok ? done.session : '')).toEqual([])
  })

  test('stay behind if somebody takes them in the meantime', async () => {
    const take = () =>
      w.run('insert into busy values (?, ?, ?)', 'name:08:海野次郎', '2027-02-10T01:00:00.000Z', FRIDAY)
    const done = await copy({ sessions: single, dates: '2027-02-10' }, meanwhile(w, take))
    expect([(await on('2027-02-10')).length, await duties(done.ok ? done.session : '')]).toEqual([1, []])
  })
})

describe('a week', () => {
  test('is copied to the same weekdays of another, without what its series holds there', async () => {
    const given = { week: '2026-11-22', into: '2027-01-20', prefecture: '08' }
    expect(await fates(given)).toEqual(['2027-01-19 new', '2027-01-22 series'])
    expect(await copy(given)).toMatchObject({ ok: true })
    expect((await on('2027-01-19')).map((row) => row.starts_at)).toEqual(['2027-01-19T01:00:00.000Z'])
    expect((await on('2027-01-22')).length).toBe(1)
  })

  test('goes on to where the series has ended', async () => {
    expect(await fates({ week: '2026-11-23', into: '2027-03-03', prefecture: '' })).toEqual([
      '2027-03-02 new',
      '2027-03-05 new',
    ])
  })

  test('shows nothing of prefectures that one does not have', async () => {
    const found = await previewCopies(as(w, 'elsewhere'), { week: '2026-11-22', into: '2027-01-20' })
    expect(found).toMatchObject({ ok: true, look: { copies: [] } })
  })
})

describe('copies are refused for', () => {
  test.each([
    ['no dates', { sessions: FRIDAY, dates: '' }, { dates: 'required' }],
    ['a date that there is not', { sessions: FRIDAY, dates: '2026-13-01' }, { dates: 'choice' }],
    ['no week', { week: '2026-11-22' }, { into: 'required' }],
    ['the same week', { week: '2026-11-22', into: '2026-11-25' }, { into: 'choice' }],
  ])('%s', async (_, given, errors) => {
    expect(await copy(given)).toEqual({ ok: false, why: 'invalid', errors })
  })

  test('more than can be looked at', async () => {
    const dates = Array.from(
      { length: MOST_COPIES + 1 },
      (_, i) => `2027-0${1 + Math.floor(i / 25)}-${10 + (i % 25) / 2}`,
    )
    const given = { sessions: single, dates: dates.filter((one) => !one.includes('.')).join(' ') }
    expect(await previewCopies(as(w, 'desk'), given)).toMatchObject({ ok: true })
    const many = Array.from({ length: MOST_COPIES + 1 }, (_, i) => new Date(Date.UTC(2027, 0, 4 + i)))
    const all = many.map((date) => date.toISOString().slice(0, 10)).join(' ')
    expect(await copy({ sessions: single, dates: all })).toEqual({ ok: false, why: 'many' })
    const unread = Array.from({ length: 120 }, (_, i) => `none-${i}`)
    expect(await copy({ sessions: unread, dates: '2027-01-08' })).toEqual({ ok: false, why: 'many' })
  })

  test('another session at one of the times, unless there is a reason', async () => {
    const given = { sessions: single, dates: '2027-01-08' }
    expect((await look(given)).clashes).toMatchObject([{ id: 'ibaraki-2027-01-08', same: 'desk' }])
    expect(await copy(given)).toEqual({ ok: false, why: 'invalid', errors: { beside: 'required' } })
    const done = await copy({ ...given, beside: '担当が二人いるため' })
    expect(await lines(w, done.ok ? done.session : '')).toMatchObject([{ detail: { beside: '担当が二人いるため' } }])
  })

  test('a session that was edited in the meantime, after its look', async () => {
    const given = { sessions: single, dates: '2027-01-26' }
    const shown = await fingerprint(copyFields(await look(given)))
    const edits = () => w.run('update session set capacity = 9, revision = revision + 1 where id = ?', single)
    expect(await copy({ ...given, shown }, meanwhile(w, edits))).toEqual({ ok: false, why: 'changed' })
    expect(await on('2027-01-26')).toEqual([])
    expect(newIn(await look(given))).toHaveLength(1)
  })
})

test('copies are for the desk of their prefecture', async () => {
  const dates = ['2027-02-01', '2027-02-02', '2027-02-03']
  const given = () => ({ sessions: single, dates: dates.pop() ?? '2027-02-04' })
  expect(await mayDo(w, (ctx) => copyDays(ctx, given()))).toEqual(['desk', 'secretariat', 'system'])
  expect(await mayDo(w, (ctx) => previewCopies(ctx, given()))).toEqual(['desk', 'secretariat', 'system'])
})

describe('undoing copies', () => {
  const made = async (dates: string) => {
    const done = await copy({ sessions: single, dates, key: newId(NOW), beside: '二人いるため' })
    if (!done.ok) throw new Error(JSON.stringify(done))
    return done.session
  }
  const left = (first: string) =>
    w.column('select id from session where id in (?, ?, ?) order by id', first, `${first}-1`, `${first}-2`)

  test('deletes all of them, with what belongs to them; the session that was copied stays', async () => {
    const first = await made('2027-02-01 2027-02-02')
    expect(await undoCopies(as(w, 'desk'), first)).toEqual({ ok: true, deleted: 2, left: 0 })
    expect(await left(first)).toEqual([])
    expect(await w.column('select id from slot where session = ?', first)).toEqual([])
    expect(await w.column('select id from session where id = ?', single)).toEqual([single])
    await expect(undoCopies(as(w, 'desk'), first)).rejects.toThrow(NotFound)
    await expect(undoCopies(as(w, 'desk'), single)).rejects.toThrow(NotFound)
  })

  test('leaves what somebody booked, also between look and write, and what was edited', async () => {
    const first = await made('2027-02-08 2027-02-09 2027-02-10')
    await w.run('update session set revision = 1 where id = ?', `${first}-1`)
    const slower = meanwhile(w, () => bookedOn(w, `${first}-2`).then(() => undefined))
    expect(await undoCopies(as(slower, 'desk'), first)).toEqual({ ok: true, deleted: 1, left: 2 })
    expect(await left(first)).toEqual([`${first}-1`, `${first}-2`])
    expect(await undoCopies(as(w, 'desk'), first)).toEqual({ ok: false, why: 'kept' })
  })

  test('is for the desk of their prefecture', async () => {
    const first = await made('2027-02-15')
    await w.run('update session set revision = 1 where id = ?', first)
    expect(await mayDo(w, (ctx) => undoCopies(ctx, first))).toEqual(['desk', 'secretariat', 'system'])
  })
})
