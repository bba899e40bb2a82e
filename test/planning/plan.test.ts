import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { Forbidden } from '../../src/base/actor.ts'
import { addDays, civilDate, instantAt } from '../../src/base/japan/civil.ts'
import { addDesk } from '../../src/people/add-desk.ts'
import { importSeries } from '../../src/planning/import-series.ts'
import { HORIZON_DAYS, plan } from '../../src/planning/plan.ts'
import { sessionById } from '../../src/schedule/queries.ts'
import type { ClosureRow } from '../../src/store/schema.ts'
import { closure, desk, emptySchedule, series } from '../schedule/fixtures.ts'
import { type World, world } from '../world.ts'

let w: World

beforeEach(async () => {
  w = await emptySchedule()
})
afterEach(() => w.close())

const all = () => w.ctx.store.db.selectFrom('session').selectAll().orderBy('occurrence').orderBy('id').execute()
const slots = () => w.ctx.store.db.selectFrom('slot').selectAll().orderBy('id').execute()
const states = async () => Object.fromEntries((await all()).map((one) => [one.date, one.state]))

async function closed(...rows: ClosureRow[]) {
  await w.ctx.store.commit(w.ctx.store.db.insertInto('closure').values(rows))
}

describe('planning', () => {
  test('makes a session of each date over the rolling horizon, each with its slots', async () => {
    await importSeries(w.system, series())
    expect(await plan(w.system)).toEqual({ ok: true, made: 13 })
    const made = await all()
    expect(made[0]).toMatchObject({
      id: 'ibaraki-2026-11-27',
      occurrence: '2026-11-27',
      date: '2026-11-27',
      starts_at: '2026-11-27T01:00:00.000Z',
      ends_at: '2026-11-27T06:50:00.000Z',
      programme: 'fy2026',
      capacity: 5,
      state: 'published',
      edited: 0,
    })
    const horizon = addDays('2026-11-22', HORIZON_DAYS)
    expect(made.at(-1)?.date).toBe('2027-02-19')
    expect(made.every((one) => one.date !== null && one.date <= horizon)).toBe(true)
    expect((await slots()).filter((one) => one.session === 'ibaraki-2026-11-27').map((one) => one.id)).toEqual(
      ['1000', '1100', '1300', '1400', '1500'].map((time) => `ibaraki-2026-11-27-${time}`),
    )
    expect(new Set(made.map((one) => one.uid)).size).toBe(13)
  })

  test.each([
    ['2026-11-26T15:00:00.000Z', '2026-11-27', 'Friday has begun'],
    ['2026-11-27T14:59:59.999Z', '2026-11-27', 'Friday is not over'],
    ['2026-11-27T15:00:00.000Z', '2026-12-04', 'Friday is over'],
  ])('at %s begins with %s, for in Japan %s', async (now, date) => {
    w.at(now)
    await importSeries(w.system, series())
    await plan(w.system)
    expect((await all())[0]?.date).toBe(date)
  })

  test('twice changes nothing', async () => {
    await importSeries(w.system, series())
    await plan(w.system)
    const before = {
      sessions: await all(),
      slots: await slots(),
      journal: await w.rows('select * from journal order by id'),
    }
    expect(await plan(w.system)).toEqual({ ok: true, made: 0 })
    expect({
      sessions: await all(),
      slots: await slots(),
      journal: await w.rows('select * from journal order by id'),
    }).toEqual(before)
  })

  test('a week later adds the week that came into the horizon', async () => {
    await importSeries(w.system, series())
    await plan(w.system)
    w.at('2026-11-29T01:00:00.000Z')
    expect(await plan(w.system)).toEqual({ ok: true, made: 1 })
    expect((await all()).at(-1)?.date).toBe('2027-02-26')
  })

  test('makes listed dates with the weekday as it was printed', async () => {
    const dates = [
      { date: '2026-12-14', printed_weekday: '月' },
      { date: '2026-12-19', printed_weekday: '月' },
    ]
    await importSeries(w.system, series({ id: 'aichi', rule: null, dates }))
    await plan(w.system)
    expect((await all()).map((one) => [one.date, one.printed_weekday])).toEqual([
      ['2026-12-14', '月'],
      ['2026-12-19', '月'],
    ])
  })

  test('makes a series without hours as days whose hours are undecided', async () => {
    await importSeries(w.system, series({ hours: null }))
    await plan(w.system)
    expect(await sessionById(w.ctx, 'ibaraki-2026-11-27')).toMatchObject({
      date: '2026-11-27',
      starts_at: null,
      settled: 'date',
      status: 'undecided',
    })
  })

  test('ends with the series', async () => {
    await importSeries(w.system, series({ until: '2026-12-10' }))
    await plan(w.system)
    expect((await all()).map((one) => one.date)).toEqual(['2026-11-27', '2026-12-04'])
  })

  test('is noted once, with how many sessions it made', async () => {
    await importSeries(w.system, series())
    await plan(w.system)
    await plan(w.system)
    const lines = await w.ctx.store.db.selectFrom('journal').selectAll().where('act', '=', 'schedule.planned').execute()
    expect(lines.map((one) => JSON.parse(one.detail))).toEqual([{ made: 13, from: '2026-11-22', to: '2027-02-20' }])
  })

  test('is not for everybody', async () => {
    await expect(plan(w.ctx)).rejects.toThrow(Forbidden)
    expect(await all()).toEqual([])
  })

  test('never passes over in silence what the database refuses', async () => {
    await importSeries(w.system, series({ hours: { starts: '16:00', ends: '10:15' } }))
    await expect(plan(w.system)).rejects.toThrow('session_ends_after_it_starts')
    expect(await all()).toEqual([])
  })
})

describe('the year of a programme', () => {
  test('bounds what is planned', async () => {
    await importSeries(w.system, series())
    await plan(w.system, { from: '2026-03-20', to: '2026-04-10' })
    expect((await all()).map((one) => one.date)).toEqual(['2026-04-03', '2026-04-10'])
    await plan(w.system, { from: '2028-03-20', to: '2028-05-01' })
    expect((await all()).slice(2).map((one) => one.date)).toEqual(['2028-03-24', '2028-03-31'])
  })

  test('changes on 1 April, within one plan', async () => {
    await importSeries(w.system, series())
    await plan(w.system, { from: '2027-03-20', to: '2027-04-05' })
    expect((await all()).map((one) => [one.date, one.programme])).toEqual([
      ['2027-03-26', 'fy2026'],
      ['2027-04-02', 'fy2027'],
    ])
  })

  test('keeps a listed date beyond all programmes from being made', async () => {
    const dates = ['2028-03-31', '2028-04-03'].map((date) => ({ date, printed_weekday: null }))
    await importSeries(w.system, series({ rule: null, dates }))
    await plan(w.system)
    expect((await all()).map((one) => one.date)).toEqual(['2028-03-31'])
  })
})

describe('what people did', () => {
  beforeEach(async () => {
    await importSeries(w.system, series())
    await plan(w.system)
  })

  async function edit(id: string, changes: Record<string, string | number | null>) {
    await w.ctx.store.commit(
      w.ctx.store.db
        .updateTable('session')
        .set({ ...changes, edited: 1, revision: 1 })
        .where('id', '=', id),
    )
  }

  test('by hand is left as it is', async () => {
    const hours = { starts_at: instantAt('2026-11-27', '13:00'), ends_at: instantAt('2026-11-27', '17:00') }
    await edit('ibaraki-2026-11-27', { ...hours, capacity: 8, title_ja: '特別相談会', state: 'called_off' })
    const before = await all()
    expect(await plan(w.system)).toEqual({ ok: true, made: 0 })
    expect(await all()).toEqual(before)
  })

  test.each([
    ['a later date', '2026-12-01'],
    ['an earlier date', '2026-11-24'],
    ['a date of last month', '2026-10-30'],
    ['a date of the series itself', '2026-12-04'],
    ['no date yet', null],
  ])('to an occurrence that was moved to %s is not undone by making it again', async (_, date) => {
    await edit('ibaraki-2026-11-27', { date, starts_at: null, ends_at: null })
    const before = await all()
    expect(await plan(w.system)).toEqual({ ok: true, made: 0 })
    expect(await all()).toEqual(before)
    expect(before.filter((one) => one.occurrence === '2026-11-27')).toHaveLength(1)
  })

  test('in taking a slot out of a day does not come back', async () => {
    await w.ctx.store.commit(w.ctx.store.db.deleteFrom('slot').where('id', '=', 'ibaraki-2026-11-27-1500'))
    await plan(w.system)
    expect((await slots()).filter((one) => one.session === 'ibaraki-2026-11-27')).toHaveLength(4)
  })

  test('in opening a day off stays, as does a closure lifted or confirmed', async () => {
    await edit('ibaraki-2027-01-01', { state: 'published', reason_ja: null, reason_en: null })
    const { db } = w.ctx.store
    await w.ctx.store.commit(
      db.updateTable('closure').set({ state: 'lifted' }).where('date', '=', '2027-01-01'),
      db.updateTable('closure').set({ state: 'confirmed', reason_ja: '休業' }).where('date', '=', '2026-12-31'),
    )
    await plan(w.system)
    expect((await sessionById(w.ctx, 'ibaraki-2027-01-01'))?.status).toBe('open')
    const kept = await db
      .selectFrom('closure')
      .select(['date', 'state', 'reason_ja'])
      .where('date', 'in', ['2026-12-31', '2027-01-01'])
      .orderBy('date')
      .execute()
    expect(kept).toEqual([
      { date: '2026-12-31', state: 'confirmed', reason_ja: '休業' },
      { date: '2027-01-01', state: 'lifted', reason_ja: '元日' },
    ])
  })
})

describe('closed days', () => {
  const tuesdays = () => series({ id: 'hokkaido', prefecture: '01', rule: 'FREQ=WEEKLY;BYDAY=TU' })

  test('holidays and the days of New Year are made, as 休止 and with their reason', async () => {
    for (const [id, day] of [
      ['mo', 'MO'],
      ['tu', 'TU'],
      ['fr', 'FR'],
    ] as const) {
      await importSeries(w.system, series({ id, rule: `FREQ=WEEKLY;BYDAY=${day}` }))
    }
    await plan(w.system)
    const planned = await all()
    const skipped = planned.filter((one) => one.state === 'skipped')
    expect(planned.map((one) => one.skipped_by)).toEqual(
      planned.map((one) => (one.state === 'skipped' ? 'closure' : null)),
    )
    expect(skipped.map((one) => [one.date, one.reason_ja, one.reason_en])).toEqual([
      ['2026-11-23', '勤労感謝の日', 'Labor Thanksgiving Day'],
      ['2026-12-29', '年末年始', 'Year-end and New Year holidays'],
      ['2027-01-01', '元日', "New Year's Day"],
      ['2027-01-11', '成人の日', 'Coming of Age Day'],
    ])
    expect((await sessionById(w.ctx, 'tu-2026-12-29'))?.status).toBe('skipped')
  })

  test('are proposed for the rest of every programme, once, for all prefectures', async () => {
    await plan(w.system)
    await plan(w.system)
    const rows = await w.ctx.store.db.selectFrom('closure').selectAll().orderBy('date').execute()
    expect(rows.every((one) => one.scope === 'all' && one.state === 'proposed')).toBe(true)
    expect(new Set(rows.map((one) => one.date)).size).toBe(rows.length)
    expect([rows[0]?.date, rows.at(-1)?.date]).toEqual(['2026-11-23', '2028-03-20'])
    expect(rows.filter((one) => one.date > '2026-12-28' && one.date < '2027-01-04')).toHaveLength(6)
  })

  test('a lifted closure leaves the day open', async () => {
    await closed(closure({ date: '2026-12-29', state: 'lifted' }))
    await importSeries(w.system, tuesdays())
    await plan(w.system)
    expect(await states()).toMatchObject({ '2026-12-29': 'published' })
    expect((await sessionById(w.ctx, 'hokkaido-2026-12-29'))?.status).toBe('open')
  })

  test('a prefecture’s own closure closes that prefecture alone', async () => {
    await closed(closure({ date: '2026-12-01', scope: '01' }))
    await importSeries(w.system, tuesdays())
    await importSeries(w.system, series({ id: 'miyagi', prefecture: '04', rule: 'FREQ=WEEKLY;BYDAY=TU' }))
    await plan(w.system)
    const found = (await all()).filter((one) => one.date === '2026-12-01')
    expect(found.map((one) => [one.series, one.state, one.reason_ja])).toEqual([
      ['hokkaido', 'skipped', '館内整備'],
      ['miyagi', 'published', null],
    ])
  })

  test('what one prefecture decided on a holiday does not keep it from being proposed to all others', async () => {
    await closed(closure({ date: '2026-12-29', scope: '01', state: 'lifted' }))
    await importSeries(w.system, tuesdays())
    await importSeries(w.system, series({ id: 'miyagi', prefecture: '04', rule: 'FREQ=WEEKLY;BYDAY=TU' }))
    await plan(w.system)
    const found = (await all()).filter((one) => one.date === '2026-12-29')
    expect(found.map((one) => [one.series, one.state])).toEqual([
      ['hokkaido', 'published'],
      ['miyagi', 'skipped'],
    ])
  })

  test('a closure that comes later leaves the sessions that exist alone', async () => {
    await importSeries(w.system, tuesdays())
    await plan(w.system)
    await closed(closure({ date: '2026-12-01' }))
    await plan(w.system)
    expect(await states()).toMatchObject({ '2026-12-01': 'published' })
  })
})

describe('two homes of the same rows', () => {
  test('that plan at once make each session once', async () => {
    const one = await emptySchedule({ shared: true })
    const other = await world({ on: one.address })
    await importSeries(one.system, series())
    await importSeries(one.system, series({ id: 'miyagi', prefecture: '04', rule: 'FREQ=WEEKLY;BYDAY=WE' }))
    const outcomes = await Promise.all([plan(one.system), plan(other.system), plan(one.system), plan(other.system)])
    expect(outcomes.every((outcome) => outcome.ok)).toBe(true)
    const made = await one.ctx.store.db.selectFrom('session').select(['series', 'occurrence']).execute()
    expect(made).toHaveLength(26)
    expect(new Set(made.map((row) => `${row.series} ${row.occurrence}`)).size).toBe(26)
    const halves = await one.column('select cast(count(*) as integer) from slot group by session')
    expect(halves).toEqual(Array.from({ length: 26 }, () => 5))
    expect(outcomes.reduce((sum, outcome) => sum + outcome.made, 0)).toBe(26)
    await other.close()
    await one.close()
  })
})

test('many series at once are planned in whole batches, none lost at their seams', async () => {
  for (let i = 0; i < 7; i++) {
    await importSeries(w.system, series({ id: `s${i}`, rule: 'FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR' }))
  }
  const { made } = await plan(w.system, { to: '2026-12-19' })
  const rows = await all()
  expect([made, rows.length]).toEqual([140, 140])
  expect(await slots()).toHaveLength(700)
  expect(rows.every((one) => one.date !== null && one.date >= civilDate(w.ctx.clock.now()))).toBe(true)
})

test('a series of a desk is planned for that desk, its place and its formats', async () => {
  const { db } = w.ctx.store
  await addDesk(w.system, desk({ id: 'toyota', prefecture: '23' }))
  const apply = {
    kind: 'elsewhere',
    name: '豊田市',
    phone: '0565-34-6774',
    url: null,
    url_printed: 'https://…',
  } as const
  await importSeries(w.system, series({ id: 'aichi', desk: 'toyota', prefecture: '23', formats: ['onsite'], apply }))
  await plan(w.system)
  const row = await db.selectFrom('session').selectAll().limit(1).executeTakeFirst()
  expect(row).toMatchObject({
    desk: 'toyota',
    prefecture: '23',
    formats: 'onsite',
    apply_name: '豊田市',
    apply_url: null,
  })
})
