import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import { MITO } from '../../world.ts'
import { type Site, site } from '../app.ts'
import { signedIn } from '../desk/fixtures.ts'

let s: Site
let staff: string
let token: string

beforeAll(async () => {
  s = await site({ cache: true, elapsed: () => 0 })
  token = (await s.booked()).token
  staff = (await signedIn(s, 'secretariat')).cookie
})

/** Public addresses, each as a browser, a program or a crawler asks for it. */
const PUBLIC = [
  '/',
  '/calendar',
  '/calendar?prefecture=08&lang=en',
  '/calendar?month=2026-12&view=list',
  '/desks',
  '/subscribe',
  '/about/privacy',
  '/about/accessibility',
  `/sessions/${MITO}`,
  '/api/v1/sessions',
  '/api/v1/sessions?lang=en',
  `/api/v1/sessions/${MITO}`,
]
const DATA = ['/calendar.ics', '/calendar.ics?lang=en', '/feed.xml', '/sitemap.xml', `/sessions/${MITO}.ics`]

const COOKIES = ['', 'lang=en', 'lang=ja', 'keys=off', 'prefecture=08']

/** What a cache that keeps to RFC 9111 knows an answer by, besides its address: what Vary names. */
const keyOf = (vary: string, headers: Record<string, string>) =>
  vary
    .toLowerCase()
    .split(',')
    .map((name) => headers[name.trim()] ?? '')
    .join(' | ')

test('what a shared cache may keep is the same for everybody who is given it, and sets no cookie', async () => {
  const shared: string[] = []
  for (const path of [...PUBLIC, ...DATA]) {
    const kept = new Map<string, string>()
    for (const cookie of [...COOKIES, staff, `${staff}; lang=en`]) {
      for (const encoding of ['', 'gzip']) {
        const headers = { cookie, 'accept-encoding': encoding }
        const answer = await s.ask(path, { headers })
        const control = answer.headers.get('cache-control') ?? ''
        const isShared = control.includes('s-maxage')
        expect([path, cookie, isShared || control]).toEqual([path, cookie, isShared || 'private, no-cache'])
        if (!isShared) continue
        shared.push(path)
        expect([path, answer.headers.get('set-cookie')]).toEqual([path, null])
        const key = keyOf(answer.headers.get('vary') ?? '', headers)
        const before = kept.get(key) ?? answer.body
        expect([path, cookie, before === answer.body]).toEqual([path, cookie, true])
        kept.set(key, answer.body)
      }
    }
  }
  expect([...new Set(shared)]).toEqual([...PUBLIC, ...DATA])
})

test('an address that changes the language of a browser is for that browser alone', async () => {
  const answer = await s.ask('/?lang=en')
  expect(answer.headers.get('set-cookie')).toMatch(/^lang=en/)
  expect(answer.headers.get('cache-control')).toBe('private, no-cache')
  const again = await s.ask('/?lang=en', { headers: { cookie: 'lang=en' } })
  expect([again.headers.get('set-cookie'), again.body]).toEqual([null, answer.body])
  expect(again.headers.get('cache-control')).toContain('s-maxage')
})

test('what programs read is in the language of its address, and leaves that of the browser alone', async () => {
  for (const path of DATA) {
    const answer = await s.ask(`${path.replace(/\?.*/, '')}?lang=en`)
    expect([path, answer.headers.get('set-cookie')]).toEqual([path, null])
  }
})

test('what shows free places may be two seconds old, and a browser asks each time', async () => {
  const page = (await s.ask(`/sessions/${MITO}`)).headers
  expect(page.get('cache-control')).toBe('public, max-age=0, s-maxage=2, must-revalidate')
  expect(page.get('cdn-cache-control')).toBe('public, max-age=2, stale-while-revalidate=10')
  expect((await s.ask('/api/v1/sessions')).headers.get('cache-control')).toBe(
    'public, max-age=0, s-maxage=2, stale-while-revalidate=10',
  )
})

test('forms, pages of one person and the console are kept by no shared cache', async () => {
  const own = [
    `/sessions/${MITO}/book`,
    `/sessions/${MITO}/book?sent=x`,
    '/lookup',
    '/prefecture',
    '/prefecture/dates',
    `/b/${token}`,
    `/b/${token}/move`,
    `/b/${token}/booking.ics`,
    '/tell/nobody',
    '/desk',
    '/desk/figures',
    '/desk/sign-in',
    '/sessions/nothing',
    '/calendar?nothing=1',
  ]
  for (const path of own) {
    for (const cookie of ['', staff]) {
      const { headers } = await s.ask(path, { headers: { cookie } })
      expect([path, headers.get('cache-control')]).toEqual([
        path,
        expect.stringMatching(/^(?:private, )?no-(?:store|cache)$/),
      ])
      expect([path, headers.get('cdn-cache-control')]).toEqual([path, null])
    }
  }
})

/** The bytes of an answer, and how they are encoded. */
async function bytes(path: string, encoding: string, more: Record<string, string> = {}) {
  const answer = await s.app.request(path, { headers: { 'accept-encoding': encoding, ...more } })
  const { status, headers } = answer
  return { status, headers, body: Buffer.from(await answer.arrayBuffer()), as: headers.get('content-encoding') }
}

test('pages, feeds, data and assets are sent as small as the client takes them', async () => {
  const style = /\/assets\/style\.css\?v=\w+/.exec((await s.ask('/')).body)?.[0] ?? ''
  for (const path of ['/', '/calendar?prefecture=08', '/calendar.ics', '/api/v1/sessions', '/feed.xml', style]) {
    const plain = await bytes(path, 'identity')
    const br = await bytes(path, 'gzip, deflate, br;q=0.9')
    const gzip = await bytes(path, 'br;q=0, gzip')
    expect([path, plain.as, br.as, gzip.as]).toEqual([path, null, 'br', 'gzip'])
    expect(brotliDecompressSync(br.body).equals(plain.body)).toBe(true)
    expect(gunzipSync(gzip.body).equals(plain.body)).toBe(true)
    expect(br.body.length).toBeLessThan(plain.body.length / 2)
    expect(gzip.body.length).toBeLessThan(plain.body.length / 2)
    const tags = [plain, br, gzip].map(({ headers }) => headers.get('etag') ?? '')
    expect(new Set(tags).size).toBe(3)
    const [, tag = ''] = tags
    const again = await bytes(path, 'br', { 'if-none-match': tag })
    expect([path, again.status, again.headers.get('etag'), again.as]).toEqual([path, 304, tag, null])
    for (const one of [plain, br, again]) expect(one.headers.get('vary')).toContain('Accept-Encoding')
  }
})

test('pictures and what is small are sent as they are', async () => {
  const robots = await bytes('/robots.txt', 'br')
  expect([robots.status, robots.as]).toEqual([200, null])
  const json = await bytes('/assets/manual-today.png', 'br')
  expect(json.as).toBeNull()
})
