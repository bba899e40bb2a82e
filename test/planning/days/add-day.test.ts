import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fingerprint } from '../../../src/base/fingerprint.ts'
import { newId } from '../../../src/base/id.ts'
import { addDesk } from '../../../src/people/add-desk.ts'
import { addVenue } from '../../../src/planning/add-venue.ts'
import { addDay, dayFields, previewDay } from '../../../src/planning/days/add-day.ts'
import { latestIn } from '../../../src/planning/days/queries.ts'
import { plan } from '../../../src/planning/plan.ts'
import { as, lines, mayDo } from '../../acts.ts'
import { meanwhile } from '../../meanwhile.ts'
import { closure, desk, emptySchedule } from '../../schedule/fixtures.ts'
import { NOW, type World } from '../../world.ts'
import { sessionForm } from '../forms.ts'

let w: World
beforeAll(async () => {
  w = await emptySchedule()
  await addDesk(w.system, desk({ id: 'tokyo', prefecture: '13' }))
  const venue = { name_ja: '会場', name_en: 'Venue', address: null, area_only: 0 as const, printed: null }
  await addVenue(w.system, { ...venue, id: 'venue-mito', prefecture: '08' })
  await addVenue(w.system, { ...venue, id: 'venue-tokyo', prefecture: '13' })
})
afterAll(() => w.close())

/** The form of a day in Ibaraki without slots; each test has a date of its own. */
const dayForm = (changes: Record<string, unknown> = {}) => ({
  ...sessionForm({ slot_starts: '', slot_minutes: '', slot_capacity: '', starts: '13:00', ends: '16:00' }),
  kind: 'consultation',
  prefecture: '08',
  desk: '',
  ...changes,
})

const add = (changes: Record<string, unknown>, from: World = w) => addDay(as(from, 'desk'), dayForm(changes))

async function added(changes: Record<string, unknown>): Promise<string> {
  const done = await add(changes)
  if (!done.ok) throw new Error(JSON.stringify(done))
  return done.session
}

const row = async (id: string) => (await w.rows('select * from session where id = ?', id))[0]

describe('a single day', () => {
  test('has the desk of its prefecture if none is chosen, and belongs to no series', async () => {
    const id = await added({ date: '2026-12-07', venue: 'venue-mito', title_en: '' })
    expect(await row(id)).toMatchObject({
      kind: 'consultation',
      desk: 'mito',
      venue: 'venue-mito',
      prefecture: '08',
      programme: 'fy2026',
      series: null,
      occurrence: null,
      date: '2026-12-07',
      starts_at: '2026-12-07T04:00:00.000Z',
      ends_at: '2026-12-07T07:00:00.000Z',
      capacity: 5,
      formats: 'onsite,online',
      state: 'published',
      title_en: 'テレワーク無料相談会',
      opens_at: NOW,
    })
    expect(await lines(w, id)).toEqual([{ actor: 'desk', act: 'session.published', detail: {} }])
  })

  test('may have slots', async () => {
    const slots = { slot_starts: '10:00 11:00', slot_minutes: '50', slot_capacity: '2', starts: '', ends: '' }
    const id = await added({ date: '2026-12-08', ...slots })
    expect(await w.column('select starts_at from slot where session = ? order by starts_at', id)).toEqual([
      '2026-12-08T01:00:00.000Z',
      '2026-12-08T02:00:00.000Z',
    ])
    expect(await row(id)).toMatchObject({ ends_at: '2026-12-08T02:50:00.000Z' })
  })

  test('stays as it is when the series are planned', async () => {
    const id = await added({ date: '2026-12-09' })
    const before = await row(id)
    await plan(w.system)
    expect(await row(id)).toEqual(before)
  })

  test('by a form sent twice is added once', async () => {
    const form = { date: '2026-12-10', key: newId(NOW) }
    expect(await added(form)).toBe(await added(form))
    expect(await w.column("select id from session where date = '2026-12-10'")).toHaveLength(1)
    expect(await add({ ...form, capacity: '6' })).toEqual({ ok: false, why: 'used' })
  })

  test('is what the next one of its prefecture begins with', async () => {
    const id = await added({ date: '2027-03-30' })
    expect((await latestIn(as(w, 'desk'), '08'))?.id).toBe(id)
    expect(await latestIn(as(w, 'elsewhere'), '08')).toBeUndefined()
  })
})

describe('is refused for', () => {
  test.each([
    ['a date before today', { date: '2026-11-21' }, { date: 'choice' }],
    ['a date outside every programme', { date: '2028-04-01' }, { date: 'choice' }],
    ['no date', { date: '' }, { date: 'required' }],
    ['no hours', { starts: '', ends: '' }, { starts: 'required', ends: 'required' }],
    ['an end before its start', { ends: '12:00' }, { ends: 'choice' }],
    [
      'a slot that ends on the next day',
      { slot_starts: '23:30', slot_minutes: '50', starts: '', ends: '' },
      { slot_minutes: 'midnight' },
    ],
    ['no format', { formats: [] }, { formats: 'required' }],
    ['no title', { title_ja: '' }, { title_ja: 'required' }],
    ['a venue of another prefecture', { venue: 'venue-tokyo' }, { venue: 'choice' }],
    ['a desk of another prefecture', { desk: 'tokyo' }, { desk: 'choice' }],
  ])('%s', async (_, changes, errors) => {
    const before = await w.column('select id from session')
    expect(await add({ date: '2026-12-11', ...changes })).toEqual({ ok: false, why: 'invalid', errors })
    expect(await w.column('select id from session')).toEqual(before)
  })

  test('another session of its desk at that time, unless there is a reason', async () => {
    await added({ date: '2026-12-14' })
    const beside = { errors: { beside: 'required' } }
    expect(await add({ date: '2026-12-14' })).toEqual({ ok: false, why: 'invalid', ...beside })
    const id = await added({ date: '2026-12-14', beside: '担当が二人いるため' })
    expect(await lines(w, id)).toMatchObject([{ detail: { beside: '担当が二人いるため' } }])
  })

  test('one that came to its time in the meantime', async () => {
    const slower = meanwhile(w, () => added({ date: '2026-12-15' }))
    expect(await add({ date: '2026-12-15' }, slower)).toMatchObject({ errors: { beside: 'required' } })
    expect(await w.column("select id from session where date = '2026-12-15'")).toHaveLength(1)
  })

  test('a desk that ended in the meantime', async () => {
    const ends = "update desk set ended_at = '2026-11-23T00:00:00.000Z' where id = 'mito'"
    const slower = meanwhile(w, () => w.run(ends))
    expect(await add({ date: '2026-12-16', desk: 'mito' }, slower)).toMatchObject({ errors: { desk: 'choice' } })
    await w.run("update desk set ended_at = null where id = 'mito'")
  })

  test('what its look did not show: a closure that was entered since', async () => {
    const form = dayForm({ date: '2026-12-17' })
    const look = await previewDay(as(w, 'desk'), form)
    const shown = look.ok ? await fingerprint(dayFields(look)) : ''
    expect(look).toMatchObject({ closed: null, desk: { id: 'mito' }, clashes: [] })
    await w.ctx.store.commit(w.ctx.store.db.insertInto('closure').values(closure({ date: '2026-12-17' })))
    expect(await addDay(as(w, 'desk'), { ...form, shown })).toEqual({ ok: false, why: 'changed' })
    const again = await previewDay(as(w, 'desk'), form)
    expect(again).toMatchObject({ closed: { ja: '館内整備' } })
    const seen = again.ok ? await fingerprint(dayFields(again)) : ''
    expect(await addDay(as(w, 'desk'), { ...form, shown: seen })).toMatchObject({ ok: true })
  })
})

test('is for the desk of its prefecture', async () => {
  const dates = ['2027-01-12', '2027-01-13', '2027-01-14']
  const form = () => dayForm({ date: dates.pop() ?? '2027-01-15' })
  expect(await mayDo(w, (ctx) => addDay(ctx, form()))).toEqual(['desk', 'secretariat', 'system'])
  expect(await mayDo(w, (ctx) => previewDay(ctx, form()))).toEqual(['desk', 'secretariat', 'system'])
})
