import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NotFound } from '../../../src/base/outcome.ts'
import { programmeById, programmes } from '../../../src/planning/programmes/queries.ts'
import { saveProgramme } from '../../../src/planning/programmes/save-programme.ts'
import { publishSession } from '../../../src/planning/publish-session.ts'
import { as, lines, mayDo } from '../../acts.ts'
import { meanwhile } from '../../meanwhile.ts'
import { emptySchedule, seminar } from '../../schedule/fixtures.ts'
import type { World } from '../../world.ts'

let w: World
beforeAll(async () => {
  w = await emptySchedule()
})
afterAll(() => w.close())
beforeEach(async () => {
  for (const table of ['session', 'journal']) await w.run(`delete from ${table}`)
  await w.run("delete from programme where id <> 'fy2026'")
  await w.run("update programme set starts_on = '2026-04-01', ends_on = '2027-03-31', revision = 0 where id = 'fy2026'")
})

const save = (id: string | null, given: Record<string, unknown>) => saveProgramme(as(w, 'secretariat'), id, given)
const of2026 = (changes: Record<string, unknown> = {}) => ({
  name_ja: '2026年度',
  name_en: 'Fiscal year 2026',
  starts_on: '2026-04-01',
  ends_on: '2027-03-31',
  retention_years: '',
  revision: '0',
  ...changes,
})

describe('a new fiscal year', () => {
  test('lasts from April to March unless something else is said', async () => {
    expect(await save(null, { fiscal_year: '2027' })).toEqual({ ok: true, programme: 'fy2027' })
    expect(await programmeById(as(w, 'secretariat'), 'fy2027')).toEqual({
      id: 'fy2027',
      fiscal_year: 2027,
      name_ja: '令和9年度',
      name_en: 'Fiscal year 2027',
      starts_on: '2027-04-01',
      ends_on: '2028-03-31',
      retention_years: null,
      visits: 3,
      experts_until: null,
      revision: 0,
    })
    expect(await lines(w, 'fy2027')).toMatchObject([{ act: 'programme.opened' }])
    const own = { fiscal_year: '2028', name_ja: '令和10年度', starts_on: '2028-06-01', retention_years: '5' }
    expect(await save(null, own)).toMatchObject({ ok: true })
    expect(
      (await programmes(as(w, 'secretariat'))).map((one) => [one.name_ja, one.starts_on, one.retention_years]),
    ).toEqual([
      ['令和10年度', '2028-06-01', 5],
      ['令和9年度', '2027-04-01', null],
      ['2026年度', '2026-04-01', null],
    ])
  })

  test('is there once, also if two people open it at the same time', async () => {
    expect(await save(null, { fiscal_year: '2026' })).toEqual({ ok: false, why: 'twice' })
    const both = await Promise.all([save(null, { fiscal_year: '2027' }), save(null, { fiscal_year: '2027' })])
    expect(both.filter(({ ok }) => ok)).toHaveLength(1)
  })

  test.each([
    [{}, { fiscal_year: 'number' }],
    [{ fiscal_year: '令和8' }, { fiscal_year: 'number' }],
    [{ fiscal_year: '2027', starts_on: '2026-04-01' }, { starts_on: 'choice' }],
    [{ fiscal_year: '2027', ends_on: '2028-04-01' }, { ends_on: 'choice' }],
    [{ fiscal_year: '2027', starts_on: '2027-05-01', ends_on: '2027-05-01' }, { ends_on: 'choice' }],
    [{ fiscal_year: '2027', retention_years: '31' }, { retention_years: 'number' }],
    [{ fiscal_year: '2027', visits: '31' }, { visits: 'number' }],
    [{ fiscal_year: '2027', experts_until: '2028-04-01' }, { experts_until: 'choice' }],
    [{ fiscal_year: '2027', experts_until: '2027-03-31' }, { experts_until: 'choice' }],
  ])('of %j is refused at the field', async (given, errors) => {
    expect(await save(null, given)).toEqual({ ok: false, why: 'invalid', errors })
  })
})

describe('a fiscal year', () => {
  test('is edited from the revision that was read, and stays as it is if nothing changes', async () => {
    expect(await save('fy2026', of2026())).toEqual({ ok: true, programme: 'fy2026' })
    expect(await lines(w, 'fy2026')).toEqual([])
    expect(await save('fy2026', of2026({ name_ja: '令和8年度', retention_years: '3' }))).toMatchObject({ ok: true })
    expect(await lines(w, 'fy2026')).toMatchObject([
      { act: 'programme.edited', detail: { fields: ['name_ja', 'retention_years'] } },
    ])
    expect(await save('fy2026', of2026())).toEqual({ ok: false, why: 'changed' })
    await expect(save('fy1999', of2026())).rejects.toThrow(NotFound)
    await w.run("update programme set name_ja = '2026年度', retention_years = null, revision = 0 where id = 'fy2026'")
  })

  test('edited has its days planned again today', async () => {
    await w.run("insert into chore (name, done_on, done_at) values ('plan', '2026-11-22', '') on conflict do nothing")
    await w.run("update chore set done_on = '2026-11-22' where name = 'plan'")
    expect(await save('fy2026', of2026({ ends_on: '2027-03-30' }))).toMatchObject({ ok: true })
    expect(await w.column("select done_on from chore where name = 'plan'")).toEqual([''])
  })

  test('does not leave out a day that has a session, also if that comes in meanwhile', async () => {
    const shorter = of2026({ ends_on: '2026-12-31' })
    const one = seminar({ id: 'in-march', date: '2027-03-01' })
    const publish = () => publishSession(as(w, 'system'), one)
    const slower = meanwhile(w, publish)
    expect(await saveProgramme(as(slower, 'secretariat'), 'fy2026', shorter)).toEqual({ ok: false, why: 'held' })
    expect(await save('fy2026', shorter)).toEqual({ ok: false, why: 'held' })
    await w.run('delete from session')
    expect(await save('fy2026', shorter)).toMatchObject({ ok: true })
  })
})

test('it is for the secretariat', async () => {
  expect(await mayDo(w, (ctx) => saveProgramme(ctx, null, { fiscal_year: '2040' }))).toEqual(['secretariat', 'system'])
  expect(await mayDo(w, (ctx) => programmes(ctx))).toEqual(['secretariat', 'system'])
})
