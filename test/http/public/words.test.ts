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
  const first = await s.page('/calendar?view=list&q=相談会')
  const next = first.main.querySelector('a[rel=next]')?.getAttribute('href') ?? ''
  if (next === '') return expect(idsOf(first).length).toBeLessThanOrEqual(100)
  expect(new URL(next, 'http://localhost').searchParams.get('q')).toBe('相談会')
  const second = idsOf(await s.page(next))
  expect(second.filter((id) => idsOf(first).includes(id))).toEqual([])
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
