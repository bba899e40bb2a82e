import { globSync, readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import { importSeries } from '../../../src/planning/import-series.ts'
import { scheduleTexts } from '../../../templates/text/schedule.ts'
import { series } from '../../schedule/fixtures.ts'
import { type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

const t = scheduleTexts('ja')

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

describe('the next year', () => {
  test('takes over what would end, once, for the secretariat alone', async () => {
    const all = await signedIn(s, 'secretariat')
    await s.run("update series set until = '2027-03-31' where id = 'ibaraki'")
    const offer = async () => (await all.page('/desk/programmes')).main.querySelector('a[href="/desk/programme"]')
    expect(await offer()).not.toBeNull()
    const look = await all.page('/desk/programme')
    expect(look.text).toContain(t.programme.anew)
    const made = await all.submit('/desk/programme')
    expect(made.text).toContain(t.programme.done.copied)
    expect(made.text).not.toContain(t.programme.anew)
    expect([made.text.includes(t.programme.made), made.text.includes(t.programme.nothingLeft)]).toEqual([true, true])
    expect(await offer()).toBeNull()
    for (let i = 0; i < 2; i++) expect((await all.submit('/desk/programme')).text).toContain(t.programme.done.again)
    expect(await s.rows("select rule, starts_on, until from series where id like 'ibaraki-fy%'")).toEqual([
      { rule: 'FREQ=WEEKLY;BYDAY=FR', starts_on: '2027-04-01', until: '2028-03-31' },
    ])
    expect(await s.column("select fiscal_year from programme where id = 'fy2027'")).toEqual([2027])
    expect((await desk.post('/desk/programme')).status).toBe(403)
  })
})

test('a row has a tick, and what is ticked is what is taken over', async () => {
  const all = await signedIn(s, 'secretariat')
  await s.run("update series set until = '2027-03-31' where id = 'ibaraki'")
  const [own = ''] = await s.column<string>("select desk from series where id = 'ibaraki'")
  await importSeries(s.system, series({ id: 'over', desk: own, until: '2026-11-20', prefecture: '13' }))
  const look = await all.page('/desk/programme')
  const ticks = (page: typeof look) =>
    page.main
      .querySelectorAll('input[name=take][type=checkbox]')
      .map((tick) => [tick.getAttribute('value'), tick.hasAttribute('checked')])
      .filter(([id]) => id === 'ibaraki' || id === 'over')
  expect(ticks(look)).toEqual([
    ['ibaraki', true],
    ['over', false],
  ])
  expect(look.text).toContain(t.programme.early('2026年11月20日(金)'))
  const made = await all.submit('/desk/programme', [
    ['take', ''],
    ['take', 'over'],
  ])
  expect(made.text).toContain(t.programme.done.copied)
  expect(await s.column("select id from series where id like '%-fy2027'")).toEqual(['over-fy2027'])
  expect(made.text).not.toContain(t.programme.nothingLeft)
})

test('a fiscal year has one form in Japanese: of the era', async () => {
  const all = await signedIn(s, 'secretariat')
  await all.submit('/desk/programmes', [['fiscal_year', '2029']])
  await all.submit('/desk/programme')
  expect(await s.column("select name_ja from programme where id in ('fy2027', 'fy2029') order by id")).toEqual([
    '令和9年度',
    '令和11年度',
  ])
  for (const path of ['/desk/programmes', '/desk/programme', '/desk/programmes/fy2027', '/desk/figures', '/desk']) {
    const page = await all.page(path)
    expect([path, page.status, /\d{4}年度/.exec(page.body)]).toEqual([path, 200, null])
  }
  const sources = globSync('{src,templates,db}/**/*.{ts,tsx}').filter((one) => !one.startsWith('src/notices/'))
  expect(sources.length).toBeGreaterThan(500)
  expect(sources.filter((one) => /(?:\d{4}|year\})年度/.test(readFileSync(one, 'utf8')))).toEqual([])
})

test('copying the year several times copies no copies, neither by rule nor by dates', async () => {
  const all = await signedIn(s, 'secretariat')
  await s.run("update series set until = '2027-03-31' where rule is not null")
  await all.submit('/desk/programme')
  const once = await s.column('select id from series order by id')
  for (let i = 0; i < 3; i++) await Promise.all([all.submit('/desk/programme'), all.submit('/desk/programme')])
  expect(await s.column('select id from series order by id')).toEqual(once)
})
