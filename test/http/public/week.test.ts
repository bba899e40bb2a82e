import { beforeAll, expect, test } from 'vitest'
import { texts } from '../../../templates/text/index.ts'
import { weekText } from '../../../templates/text/when.ts'
import { type Page, type Site, site } from '../app.ts'

const t = texts('ja').calendar

let s: Site
beforeAll(async () => {
  s = await site()
})

const heading = (page: Page) => page.main.querySelector('h1')?.text
const inGrid = (page: Page) =>
  page.main.querySelectorAll('.week a[href^="/sessions/"]').map((one) => one.getAttribute('href')?.slice(10) ?? '')
const linkTo = (page: Page, text: string) =>
  page.main
    .querySelectorAll('.switches a')
    .find((one) => one.text.includes(text))
    ?.getAttribute('href') ?? ''

test('a week shows its seven days from Sunday on, whichever of them is asked for', async () => {
  for (const day of ['2026-11-29', '2026-12-02', '2026-12-05']) {
    const page = await s.page(`/calendar?view=week&week=${day}`)
    expect(heading(page)).toBe('2026年11月29日〜12月5日の日程')
    const days = page.main.querySelectorAll('.week time').map((one) => one.getAttribute('datetime'))
    expect(days).toEqual([29, 30, 1, 2, 3, 4, 5].map((n) => `2026-${n > 28 ? 11 : 12}-${String(n).padStart(2, '0')}`))
    expect(inGrid(page).toSorted()).toEqual(['hokkaido-2026-12-01', 'ibaraki-2026-12-04', 'miyagi-2026-12-02'])
  }
})

test('without a day it is the week of today', async () => {
  const page = await s.page('/calendar?view=week')
  expect(heading(page)).toBe('2026年11月22日〜28日の日程')
  expect(page.main.querySelector('.week [aria-current=date] time')?.getAttribute('datetime')).toBe('2026-11-22')
  expect(linkTo(page, t.thisWeek)).toBe('')
})

test('links lead to the week before and after, back to this week, and to the other views, with the filters', async () => {
  const page = await s.page('/calendar?view=week&week=2026-12-16&prefecture=08&q=水戸')
  const kept = `prefecture=08&q=${encodeURIComponent('水戸')}`
  expect(linkTo(page, t.prevWeek)).toBe(`/calendar?week=2026-12-06&view=week&${kept}`)
  expect(linkTo(page, t.nextWeek)).toBe(`/calendar?week=2026-12-20&view=week&${kept}`)
  expect(linkTo(page, t.thisWeek)).toBe(`/calendar?view=week&${kept}`)
  expect(linkTo(page, t.month)).toBe(`/calendar?month=2026-12&${kept}`)
  expect(linkTo(page, t.list)).toBe(`/calendar?month=2026-12&view=list&${kept}`)
  expect(heading(await s.page(linkTo(page, t.nextWeek)))).toBe(`茨城県 ${t.ofWeek.all(weekText('ja', '2026-12-20'))}`)
  expect(inGrid(page)).toEqual(['ibaraki-2026-12-18'])
})

test('a month and the list lead to a week: this one, or the first of another month', async () => {
  expect(linkTo(await s.page('/calendar'), t.week)).toBe('/calendar?view=week')
  expect(linkTo(await s.page('/calendar?prefecture=08'), t.week)).toBe('/calendar?view=week&prefecture=08')
  expect(linkTo(await s.page('/calendar?month=2026-12&kind=seminar'), t.week)).toBe(
    '/calendar?week=2026-12-01&view=week&kind=seminar',
  )
})

test('a search stays in its week', async () => {
  const page = await s.page('/calendar?view=week&week=2026-12-16&kind=consultation')
  const hidden = page.main.querySelectorAll('.filter input[type=hidden]').map((one) => one.attributes)
  expect(hidden.map(({ name, value }) => [name, value])).toEqual([
    ['week', '2026-12-13'],
    ['view', 'week'],
  ])
})

test('a week without a session says so and leads on; one that is over shows the nearest to book', async () => {
  const empty = await s.page('/calendar?view=week&week=2026-12-16&kind=seminar&prefecture=47')
  expect(empty.text).toContain(t.emptyWeek)
  expect(empty.main.querySelector('.ways a')?.getAttribute('href')).toContain('week=2026-12-20')
  const late = await site()
  late.at('2026-11-28T03:00:00.000Z')
  const over = await late.page('/calendar?view=week')
  expect(over.text).toContain(t.overWeek)
  expect(over.main.querySelector('[aria-labelledby=nearest]')).not.toBeNull()
})

test.each([
  'view=week&week=2026-12-32',
  'view=week&week=soon',
  'view=week&week=2026-12',
  'view=week&week=1999-12-31',
  'view=week&week=2100-01-01',
  'view=week&week=%00',
  'view=week&month=2026-12',
  'week=2026-12-02',
  'view=list&week=2026-12-02',
])('there is no page for %s', async (query) => {
  expect((await s.ask(`/calendar?${query}`)).status).toBe(404)
})

test('a week names its first and last day, and both years over the turn of the year', () => {
  expect(weekText('ja', '2026-12-27')).toBe('2026年12月27日〜2027年1月2日')
  expect(weekText('en', '2026-12-27')).toBe('27 December 2026 – 2 January 2027')
  expect(weekText('ja', '2026-12-06')).toBe('2026年12月6日〜12日')
  expect(weekText('en', '2026-12-06')).toBe('6–12 December 2026')
  expect(weekText('en', '2026-11-29')).toBe('29 November – 5 December 2026')
})
