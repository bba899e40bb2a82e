import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { beforeEach, describe, expect, test } from 'vitest'
import { plusMinutes } from '../../../src/base/clock.ts'
import { callOff } from '../../../src/changes/call-off.ts'
import { reschedule } from '../../../src/changes/reschedule.ts'
import { as } from '../../acts.ts'
import { MITO } from '../../world.ts'
import { type Site, site } from '../app.ts'

let s: Site
beforeEach(async () => {
  s = await site()
})

type Link = { '@rel': string; '@href': string; '@type': string }
type Entry = Record<'id' | 'published' | 'updated', string> & { title: Text; summary: Text; link: Link[] }
type Text = { '#text': string; '@type': string }
type Feed = { id: string; updated: string; title: Text; author: { name: string }[]; link: Link[]; entry?: Entry[] }

const reader = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  isArray: (name) => ['entry', 'link', 'author', 'url'].includes(name),
  parseTagValue: false,
})

async function xml(path: string): Promise<{ feed: Feed; urlset: { url: { loc: string; lastmod?: string }[] } }> {
  const answer = await s.ask(path)
  expect(answer.status).toBe(200)
  expect(XMLValidator.validate(answer.body)).toBe(true)
  return reader.parse(answer.body)
}
const newsOf = async (path = '/feed.xml') => (await xml(path)).feed
const entryOf = (feed: Feed, session = MITO) =>
  feed.entry?.find(({ link }) => link.some((one) => one['@href'].endsWith(`/sessions/${session}`)))
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/
const WHY = { reason_ja: '会場の都合により' }

describe('/feed.xml', () => {
  test('has what RFC 4287 asks of a feed and of each entry', async () => {
    const answer = await s.ask('/feed.xml')
    expect(answer.headers.get('content-type')).toBe('application/atom+xml; charset=utf-8')
    const feed = await newsOf()
    expect(feed.id).toBe('tag:localhost,2026:feed')
    expect(feed.title['#text']).toBe('テレワーク相談 窓口')
    expect(feed.author[0]?.name).not.toBe('')
    expect(feed.link.map((link) => [link['@rel'], link['@href']])).toEqual([
      ['self', 'http://localhost:8787/feed.xml'],
      ['alternate', 'http://localhost:8787/calendar'],
    ])
    const entries = feed.entry ?? []
    expect(entries.length).toBeGreaterThan(20)
    expect(entries.length).toBeLessThanOrEqual(100)
    expect(new Set(entries.map(({ id }) => id)).size).toBe(entries.length)
    expect(feed.updated).toBe(entries[0]?.updated)
    for (const entry of entries) {
      expect(entry.id).toMatch(/^urn:uuid:[0-9a-f-]{36}$/)
      expect([entry.published, entry.updated].every((at) => RFC3339.test(at))).toBe(true)
      expect(entry.title['#text']).not.toBe('')
      expect(entry.summary['#text']).not.toBe('')
      expect(entry.link[0]?.['@rel']).toBe('alternate')
    }
    const updates = entries.map(({ updated }) => updated)
    expect(updates).toEqual(updates.toSorted().toReversed())
  })

  test('a change is the same entry, first and with a new time; called off, it stays with its mark', async () => {
    const before = entryOf(await newsOf())
    s.at(plusMinutes(s.ctx.clock.now(), 5))
    expect((await callOff(as(s, 'desk'), MITO, WHY)).ok).toBe(true)
    const feed = await newsOf()
    const after = entryOf(feed)
    expect(feed.entry?.[0]).toEqual(after)
    expect(after?.id).toBe(before?.id)
    expect(after?.published).toBe(before?.published)
    expect(after && before && after.updated > before.updated).toBe(true)
    expect(after?.title['#text']).toMatch(/^【中止】/)
    expect(after?.summary['#text']).toContain('会場の都合により')
  })

  test('a booking is no news', async () => {
    const before = await s.ask('/feed.xml')
    s.at(plusMinutes(s.ctx.clock.now(), 5))
    await s.booked()
    const after = await s.ask('/feed.xml', { headers: { 'if-none-match': before.headers.get('etag') ?? '' } })
    expect(after.status).toBe(304)
  })

  test('is narrowed like the calendar, and unknown filters are not there', async () => {
    const feed = await newsOf('/feed.xml?prefecture=08')
    expect(feed.id).toBe('tag:localhost,2026:feed?prefecture=08')
    expect(feed.title['#text']).toContain('茨城県')
    expect(feed.entry?.every(({ title }) => title['#text'].includes('茨城県'))).toBe(true)
    expect((await s.ask('/feed.xml?prefecture=99')).status).toBe(404)
    expect((await s.ask('/feed.xml?kin=seminar')).status).toBe(404)
  })

  test('what somebody typed stays text', async () => {
    await s.run('update session set title_ja = ? where id = ?', '<b>A & B</b> "\u{20BB7}"', MITO)
    expect(entryOf(await newsOf())?.title['#text']).toMatch(/^<b>A & B<\/b> "𠮷"/)
  })
})

describe('/sitemap.xml and /robots.txt', () => {
  test('every page of the map is there, may be indexed, and says nothing of its places', async () => {
    const { url } = (await xml('/sitemap.xml')).urlset
    const found = url.map(({ loc }) => new URL(loc).pathname)
    expect(found).toContain('/')
    expect(found).toContain(`/sessions/${MITO}`)
    expect(new Set(found).size).toBe(found.length)
    const robots = (await s.ask('/robots.txt')).body
    expect(robots).toContain('Sitemap: http://localhost:8787/sitemap.xml')
    const left = [...robots.matchAll(/^Disallow: (.+)$/gm)].map(([, rule = '']) => rule)
    for (const rule of ['/desk/', '/b/', '/lookup']) expect(left).toContain(rule)
    const isLeft = (path: string) =>
      left.some((rule) => (rule.endsWith('$') ? path === rule.slice(0, -1) : path.startsWith(rule)))
    expect(found.filter(isLeft)).toEqual([])
    expect(isLeft('/desk')).toBe(true)
    for (const path of found.filter((one) => !one.startsWith('/sessions/')).concat(`/sessions/${MITO}`)) {
      const answer = await s.page(path)
      expect(answer.status, path).toBe(200)
      expect(answer.root.querySelector('meta[name=robots]'), path).toBeNull()
    }
  })

  test('the last change is that of the schedule, never of its places', async () => {
    const changed = async () => (await xml('/sitemap.xml')).urlset.url.find(({ loc }) => loc.endsWith(MITO))?.lastmod
    const before = await changed()
    s.at(plusMinutes(s.ctx.clock.now(), 5))
    await s.booked()
    expect(await changed()).toBe(before)
    expect((await reschedule(as(s, 'desk'), MITO, { date: '2026-12-10', starts: '10:00', ...WHY })).ok).toBe(true)
    expect(await changed()).toBe(s.ctx.clock.now())
  })
})

describe('a public page for other sites', () => {
  const dataOf = async (session: string) => {
    const block = (await s.page(`/sessions/${session}`)).root.querySelector('script[type="application/ld+json"]')
    return block && JSON.parse(block.text)
  }

  test('names the day before it was moved, from the journal', async () => {
    expect(await dataOf(MITO)).toMatchObject({ eventStatus: 'https://schema.org/EventScheduled' })
    expect((await reschedule(as(s, 'desk'), MITO, { date: '2026-12-10', starts: '10:00', ...WHY })).ok).toBe(true)
    expect(await dataOf(MITO)).toMatchObject({
      eventStatus: 'https://schema.org/EventRescheduled',
      startDate: '2026-12-10T10:00:00+09:00',
      previousStartDate: ['2026-11-27T10:00:00+09:00'],
    })
  })

  test('nothing typed ends the data block', async () => {
    await s.run('update session set title_ja = ? where id = ?', '</script><script>alert(1)</script>', MITO)
    const answer = await s.ask(`/sessions/${MITO}`)
    expect(answer.body).not.toContain('<script>alert')
    expect(await dataOf(MITO)).toMatchObject({ name: '</script><script>alert(1)</script>' })
  })

  test('says its address without the language, a description and its feed; private pages say nothing', async () => {
    const page = await s.page('/calendar?view=list&prefecture=08&lang=en')
    const content = (name: string) => page.root.querySelector(`meta[property="${name}"]`)?.getAttribute('content')
    expect(page.root.querySelector('link[rel=canonical]')?.getAttribute('href')).toBe(
      'http://localhost:8787/calendar?view=list&prefecture=08',
    )
    expect(content('og:url')).toBe('http://localhost:8787/calendar?view=list&prefecture=08')
    expect(content('og:locale')).toBe('en_US')
    expect(page.root.querySelector('meta[name=description]')?.getAttribute('content')).not.toBe('')
    expect(page.root.querySelector('link[type="application/atom+xml"]')?.getAttribute('href')).toBe('/feed.xml')
    const { token } = await s.booked()
    const own = await s.page(`/b/${token}`)
    expect(own.root.querySelectorAll('link[rel=canonical], meta[property]')).toEqual([])
  })
})

describe('public data', () => {
  const DATA = [
    '/calendar.ics',
    `/sessions/${MITO}.ics`,
    '/feed.xml',
    '/sitemap.xml',
    '/robots.txt',
    '/open-data/events.csv',
    '/open-data/desks.json',
    '/api/v1/sessions',
  ]
  const OTHERS = [
    '/',
    '/calendar',
    `/sessions/${MITO}`,
    '/lookup',
    '/open-data',
    '/desk',
    '/api/docs',
    '/healthz',
    '/api/v1/bookings/x',
  ]

  test('may be read by the pages of any site, and nothing else may', async () => {
    for (const path of [...DATA, `/api/v1/sessions/${MITO}`, '/api/openapi.json']) {
      const { headers } = await s.ask(path)
      expect([headers.get('access-control-allow-origin'), headers.get('cross-origin-resource-policy')], path).toEqual([
        '*',
        'cross-origin',
      ])
      const asked = await s.ask(path, { method: 'OPTIONS' })
      expect([asked.status, asked.headers.get('access-control-allow-methods')], path).toEqual([204, 'GET, HEAD'])
    }
    const { token } = await s.booked()
    for (const path of [...OTHERS, `/b/${token}/booking.ics`]) {
      const { headers } = await s.ask(path)
      expect(headers.get('access-control-allow-origin'), path).toBeNull()
      expect(headers.get('cross-origin-resource-policy'), path).toBe('same-origin')
    }
  })
})
