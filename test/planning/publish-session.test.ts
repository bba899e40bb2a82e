import { afterEach, beforeEach, expect, test } from 'vitest'
import { Forbidden } from '../../src/base/actor.ts'
import { importSeries } from '../../src/planning/import-series.ts'
import { openProgramme } from '../../src/planning/open-programme.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import { emptySchedule, seminar, series } from '../schedule/fixtures.ts'
import { NOW, type World } from '../world.ts'

let w: World

beforeEach(async () => {
  w = await emptySchedule()
})
afterEach(() => w.close())

const count = async () => (await w.ctx.store.db.selectFrom('session').select('id').execute()).length

test('a seminar is published, booking opens at once and closes by the usual deadline', async () => {
  expect(await publishSession(w.system, seminar())).toEqual({ ok: true, session: 'seminar' })
  expect(await sessionById(w.ctx, 'seminar')).toMatchObject({
    kind: 'seminar',
    series: null,
    date: '2026-12-10',
    starts_at: '2026-12-10T04:00:00.000Z',
    ends_at: '2026-12-10T07:00:00.000Z',
    settled: 'time',
    capacity: 30,
    remaining: 30,
    status: 'open',
    opens_at: NOW,
    closes_at: '2026-12-09T06:00:00.000Z',
    cancels_at: '2026-12-10T04:00:00.000Z',
    slots: [],
  })
})

test('deadlines may be set otherwise', async () => {
  const closes = { shape: 'days', days: 3, at: '12:00' } as const
  await publishSession(w.system, seminar({ closes, cancels: { shape: 'hours', hours: 24 } }))
  expect(await sessionById(w.ctx, 'seminar')).toMatchObject({
    closes_at: '2026-12-07T03:00:00.000Z',
    cancels_at: '2026-12-09T04:00:00.000Z',
  })
})

test('without hours it is settled to the day, and published but not bookable', async () => {
  await publishSession(w.system, seminar({ hours: null }))
  expect(await sessionById(w.ctx, 'seminar')).toMatchObject({ settled: 'date', starts_at: null, status: 'undecided' })
})

test('without a date it belongs to the year in which it was announced, hours or not', async () => {
  await publishSession(w.system, seminar({ date: null, announced_on: '2027-04-01' }))
  expect(await sessionById(w.ctx, 'seminar')).toMatchObject({
    settled: 'nothing',
    date: null,
    starts_at: null,
    status: 'undecided',
    programme: { id: 'fy2027' },
  })
})

test('its own date, not that of the announcement, says which year it belongs to', async () => {
  await publishSession(w.system, seminar({ date: '2027-04-15', announced_on: '2026-11-05' }))
  expect((await sessionById(w.ctx, 'seminar'))?.programme.id).toBe('fy2027')
})

test.each([{ date: '2026-03-31' }, { date: '2028-04-01' }, { date: null, announced_on: '2025-11-05' }])(
  'outside every programme nothing is published: %o',
  async (changes) => {
    expect(await publishSession(w.system, seminar(changes))).toEqual({ ok: false, why: 'no_programme' })
    expect(await count()).toBe(0)
  },
)

test('a second time changes nothing of what is published already', async () => {
  await publishSession(w.system, seminar())
  const before = await sessionById(w.ctx, 'seminar')
  w.at('2026-11-23T01:00:00.000Z')
  expect(await publishSession(w.system, seminar({ capacity: 99, title: { ja: '別', en: 'Other' } }))).toEqual({
    ok: true,
    session: 'seminar',
  })
  expect(await sessionById(w.ctx, 'seminar')).toEqual(before)
})

test('hours that end before they start are refused aloud, and nothing is published', async () => {
  const hours = { starts: '16:00', ends: '13:00' }
  await expect(publishSession(w.system, seminar({ hours }))).rejects.toThrow('session_ends_after_it_starts')
  expect(await count()).toBe(0)
})

test('an address damaged in the source is kept as printed and is no link', async () => {
  const apply = { kind: 'elsewhere', name: '豊田市', phone: null, url: null, url_printed: 'https://www.city' } as const
  await publishSession(w.system, seminar({ apply }))
  expect(await sessionById(w.ctx, 'seminar')).toMatchObject({ status: 'elsewhere', apply })
})

test('neither publishing nor starting a series nor opening a year is for everybody', async () => {
  await expect(publishSession(w.ctx, seminar())).rejects.toThrow(Forbidden)
  await expect(importSeries(w.ctx, series())).rejects.toThrow(Forbidden)
  await expect(openProgramme(w.ctx, { fiscalYear: 2030, name: { ja: '', en: '' } })).rejects.toThrow(Forbidden)
  expect(await count()).toBe(0)
})

test('a programme runs from 1 April to 31 March and is opened once', async () => {
  const again = { fiscalYear: 2026, name: { ja: '別', en: 'Other' } }
  expect(await openProgramme(w.system, again)).toEqual({ ok: true, programme: 'fy2026' })
  expect(await w.ctx.store.db.selectFrom('programme').selectAll().orderBy('id').execute()).toEqual([
    {
      id: 'fy2026',
      fiscal_year: 2026,
      name_ja: '2026年度',
      name_en: 'Fiscal year 2026',
      starts_on: '2026-04-01',
      ends_on: '2027-03-31',
      retention_years: null,
      visits: 3,
      experts_until: null,
      revision: 0,
    },
    {
      id: 'fy2027',
      fiscal_year: 2027,
      name_ja: '2027年度',
      name_en: 'Fiscal year 2027',
      starts_on: '2027-04-01',
      ends_on: '2028-03-31',
      retention_years: null,
      visits: 3,
      experts_until: null,
      revision: 0,
    },
  ])
})

test('a series is started once, with its dates; a second time changes nothing', async () => {
  const dates = [{ date: '2026-12-14', printed_weekday: '月' }]
  await importSeries(w.system, series({ rule: null, dates, hours: { starts: '10:15', ends: '16:00' } }))
  await importSeries(w.system, series({ rule: 'FREQ=DAILY', dates, capacity: 99 }))
  const { db } = w.ctx.store
  expect(await db.selectFrom('series').selectAll().execute()).toMatchObject([
    {
      id: 'ibaraki',
      rule: null,
      capacity: 5,
      starts: '10:15',
      ends: '16:00',
      slot_starts: '',
      closes: 'business_days:1@15:00',
    },
  ])
  expect(await db.selectFrom('series_date').selectAll().execute()).toEqual([
    { series: 'ibaraki', date: '2026-12-14', printed_weekday: '月' },
  ])
})

test('a series that ends before it starts is refused aloud', async () => {
  await expect(importSeries(w.system, series({ until: '2019-01-01' }))).rejects.toThrow('series_ends_after_it_starts')
  expect(await w.ctx.store.db.selectFrom('series').select('id').execute()).toEqual([])
})
