import { beforeAll, describe, expect, test } from 'vitest'
import * as queries from '../../../src/schedule/queries.ts'
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
    'has no page for the month %s, and shows no other month instead',
    async (month) => {
      expect((await s.ask(`/calendar?month=${month}`)).status).toBe(404)
    },
  )

  test('has no page for a view that there is not', async () => {
    expect((await s.ask('/calendar?view=year')).status).toBe(404)
    expect((await s.ask('/calendar?view=month&month=')).status).toBe(200)
  })

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

  describe('on the 29th', () => {
    let late: Site
    beforeAll(async () => {
      late = await site({ now: '2026-11-29T03:00:00.000Z' })
    })
    const t = texts('ja').calendar
    const idsOf = (page: Page) => [...new Set(sessionLinks(page))]

    test.each(['', '&view=list', '&month='])(
      'a prefecture (%s) shows what is ahead, over the border of the month',
      async (more) => {
        const page = await late.page(`/calendar?prefecture=08${more}`)
        expect(page.main.querySelector('h1')?.text).toContain(t.ahead)
        expect(idsOf(page).slice(0, 2)).toEqual(['ibaraki-2026-12-04', 'ibaraki-2026-12-11'])
        expect(idsOf(page).findLast((id) => id.startsWith('ibaraki-'))).toMatch(/^ibaraki-2027-/)
        expect(
          page.main
            .querySelectorAll('h2')
            .map(({ text }) => text)
            .slice(0, 2),
        ).toEqual([monthText('ja', '2026-12'), monthText('ja', '2027-01')])
      },
    )

    test('the search of the first page, its map and its list never lead to a month', async () => {
      const home = await late.page('/')
      const form = home.main.querySelector('form.filter')
      expect(
        form
          ?.querySelectorAll('input[type=hidden]')
          .map((one) => [one.getAttribute('name'), one.getAttribute('value')]),
      ).toEqual([['view', 'list']])
      const found = await late.page('/calendar?view=list&prefecture=08&kind=&format=')
      expect(idsOf(found)[0]).toBe('ibaraki-2026-12-04')
      const tiles = home.main.querySelectorAll('.map a').map((one) => one.getAttribute('href') ?? '')
      expect(tiles).toHaveLength(47)
      for (const address of tiles) expect(sessionLinks(await late.page(address)).length, address).toBeGreaterThan(0)
    })

    test('where nothing is ahead the three nearest that can be booked are shown: online or near first', async () => {
      const page = await late.page('/calendar?prefecture=47&kind=consultation')
      expect(page.text).toContain(t.emptyAhead)
      const near = idsOf(page)
      expect(near).toHaveLength(3)
      const { sessions } = JSON.parse((await late.ask('/api/v1/sessions?limit=500')).body)
      for (const id of near) {
        const found = sessions.find((one: { id: string }) => one.id === id)
        expect([found.status, found.formats.includes('online')]).toEqual([expect.stringMatching(/open|few/), true])
      }
    })

    test('a month with nothing but past days says so and shows them too, as a grid and as a list', async () => {
      for (const view of ['', '&view=list']) {
        const page = await late.page(`/calendar?month=2026-11&prefecture=08${view}`)
        expect(page.text).toContain(t.over)
        expect(page.main.querySelectorAll('section[aria-labelledby=nearest] .row')).toHaveLength(3)
      }
      const december = await late.page('/calendar?month=2026-12&prefecture=08')
      expect(december.main.querySelector('section[aria-labelledby=nearest]')).toBeNull()
    })

    test('from the grid of this month the way to the list leads to what is ahead', async () => {
      const page = await late.page('/calendar')
      const ways = page.main.querySelectorAll('a.chip').map((one) => one.getAttribute('href'))
      expect(ways).toContain('/calendar?view=list')
      expect((await late.page('/calendar?month=2026-12')).body).toContain('/calendar?month=2026-12&amp;view=list')
    })

    test('a long list goes on after the last one of the page before, and leads back to the first', async () => {
      const { sessions: first, next } = await queries.sessions(late.ctx, { from: '2026-11-29' }, { limit: 10 })
      const page = await late.page(`/calendar?view=list&after=${encodeURIComponent(next ?? '')}`)
      const all = idsOf(await late.page('/calendar?view=list'))
      expect(idsOf(page)).toEqual(all.slice(10))
      expect(all.slice(0, 10)).toEqual(first.map(({ id }) => id))
      expect(page.main.querySelectorAll('.after a').map((one) => one.getAttribute('href'))).toEqual([
        '/calendar?view=list',
      ])
      for (const odd of ['x', '%00', '2026']) {
        expect(idsOf(await late.page(`/calendar?view=list&after=${odd}`))).toEqual(all)
      }
    })
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
