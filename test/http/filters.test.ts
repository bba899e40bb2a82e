import { beforeAll, expect, test } from 'vitest'
import { type Site, site } from './app.ts'
import { type Staff, signedIn } from './desk/fixtures.ts'

let s: Site
let desk: Staff
let booking: string
beforeAll(async () => {
  s = await site({ env: { SMTP_URL: 'smtp://mail.invalid' } })
  desk = await signedIn(s, 'desk', '08')
  booking = (await s.booked()).id
})

/** The filters of each page, with a value that each takes. */
const FILTERS: Record<string, Record<string, string>> = {
  '/calendar': {
    prefecture: '08',
    kind: 'seminar',
    format: 'online',
    status: 'open',
  },
  '/calendar.ics': { prefecture: '08', kind: 'seminar', format: 'online' },
  '/feed.xml': { prefecture: '08', kind: 'seminar', format: 'online' },
  '/embed': { prefecture: '08', kind: 'seminar', format: 'online' },
  '/open-data/events.csv': { prefecture: '08', kind: 'seminar', format: 'online' },
  '/subscribe': { prefecture: '08', kind: 'seminar', format: 'online' },
  '/desk/bookings': {
    prefecture: '08',
    status: 'booked',
    channel: 'web',
    format: 'online',
    sort: 'made',
  },
  '/desk/bookings/:id/letter': { kind: 'booked' },
  '/desk/outbox': { state: 'failed' },
  '/desk/schedule': { view: 'week', prefecture: '08' },
  '/desk/survey': { prefecture: '08', month: '2026-11' },
  '/desk/figures': { prefecture: '08', kind: 'seminar' },
  '/desk/figures/report': { month: '2026-10', as: 'csv', compare: '1' },
}

const cases = Object.entries(FILTERS).flatMap(([path, filters]) =>
  Object.entries(filters).map(([name, value]): [string, string, string] => [path, name, value]),
)

test.each(cases)('%s?%s= takes a value that there is, and is not there for another one', async (path, name, value) => {
  const asked = path.replace(':id', booking)
  const statuses: number[] = []
  for (const given of [value, '', 'foo']) {
    statuses.push((await s.ask(`${asked}?${name}=${given}`, { headers: { cookie: desk.cookie } })).status)
  }
  expect(statuses).toEqual([200, 200, 404])
})

/** Pages without a filter, of the public and of the console. */
const UNFILTERED = [
  '/',
  '/desks',
  '/open-data',
  '/open-data/desks.json',
  '/sessions/ibaraki-2026-11-27',
  '/desk',
  '/desk/sessions/ibaraki-2026-11-27',
  '/desk/bookings/:id',
  ...['series', 'desks', 'venues', 'closures', 'suspensions', 'caps'].map((name) => `/desk/${name}`),
]
test.each(UNFILTERED)(
  '%s has no filter, and is not there with one; what other sites add is passed over',
  async (path) => {
    const statuses: number[] = []
    for (const query of ['', '?lang=en&utm_source=news', '?prefecture=08', '?month=2026-11', '?foo']) {
      statuses.push(
        (await s.ask(`${path.replace(':id', booking)}${query}`, { headers: { cookie: desk.cookie } })).status,
      )
    }
    expect(statuses).toEqual([200, 200, 404, 404, 404])
  },
)

test.each(['bookings', 'schedule', 'survey', 'figures'])(
  '/desk/%s says of a prefecture that one may not read that one may not, and not that it has nothing',
  async (name) => {
    expect((await desk.page(`/desk/${name}?prefecture=13`)).status).toBe(403)
  },
)

test('the ledger says that a date cannot be read, and keeps what was typed out of the address', async () => {
  const sent = await desk.post('/desk/bookings', [
    ['from', '水戸 花子'],
    ['to', '2026年12月4日'],
  ])
  expect(sent.location).toBe('http://localhost:8787/desk/bookings?from=%3F&to=2026-12-04')
  const page = await desk.page('/desk/bookings?from=%3F&to=2026-12-04')
  expect(page.text).toContain('開催日を読み取れませんでした')
  expect(page.root.querySelector('input[name=from]')?.getAttribute('value')).toBe('2026-11-15')
  expect((await desk.page('/desk/bookings?from=2026-12-01')).text).not.toContain('読み取れません')
})
