import { beforeAll, describe, expect, test } from 'vitest'
import { addDesk } from '../../src/people/add-desk.ts'
import { openProgramme } from '../../src/planning/open-programme.ts'
import { publishSession } from '../../src/planning/publish-session.ts'
import { type Texts, texts } from '../../templates/text/index.ts'
import { MITO } from '../world.ts'
import { type Site, site } from './app.ts'

const PAGES: [path: string, sentences: (t: Texts) => string[]][] = [
  ['/', (t) => [t.home.title, t.home.lead, t.home.next, t.home.map]],
  ['/calendar', (t) => [t.calendar.undated, t.filter.free, t.calendar.subscribe]],
  ['/calendar?month=2026-12&view=list', (t) => [t.calendar.undatedText, t.phoneOnly]],
  [
    `/sessions/${MITO}`,
    (t) => [
      t.session.choose,
      t.session.book,
      t.session.byPhone,
      t.session.capacityDay(5, t.session.acceptance.first_come),
    ],
  ],
  ['/sessions/seminar-ahead-sample', (t) => [t.session.bookDay, t.session.elsewhereThanVenue.online, t.sampleNote]],
  ['/sessions/aichi-sample-2026-12-14', (t) => [t.session.notice.elsewhere.what, t.session.damagedUrl]],
  ['/sessions/seminar-fukui-sample', (t) => [t.session.notice.undecidedDate.what, t.dateUndecided]],
  ['/sessions/seminar-iwate-sample', (t) => [t.session.notice.undecidedTime.what, t.timeUndecided]],
  ['/sessions/ibaraki-2027-01-01', (t) => [t.session.notice.skipped.what]],
  ['/sessions/seminar-hyogo', (t) => [t.session.notice.held.what, t.session.nearest]],
  ['/sessions/hokkaido-2026-11-24', (t) => [t.session.notice.closed.what, t.session.nearest]],
  [`/sessions/${MITO}/book`, (t) => [t.book.title, t.book.consentLabel, t.need, t.optional, t.book.submit]],
  ['/lookup', (t) => [t.lookup.title, t.lookup.lead, t.lookup.submit]],
  ['/prefecture', (t) => [t.prefecture.title, t.prefecture.lead, t.prefecture.cookie]],
  ['/desks', (t) => [t.desks.title, t.desks.lead, t.desks.kinds.secretariat]],
  ['/subscribe?prefecture=08', (t) => [t.subscribe.title, t.subscribe.slow, t.subscribe.privacy]],
  ['/about/privacy', (t) => [t.privacy.title, t.privacy.lead, t.consent.retention[1]]],
  ['/about/accessibility', (t) => [t.accessibility.title, t.accessibility.contact]],
  ['/api/docs', (t) => [t.apiDocs.title, t.apiDocs.lead]],
]

const inLanguage = (path: string, lang: string) => `${path}${path.includes('?') ? '&' : '?'}lang=${lang}`
let s: Site
beforeAll(async () => {
  s = await site()
})

/** A site with this many dated sessions this month, each of its own desk, and as many undated ones. */
async function siteOf(count: number): Promise<Site> {
  const few = await site({ seeded: false })
  await openProgramme(few.system, { fiscalYear: 2026, name: { ja: '令和8年度', en: 'Fiscal year 2026' } })
  for (let i = 0; i < count; i++) {
    const prefecture = String((i % 47) + 1).padStart(2, '0')
    await addDesk(few.system, {
      id: `desk-${i}`,
      kind: 'local',
      name_ja: `窓口${i}`,
      name_en: `Desk ${i}`,
      prefecture,
      region: null,
      address: null,
      phones: '029-224-0001',
      hours_ja: null,
      hours_en: null,
      email: null,
      email_use: 'none',
      url: null,
      topics: 'general',
      printed: null,
    })
    for (const date of [`2026-11-${24 + (i % 7)}`, null]) {
      await publishSession(few.system, {
        id: `${date ? 'dated' : 'undated'}-${i}`,
        kind: 'seminar',
        desk: `desk-${i}`,
        venue: null,
        prefecture,
        date,
        title: { ja: '説明会', en: 'Briefing' },
        note: null,
        hours: { starts: '10:00', ends: '12:00' },
        announced_on: '2026-11-01',
        formats: ['online'],
        capacity: 10,
        apply: { kind: 'here' },
        printed: null,
        printed_weekday: null,
        sample: false,
      })
    }
  }
  return few
}

test('an undated session of a year that is over got no date, and was not held', async () => {
  const own = await siteOf(1)
  own.at('2027-04-02T01:00:00.000Z')
  const t = texts('ja')
  const page = await own.page('/sessions/undated-0')
  expect(page.text).toContain(t.session.notice.neverDated.what)
  expect(page.text).toContain(t.neverDated)
  expect(page.text).not.toContain(t.status.held)
})

describe.each(['ja', 'en'] as const)('every public page, in %s,', (locale) => {
  const t = texts(locale)

  test.each(PAGES)('%s answers with one heading, a title and its sentences', async (path, sentences) => {
    const page = await s.page(inLanguage(path, locale))
    expect(page.status).toBe(200)
    expect(page.headers.get('content-type')).toMatch(/^text\/html; charset=utf-8$/i)
    expect(page.root.querySelector('html')?.getAttribute('lang')).toBe(locale)
    expect(page.root.querySelectorAll('h1')).toHaveLength(1)
    expect(page.root.querySelector('h1')?.text.trim()).not.toBe('')
    expect(page.title.endsWith(` | ${t.site}`)).toBe(true)
    for (const sentence of sentences(t)) expect(page.text).toContain(sentence)
  })

  test.each(PAGES)('%s carries a strict policy and nothing inline', async (path) => {
    const page = await s.page(inLanguage(path, locale))
    const policy = page.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("script-src 'self'")
    expect(policy).not.toContain('unsafe-')
    // A data block is no script: it never runs.
    const inline = page.root.querySelectorAll('script:not([src]):not([type="application/ld+json"]), style, [style]')
    expect(inline.map((one) => one.outerHTML)).toEqual([])
    const handlers = page.root
      .querySelectorAll('*')
      .flatMap((one) => Object.keys(one.attributes).filter((name) => /^on/i.test(name)))
    expect(handlers).toEqual([])
  })

  test('no two of them have the same title', async () => {
    const titles = await Promise.all(PAGES.map(async ([path]) => (await s.page(inLanguage(path, locale))).title))
    expect(new Set(titles).size).toBe(PAGES.length)
  })
})

test('every link and asset on the public pages leads somewhere', async () => {
  const pages = await Promise.all(PAGES.map(([path]) => s.page(path)))
  const found = pages.flatMap((page) => [
    ...page.root.querySelectorAll('a[href^="/"], link[href^="/"]').map((one) => one.getAttribute('href') ?? ''),
    ...page.root.querySelectorAll('script[src]').map((one) => one.getAttribute('src') ?? ''),
  ])
  const links = [...new Set(found)]
  expect(links.length).toBeGreaterThan(100)
  for (const link of links) {
    const { status, location } = await s.ask(link)
    const last = status === 302 ? (await s.ask(new URL(location).pathname)).status : status
    expect([link, last]).toEqual([link, 200])
  }
})

test('an asset is kept for ever under its version, and asked for again under another', async () => {
  const page = await s.page('/')
  const href = page.root.querySelector('link[href^="/assets/style.css"]')?.getAttribute('href') ?? ''
  const lasting = await s.ask(href)
  expect(lasting.headers.get('content-type')).toBe('text/css; charset=utf-8')
  expect(lasting.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
  const other = await s.ask('/assets/style.css?v=other')
  expect(other.headers.get('cache-control')).toBe('no-cache')
  const again = await s.ask('/assets/style.css', { headers: { 'if-none-match': other.headers.get('etag') ?? '' } })
  expect([again.status, again.body]).toEqual([304, ''])
})

describe('the language', () => {
  test('is Japanese unless somebody chose otherwise', async () => {
    const page = await s.page('/desks', { headers: { 'accept-language': 'en-US,en' } })
    expect(page.text).toContain(texts('ja').desks.title)
    expect(page.headers.get('set-cookie')).toBeNull()
  })

  test('asked for once is remembered by a cookie, until another is asked for', async () => {
    const asked = await s.page('/desks?lang=en')
    expect(asked.text).toContain(texts('en').desks.title)
    const cookie = asked.headers.get('set-cookie') ?? ''
    expect(cookie).toMatch(/^lang=en; /)
    expect(cookie).toMatch(/Max-Age=31536000/)
    expect(cookie).toMatch(/Path=\//)
    expect(cookie).toMatch(/HttpOnly/)
    expect(cookie).toMatch(/SameSite=Lax/)
    expect(cookie).not.toMatch(/Secure/)
    const later = await s.page('/subscribe', { headers: { cookie: 'lang=en' } })
    expect(later.text).toContain(texts('en').subscribe.title)
    expect(later.headers.get('set-cookie')).toBeNull()
    const back = await s.page('/subscribe?lang=ja', { headers: { cookie: 'lang=en' } })
    expect(back.text).toContain(texts('ja').subscribe.title)
    expect(back.headers.get('set-cookie')).toMatch(/^lang=ja; /)
  })

  test('cookie is only sent over HTTPS if the site is', async () => {
    const secure = await site({ env: { PUBLIC_URL: 'https://madoguchi.example' } })
    expect((await secure.ask('/?lang=en')).headers.get('set-cookie')).toMatch(/Secure/)
  })

  test.each(['?lang=fr', '?lang=', '?lang=%', '?lang=en%00'])(
    'that is none of ours (%s) is passed over',
    async (query) => {
      const page = await s.page(`/desks${query}`, { headers: { cookie: 'lang=%E0%A4%A' } })
      expect(page.text).toContain(texts('ja').desks.title)
      expect(page.headers.get('set-cookie')).toBeNull()
    },
  )

  test('switch leads to the same page with the same choices', async () => {
    const page = await s.page('/calendar?month=2026-12&prefecture=08')
    const links = page.root.querySelectorAll('a[hreflang=en]').map((one) => one.getAttribute('href'))
    expect(new Set(links)).toEqual(new Set(['/calendar?month=2026-12&prefecture=08&lang=en']))
  })
})

describe('a page that is not there', () => {
  test.each([
    '/nothing',
    '/sessions/nothing',
    '/sessions/nothing/book',
    '/sessions/nothing.ics',
    '/b/nothing',
    '/assets/nothing.css',
  ])('%s answers 404 with the ways on', async (path) => {
    const page = await s.page(path)
    expect(page.status).toBe(404)
    expect(page.headers.get('cache-control')).toContain('no-store')
    const { deadLink, fault } = texts('ja')
    const what = path.startsWith('/b/') ? deadLink.cut.what : fault[404].what
    expect(page.root.querySelectorAll('h1').map((one) => one.text)).toEqual([what])
    const ways = page.main.querySelectorAll('a').map((one) => one.getAttribute('href'))
    expect(ways).toEqual(['/', '/calendar', '/lookup', '/desks'])
  })

  test.each([
    '/sessions/%E0%A4%A',
    '/sessions/%00',
    '/%',
    '/b/%00%ff',
    '/calendar%2f',
    '/assets/..%2fpackage.json',
    `/${'x'.repeat(5000)}`,
  ])('nor can be: %s', async (path) => {
    expect((await s.page(path)).status).toBe(404)
  })

  test('is in the language of the visitor', async () => {
    const page = await s.page('/nothing', { headers: { cookie: 'lang=en' } })
    expect(page.text).toContain(texts('en').fault[404].what)
  })
})

describe('a list costs the same number of reads for 1 and for 30 sessions of as many desks:', () => {
  let sites: Site[]
  beforeAll(async () => {
    sites = await Promise.all([siteOf(1), siteOf(30)])
  })

  test.each([
    ['/', 8],
    ['/calendar', 60],
    ['/calendar?view=list', 60],
    ['/api/v1/sessions', 60],
    ['/calendar.ics', 30],
    ['/open-data/events.csv', 30],
    ['/embed', 10],
    ['/desks', 30],
  ])('%s', async (path, shown) => {
    const told: { reads: number; count: number }[] = []
    for (const one of sites) {
      one.reads()
      const { status, body } = await one.ask(path)
      expect(status).toBe(200)
      const count = new Set(body.match(/\/sessions\/(?:un)?dated-\d+|desk-desk-\d+/g)).size
      told.push({ reads: one.reads(), count })
    }
    expect(told[0]?.reads).toBeGreaterThan(0)
    expect(told[1]).toEqual({ reads: told[0]?.reads, count: shown })
  })
})

test('the areas of desks are in English too', async () => {
  const { text } = await s.page('/desks?lang=en')
  expect([text.includes('関東'), text.includes('Kanto')]).toEqual([false, true])
})
