import { beforeAll, describe, expect, test } from 'vitest'
import { texts } from '../../../templates/text/index.ts'
import { monthText } from '../../../templates/text/when.ts'
import { type Page, type Site, site } from '../app.ts'

const sessionLinks = (page: Page) =>
  page.main
    .querySelectorAll('a[href^="/sessions/"]')
    .map((one) => (one.getAttribute('href') ?? '').slice('/sessions/'.length))

let s: Site
beforeAll(async () => {
  s = await site()
})

describe('the calendar', () => {
  const heading = async (query: string) => (await s.page(`/calendar${query}`)).main.querySelector('h1')?.text

  test('shows this month, or the month asked for', async () => {
    expect(await heading('')).toBe(texts('ja').calendar.title(monthText('ja', '2026-11')))
    expect(await heading('?month=2026-12')).toBe(texts('ja').calendar.title(monthText('ja', '2026-12')))
  })

  test.each(['2026-13', '2026-00', '2026-1', 'soon', '1999-12', '2100-01', '%00', '9999-99', '-001-01'])(
    'falls back to this month if the month is %s',
    async (month) => {
      const page = await s.page(`/calendar?month=${month}`)
      expect(page.status).toBe(200)
      expect(page.main.querySelector('h1')?.text).toBe(texts('ja').calendar.title(monthText('ja', '2026-11')))
    },
  )

  test.each(['2000-02', '2099-12'])('can be leafed through as far as %s', async (month) => {
    expect(await heading(`?month=${month}`)).toBe(texts('ja').calendar.title(monthText('ja', month)))
  })

  test('shows the same sessions of a month as a grid and as a list', async () => {
    const grid = sessionLinks(await s.page('/calendar?month=2026-12'))
    const list = sessionLinks(await s.page('/calendar?month=2026-12&view=list'))
    const ofDecember = (ids: typeof grid) => ids.filter((id) => !/-2026-11-|-2027-01-/.test(id)).toSorted()
    expect(list).toContain('ibaraki-2026-12-04')
    expect(ofDecember(grid)).toEqual(ofDecember(list))
  })

  test('lists what has no date yet apart', async () => {
    const page = await s.page('/calendar?month=2026-12')
    const section = page.main.querySelector('section[aria-labelledby=undated]')
    const ids = section?.querySelectorAll('a[href^="/sessions/"]').map((one) => one.getAttribute('href')) ?? []
    expect(new Set(ids)).toEqual(
      new Set(['fukui', 'hokkaido', 'kagawa'].map((name) => `/sessions/seminar-${name}-sample`)),
    )
  })

  test.each([
    ['prefecture=08', /^ibaraki-/],
    ['kind=seminar', /^seminar-/],
    ['format=onsite&kind=consultation', /^(ibaraki|miyagi|aichi-sample)-/],
    ['prefecture=08&format=online', /^ibaraki-/],
    ['kind=consultation&prefecture=23', /^aichi-sample-/],
  ])('narrowed to %s shows nothing else', async (query, expected) => {
    for (const view of ['', '&view=list']) {
      const ids = sessionLinks(await s.page(`/calendar?month=2026-12&${query}${view}`))
      expect(ids.length).toBeGreaterThan(0)
      expect(ids.filter((id) => !expected.test(id))).toEqual([])
    }
  })

  test('narrowed to free places shows only what can be booked', async () => {
    const ids = new Set(sessionLinks(await s.page('/calendar?month=2026-12&status=open')))
    const { sessions } = JSON.parse((await s.ask('/api/v1/sessions?from=2026-11-29&to=2027-01-02')).body)
    const open = sessions.filter((one: { status: string }) => ['open', 'few'].includes(one.status))
    expect(ids).toEqual(new Set(open.map((one: { id: string }) => one.id)))
  })

  test.each(['prefecture=99', 'kind=party', 'format=fax', 'status=nice', 'prefectur=08', 'x=1'])(
    'is not there for a filter that is none of ours (%s)',
    async (query) => {
      for (const path of ['/calendar', '/calendar.ics', '/subscribe']) {
        expect([path, (await s.ask(`${path}?${query}`)).status]).toEqual([path, 404])
      }
    },
  )

  test('passes over an empty filter and what other sites add to a link', async () => {
    const plain = sessionLinks(await s.page('/calendar?month=2026-12'))
    const odd = await s.page('/calendar?month=2026-12&prefecture=&kind=&utm_source=letter&fbclid=1&lang=ja')
    expect(sessionLinks(odd)).toEqual(plain)
  })

  test('says so where nothing fits, and where to go', async () => {
    const page = await s.page('/calendar?month=2026-12&prefecture=47')
    expect(page.text).toContain(texts('ja').calendar.empty)
    expect(page.main.querySelectorAll('.empty a').length).toBeGreaterThan(1)
  })

  test('writes no address back as markup', async () => {
    const page = await s.page(`/calendar?x="><script>alert(1)</script>&prefecture='"><img src=x onerror=alert(1)>`)
    expect(page.root.querySelectorAll('script:not([src]), img')).toEqual([])
    expect(page.body).not.toContain('<script>alert')
  })
})

test('the subscription page makes the address of the feed that was chosen', async () => {
  const page = await s.page('/subscribe?prefecture=08&kind=consultation&format=online')
  const address = page.root.querySelector('#feed-url')?.getAttribute('value')
  expect(address).toBe('http://localhost:8787/calendar.ics?prefecture=08&kind=consultation&format=online')
})
