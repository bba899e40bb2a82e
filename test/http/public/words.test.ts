import { beforeAll, expect, test } from 'vitest'
import { type Page, type Site, site } from '../app.ts'

let s: Site
beforeAll(async () => {
  s = await site()
})

const idsOf = (page: Page) =>
  page.main.querySelectorAll('li.row a').map((one) => (one.getAttribute('href') ?? '').slice('/sessions/'.length))
const found = async (query: string) => idsOf(await s.page(`/calendar?view=list&${query}`))

test.each([
  ['水戸', /^ibaraki-/],
  ['Mito', /^ibaraki-/],
  ['イバラキ', /^ibaraki-/],
  ['いばらき', /^ibaraki-/],
  ['ｽﾏｰﾄｲﾉﾍﾞｰｼｮﾝ', /^miyagi-/],
  ['仙台 無料', /^miyagi-/],
  ['豊田市', /^aichi-/],
  ['ハタラキカタ', /^seminar-/],
])('%s is found in title, place or desk', async (words, expected) => {
  const ids = await found(`q=${encodeURIComponent(words)}`)
  expect(ids.length).toBeGreaterThan(0)
  expect(ids.filter((id) => !expected.test(id))).toEqual([])
})

test('words go with the other filters, and all of them must be there', async () => {
  const all = await found('q=テレワーク')
  const some = await found('q=テレワーク&prefecture=04')
  expect(some.length).toBeGreaterThan(0)
  expect(some.every((id) => all.includes(id))).toBe(true)
  const none = await s.page('/calendar?view=list&q=水戸+仙台')
  expect(none.text).toContain('この条件に合う日程は、今のところありません。')
  expect(none.main.querySelector('a.chip.on')?.text).toContain('「水戸 仙台」')
  expect(none.main.querySelector('input[name=q]')?.getAttribute('value')).toBe('水戸 仙台')
})

test('the following pages of a search have its words, and no session twice', async () => {
  const after = '2026-12-20'
  const first = await s.page('/calendar?view=list&q=水戸')
  const second = await s.page(`/calendar?view=list&q=水戸&after=${after}`)
  const back = second.main.querySelector('.after a')?.getAttribute('href') ?? ''
  expect(new URL(back, 'http://localhost').searchParams.get('q')).toBe('水戸')
  expect(idsOf(second).length).toBeGreaterThan(0)
  expect(idsOf(second).every((id) => id > `ibaraki-${after}` && idsOf(first).includes(id))).toBe(true)
})

test('what nobody types is not searched, and what is typed stays text', async () => {
  expect((await s.ask(`/calendar?q=${'あ'.repeat(81)}`)).status).toBe(404)
  expect((await s.ask('/calendar?q=%00')).status).toBe(404)
  expect((await s.ask('/calendar?q=%01')).status).toBe(404)
  expect((await s.ask('/calendar?q=')).status).toBe(200)
  const page = await s.ask(`/calendar?q=${encodeURIComponent('"><script>alert(1)</script> %_')}`)
  expect(page.status).toBe(200)
  expect(page.body).not.toContain('<script>alert')
  expect((await s.page(`/calendar?view=list&q=${encodeURIComponent('%')}`)).text).toContain('この条件に合う日程は')
})

test('the first page has the search', async () => {
  const home = await s.page('/')
  expect(home.main.querySelector('form[action="/calendar"] input[name=q]')).not.toBeNull()
})
