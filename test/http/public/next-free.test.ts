import { beforeEach, expect, test } from 'vitest'
import { callOff } from '../../../src/changes/call-off.ts'
import { as } from '../../acts.ts'
import { MITO } from '../../world.ts'
import { type Page, type Site, site } from '../app.ts'

let s: Site
beforeEach(async () => {
  s = await site({ cache: true, elapsed: () => 0 })
})

const WHY = { reason_ja: '大雪のため' }
const tile = (page: Page, code: string) => page.main.querySelector(`.map .p-${code} a`)
const listed = (page: Page, code: string) =>
  page.main.querySelector(`.regions a[href="/calendar?prefecture=${code}"]`)?.parentNode?.text

test('map and list say the date of the next free day of each prefecture', async () => {
  const home = await s.page('/')
  expect(tile(home, '08')?.querySelector('small')?.text).toBe('11/27')
  expect(tile(home, '08')?.querySelector('.sr')?.text).toContain('毎週開催、次に空いている日 11月27日(金)')
  expect(listed(home, '08')).toContain('次に空いている日 11月27日(金)')
  expect(tile(home, '13')?.querySelector('small')).toBeNull()
  expect(tile(home, '13')?.querySelector('.sr')?.text).toContain('WEBで相談')
  const english = await s.page('/?lang=en')
  expect(tile(english, '08')?.querySelector('.sr')?.text).toContain('next free Fri 27 November')
})

test('a full or called-off day is no free day any more, also on a page that is kept', async () => {
  await s.page('/')
  await s.page('/calendar?prefecture=08')
  for (const slot of ['1000', '1100']) await s.booked({ slot: `${MITO}-${slot}`, seats: 2 })
  expect(tile(await s.page('/'), '08')?.querySelector('small')?.text).toBe('11/27')
  await s.booked({ slot: `${MITO}-1300`, seats: 1 })
  for (const path of ['/', '/calendar?prefecture=08']) {
    const page = await s.page(path)
    const shown =
      path === '/' ? tile(page, '08')?.querySelector('.sr')?.text : page.main.querySelector('.next-free')?.text
    expect(shown).toContain('12月4日(金)')
  }
  await callOff(as(s, 'desk'), 'ibaraki-2026-12-04', WHY)
  expect(tile(await s.page('/'), '08')?.querySelector('small')?.text).toBe('12/11')
})

test('the page of a prefecture leads to its next free day, and to sessions on the web of others', async () => {
  const page = await s.page('/calendar?prefecture=04')
  const open = await s.column<string>(
    "select id from session where prefecture = '04' and date >= '2026-11-23' and state = 'published' order by date",
  )
  expect(page.main.querySelector('.next-free a')?.getAttribute('href')).toBe(`/sessions/${open[0]}`)
  const web = page.main.querySelectorAll('section[aria-labelledby=web] a[href^="/sessions/"]')
  const ids = web.map((one) => (one.getAttribute('href') ?? '').slice('/sessions/'.length))
  expect(ids).toHaveLength(3)
  const rows = await s.rows<{ formats: string; prefecture: string }>(
    `select formats, prefecture from session where id in (${ids.map(() => '?').join()})`,
    ...ids,
  )
  expect(rows.every(({ formats, prefecture }) => formats.includes('online') && prefecture !== '04')).toBe(true)
})

test.each([
  '/calendar?prefecture=04&format=onsite',
  '/calendar?view=list',
  '/calendar?series=ibaraki',
  '/calendar?month=2026-12&prefecture=04',
])('%s does not offer the web: something else was asked for', async (path) => {
  expect((await s.page(path)).main.querySelector('section[aria-labelledby=web]')).toBeNull()
})

test('seminars on the web stay seminars', async () => {
  const page = await s.page('/calendar?prefecture=04&kind=seminar')
  const links = page.main.querySelectorAll('section[aria-labelledby=web] a[href^="/sessions/"]')
  expect(links.every((one) => one.getAttribute('href')?.includes('seminar'))).toBe(true)
})
