import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { newId } from '../../src/base/id.ts'
import { addDesk } from '../../src/people/add-desk.ts'
import { addVenue } from '../../src/planning/add-venue.ts'
import { beginSeries } from '../../src/planning/begin-series.ts'
import { plan } from '../../src/planning/plan.ts'
import { as, lines, mayDo } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import { seriesForm } from '../planning/forms.ts'
import { desk, emptySchedule } from '../schedule/fixtures.ts'
import { NOW, type World } from '../world.ts'

let w: World
beforeAll(async () => {
  w = await emptySchedule()
  await addDesk(w.system, desk({ id: 'tokyo', prefecture: '13' }))
  await addDesk(w.system, desk({ id: 'office', kind: 'secretariat', prefecture: null }))
  const venue = { name_ja: '会場', name_en: 'Venue', address: null, area_only: 0 as const, printed: null }
  await addVenue(w.system, { ...venue, id: 'venue-mito', prefecture: '08' })
  await addVenue(w.system, { ...venue, id: 'venue-tokyo', prefecture: '13' })
})
afterAll(() => w.close())

const begin = (changes: Record<string, unknown> = {}) => beginSeries(as(w, 'desk'), seriesForm(changes))

/** Begins a series. Returns its id; fails if it is refused. */
async function begun(changes: Record<string, unknown> = {}): Promise<string> {
  const done = await begin(changes)
  if (!done.ok) throw new Error(JSON.stringify(done))
  return done.series
}

const dates = (id: string) => w.column('select date from series_date where series = ? order by date', id)
const row = async (id: string) => (await w.rows('select * from series where id = ?', id))[0]

describe('a series', () => {
  test('is kept as its form says it, and the plan of today is made once more', async () => {
    await w.run("insert into chore (name, done_on) values ('plan', '2026-11-22')")
    const id = await begun({ venue: 'venue-mito', title_en: '', until: '2027-03-31' })
    expect(await row(id)).toMatchObject({
      kind: 'consultation',
      desk: 'mito',
      venue: 'venue-mito',
      prefecture: '08',
      title_ja: 'つくば相談会',
      title_en: 'つくば相談会',
      rule: 'FREQ=WEEKLY;BYDAY=WE',
      starts_on: '2026-11-25',
      until: '2027-03-31',
      slot_starts: '10:00,11:00,13:00',
      slot_minutes: 50,
      slot_capacity: 2,
      starts: null,
      ends: null,
      capacity: 5,
      formats: 'onsite,online',
      closes: 'business_days:1@15:00',
      acceptance: 'first_come',
      sample: 0,
      revision: 0,
    })
    expect(await w.column('select done_on from chore')).toEqual([''])
    expect(await lines(w, id)).toEqual([{ actor: 'desk', act: 'series.started', detail: {} }])
  })

  test('on weekdays of the month has a rule of these', async () => {
    const id = await begun({ repeat: 'monthly', weekdays: ['MO', 'FR'], nths: ['2', '-1'] })
    expect(await row(id)).toMatchObject({ rule: 'FREQ=MONTHLY;BYDAY=2MO,2FR,-1MO,-1FR' })
  })

  test('on listed dates keeps each of them once', async () => {
    const id = await begun({ repeat: 'dates', weekdays: [], dates: '2026-12-08、２０２６-12-01\n2026-12-08' })
    expect([await row(id), await dates(id)]).toMatchObject([{ rule: null }, ['2026-12-01', '2026-12-08']])
  })

  test('of one span a day has no slots', async () => {
    const id = await begun({ slot_starts: '', slot_minutes: '', starts: '13:00', ends: '16:00' })
    expect(await row(id)).toMatchObject({ starts: '13:00', ends: '16:00', slot_starts: '', slot_minutes: null })
  })

  test('has its sessions made by the next plan', async () => {
    const id = await begun({ until: '2026-12-09' })
    await plan(w.system)
    expect(await w.column('select date from session where series = ? order by date', id)).toEqual([
      '2026-11-25',
      '2026-12-02',
      '2026-12-09',
    ])
  })

  test('by a form sent twice is begun once', async () => {
    const key = newId(NOW)
    const listed = { key, repeat: 'dates', dates: '2026-12-01' }
    const before = await w.column('select id from series')
    const id = await begun(listed)
    expect(id).not.toBe(key)
    expect(await begun(listed)).toBe(id)
    expect(await w.column('select id from series')).toHaveLength(before.length + 1)
    expect([await dates(id), await lines(w, id)]).toMatchObject([['2026-12-01'], [{ act: 'series.started' }]])
  })

  test('by a form sent twice at once is begun once', async () => {
    const key = newId(NOW)
    const given = seriesForm({ key, repeat: 'dates', dates: '2026-12-01' })
    const before = await w.column('select id from series')
    let first: unknown
    const slower = meanwhile(w, async () => {
      first = await beginSeries(as(w, 'desk'), given)
    })
    expect(await beginSeries(as(slower, 'desk'), given)).toEqual(first)
    expect(first).toMatchObject({ ok: true })
    expect(await w.column('select id from series')).toHaveLength(before.length + 1)
  })

  test('of another prefecture is not given dates by a form whose key is its id', async () => {
    const tokyo = seriesForm({ key: newId(NOW), prefecture: '13', desk: 'tokyo', repeat: 'dates', dates: '2026-12-01' })
    const theirs = await beginSeries(as(w, 'elsewhere'), tokyo)
    const id = theirs.ok ? theirs.series : ''
    for (const key of [id, tokyo.key]) {
      const own = await begun({ key, repeat: 'dates', dates: '2026-12-24' })
      expect([await dates(id), await dates(own)]).toEqual([['2026-12-01'], ['2026-12-24']])
    }
  })

  test('corrected and sent again with the same key is refused, and nothing of it is kept', async () => {
    const key = newId(NOW)
    const id = await begun({ key, repeat: 'dates', dates: '2026-12-01' })
    const before = await w.column('select id from series')
    expect(await begin({ key, repeat: 'dates', dates: '2026-12-02' })).toEqual({ ok: false, why: 'used' })
    expect([await dates(id), await w.column('select id from series')]).toEqual([['2026-12-01'], before])
  })
})

describe('is refused for', () => {
  test.each([
    ['no title', { title_ja: '' }, { title_ja: 'required' }],
    ['no format', { formats: [] }, { formats: 'required' }],
    ['a capacity that is no number', { capacity: 'x' }, { capacity: 'number' }],
    ['a date that there is not', { starts_on: '2026-13-01' }, { starts_on: 'choice' }],
    ['a kind that there is not', { kind: 'party' }, { kind: 'choice' }],
    ['a week without weekdays', { weekdays: [] }, { weekdays: 'required' }],
    ['a month without which weekday', { repeat: 'monthly' }, { nths: 'required' }],
    ['a list without dates', { repeat: 'dates' }, { dates: 'required' }],
    ['an end before the start', { until: '2026-11-24' }, { until: 'choice' }],
    ['slots without a length', { slot_minutes: '' }, { slot_minutes: 'required' }],
    ['a last slot that ends at midnight', { slot_starts: '10:00 23:10' }, { slot_minutes: 'midnight' }],
    ['a span without an end', { slot_starts: '', starts: '13:00' }, { ends: 'choice' }],
    ['an address of no web page', { apply_url: 'javascript:alert(1)' }, { apply_url: 'choice' }],
    ['a venue of another prefecture', { venue: 'venue-tokyo' }, { venue: 'choice' }],
    ['a venue that there is not', { venue: 'nowhere' }, { venue: 'choice' }],
    ['a local desk of another prefecture', { desk: 'tokyo' }, { desk: 'choice' }],
    ['a desk that there is not', { desk: 'nobody' }, { desk: 'choice' }],
  ])('%s', async (_, changes, errors) => {
    const before = await w.rows('select id from series')
    expect(await begin(changes)).toEqual({ ok: false, why: 'invalid', errors })
    expect(await w.rows('select id from series')).toHaveLength(before.length)
  })
})

test('its last slot may end a minute before midnight', async () => {
  expect(await begin({ slot_starts: '10:00 23:09' })).toMatchObject({ ok: true })
})

test('the secretariat’s own desk serves every prefecture', async () => {
  expect(await begin({ desk: 'office' })).toMatchObject({ ok: true })
})

test('is for the desk of its prefecture', async () => {
  expect(await mayDo(w, (ctx) => beginSeries(ctx, seriesForm()))).toEqual(['desk', 'secretariat', 'system'])
  const faulty = seriesForm({ title_ja: '' })
  expect(await mayDo(w, (ctx) => beginSeries(ctx, faulty))).toEqual(['desk', 'elsewhere', 'secretariat', 'system'])
})
