import { beforeEach, describe, expect, test } from 'vitest'
import { texts } from '../../templates/text/index.ts'
import { lines, withAccounts } from '../acts.ts'
import { MITO, NOW } from '../world.ts'
import { pageOf, type Site, site } from './app.ts'
import { asked } from './desk/fixtures.ts'

const t = texts('ja')
const later = (seconds: number) => new Date(Date.parse(NOW) + seconds * 1000).toISOString()

describe('headers', () => {
  test.each([
    '/',
    `/sessions/${MITO}/book`,
    '/nothing',
    '/calendar.ics',
    '/api/v1/sessions',
    '/api/docs',
    '/healthz',
    '/assets/style.css',
  ])('at %s let nothing in from elsewhere', async (path) => {
    const { headers } = await (await site()).ask(path)
    const policy = Object.fromEntries(
      (headers.get('content-security-policy') ?? '')
        .split('; ')
        .map((one) => [one.split(' ')[0], one.split(' ').slice(1)]),
    )
    expect(policy).toEqual({
      'default-src': ["'none'"],
      'base-uri': ["'none'"],
      'connect-src': ["'self'"],
      'form-action': ["'self'", 'http://localhost:8787'],
      'frame-ancestors': ["'none'"],
      'frame-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
    })
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('x-frame-options')).toBe('DENY')
    expect(headers.get('referrer-policy')).toBe('same-origin')
    expect(headers.get('permissions-policy')).toBe('camera=(), geolocation=(), microphone=(), payment=(), usb=()')
    expect(headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/)
    expect(headers.get('strict-transport-security')).toBeNull()
    expect(headers.get('server') ?? headers.get('x-powered-by')).toBeNull()
  })

  test('ask for HTTPS if the site is on it', async () => {
    const secure = await site({ env: { PUBLIC_URL: 'https://madoguchi.example' } })
    const { headers } = await secure.ask('/')
    expect(headers.get('strict-transport-security')).toBe('max-age=31536000; includeSubDomains')
    expect(headers.get('content-security-policy')).toContain("form-action 'self' https://madoguchi.example")
  })
})

describe('an answer', () => {
  /** How many answers are made while something is asked for. */
  async function answersMade(ask: () => Promise<unknown>): Promise<number> {
    const { Response: Plain } = globalThis
    let made = 0
    globalThis.Response = class extends Plain {
      constructor(...given: ConstructorParameters<typeof Plain>) {
        super(...given)
        made++
      }
    }
    try {
      await ask()
    } finally {
      globalThis.Response = Plain
    }
    return made
  }

  test.each(['/', '/calendar.ics', '/api/v1/sessions', '/desks?lang=en'])('to %s is made once', async (path) => {
    const s = await site({ cache: true })
    await s.ask('/')
    expect(await answersMade(() => s.ask(path))).toBe(1)
    expect(await answersMade(() => s.ask(path))).toBe(1)
  })

  test('to a body that says its length does not open it to measure it', async () => {
    const { app } = await site()
    const sent = (headers: Record<string, string>) => {
      const request = new Request('http://localhost/lookup/link', { method: 'POST', body: 'number=1', headers })
      let opened = 0
      const { body } = request
      Object.defineProperty(request, 'body', {
        get() {
          opened++
          return body
        },
      })
      return Promise.resolve(app.request(request)).then(({ status }) => ({ status, opened }))
    }
    const type = { 'content-type': 'application/x-www-form-urlencoded' }
    expect((await sent({ ...type, 'content-length': '8' })).opened).toBe(0)
    expect((await sent({ ...type, 'content-length': String(64 * 1024 + 1) })).status).toBe(413)
    expect((await sent({ ...type, 'content-length': '8', 'transfer-encoding': 'chunked' })).opened).toBeGreaterThan(0)
    expect((await sent(type)).opened).toBeGreaterThan(0)
  })
})

describe('what another site makes a browser send', () => {
  let s: Site
  let token: string
  beforeEach(async () => {
    s = await site()
    token = (await s.booked()).token
  })

  const doors = () => [`/sessions/${MITO}/book`, '/lookup/link', `/b/${token}/cancel`, `/b/${token}/amend`, '/nothing']

  test.each([
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': '' },
    { 'sec-fetch-site': 'cross-site', origin: 'null' },
  ])('(%j) is refused with 403 at every door that writes', async (headers) => {
    for (const door of doors()) {
      const answer = pageOf(await s.post(door, [], { host: 'localhost:8787', ...headers }))
      expect([door, answer.status]).toEqual([door, 403])
      expect(answer.text).toContain(t.fault[403].what)
    }
  })

  test('without a trustworthy origin (null) is let through only if the address holds a token', async () => {
    const statuses: number[] = []
    for (const door of doors())
      statuses.push((await s.post(door, [], { origin: 'null', host: 'localhost:8787' })).status)
    expect(statuses).toEqual([403, 403, 303, 409, 403])
  })

  test('cannot sign a browser in to an account of the sender, not even without a trustworthy origin', async () => {
    await withAccounts(s)
    await s.post('/desk/sign-in', [['email', 'desk@example.jp']])
    const { token: link } = await asked(s)
    const page = await s.page(`/desk/sign-in/${link}`)
    expect(page.headers.get('referrer-policy')).toBe('strict-origin')
    const forged = await s.post(`/desk/sign-in/${link}`, [], { origin: 'null', host: 'localhost:8787' })
    expect([forged.status, forged.headers.get('set-cookie')]).toEqual([403, null])
    const refusal = { actor: 'public', act: 'account.sign_in_refused', detail: { why: 'cross_site' } }
    expect(await lines(s, 'nobody')).toEqual([refusal])
    const own = { origin: 'http://localhost:8787', host: 'localhost:8787' }
    expect((await s.post(`/desk/sign-in/${link}`, [], own)).status).toBe(303)
  })

  test('may be read: a link from elsewhere leads here', async () => {
    for (const path of ['/', `/sessions/${MITO}/book`, `/b/${token}`, `/b/${token}/cancel`]) {
      const headers = { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' }
      expect((await s.ask(path, { headers })).status).toBe(200)
    }
  })

  test('carries no authority to the API, which takes its own from the Authorization header', async () => {
    const elsewhere = { origin: 'https://evil.example' }
    const { headers } = await s.ask('/api/v1/bookings', { method: 'POST', headers: elsewhere })
    expect(headers.get('access-control-allow-origin')).toBeNull()
    // Public data may be read from anywhere, never with cookies.
    const open = (await s.ask('/api/v1/sessions', { headers: elsewhere })).headers
    expect(open.get('access-control-allow-origin')).toBe('*')
    expect(open.get('access-control-allow-credentials')).toBeNull()
  })
})

describe('the rate', () => {
  const form = (s: Site, from?: string) => s.post(`/sessions/${MITO}/book`, [], {}, from)

  async function following(count: number, once: () => Promise<{ status: number }>): Promise<number> {
    const statuses = new Set<number>()
    for (let i = 0; i < count; i++) statuses.add((await once()).status)
    expect(statuses).toEqual(new Set([422]))
    return (await once()).status
  }

  test('of writing is 120 a minute from one address; the next is told when to retry', async () => {
    const s = await site({ env: { RATE_LIMIT: 'on' } })
    expect(await following(120, () => form(s))).toBe(429)
    s.at(later(20.5))
    const page = pageOf(await form(s))
    expect(page.status).toBe(429)
    expect(page.headers.get('retry-after')).toBe('40')
    expect(page.text).toContain(t.fault[429].what)
    expect((await form(s, '192.0.2.2')).status).toBe(422)
    s.at(later(60))
    expect((await form(s)).status).toBe(422)
  })

  test('of asking for one’s link is ten in ten minutes', async () => {
    const s = await site({ env: { RATE_LIMIT: 'on' } })
    const ask = () => s.post('/lookup/link', [['email', 'none']])
    expect(await following(10, ask)).toBe(429)
    expect((await ask()).headers.get('retry-after')).toBe('600')
    s.at(later(599))
    expect((await ask()).status).toBe(429)
    s.at(later(600))
    expect((await ask()).status).toBe(422)
  })

  test('of writing does not count reading', async () => {
    const s = await site({ env: { RATE_LIMIT: 'on' } })
    expect(await following(120, () => form(s))).toBe(429)
    for (const path of ['/', '/calendar', '/api/v1/sessions', '/healthz']) expect((await s.ask(path)).status).toBe(200)
  })

  test('is of the address that connects, whatever it claims to forward', async () => {
    const s = await site({ env: { RATE_LIMIT: 'on' } })
    let i = 0
    const claiming = () => s.post(`/sessions/${MITO}/book`, [], { 'x-forwarded-for': `198.51.100.${i++}` })
    expect(await following(120, claiming)).toBe(429)
  })

  test('behind a proxy is of the address that the proxy saw last', async () => {
    const s = await site({ env: { RATE_LIMIT: 'on', TRUST_PROXY: '1' } })
    let i = 0
    const through = () => s.post(`/sessions/${MITO}/book`, [], { 'x-forwarded-for': `203.0.113.${i++}, 198.51.100.7` })
    expect(await following(120, through)).toBe(429)
    const other = await s.post(`/sessions/${MITO}/book`, [], { 'x-forwarded-for': '198.51.100.7, 198.51.100.8' })
    expect(other.status).toBe(422)
  })

  test('is of a whole /64 of IPv6, and of IPv4 however it is written', async () => {
    const s = await site({ env: { RATE_LIMIT: 'on' } })
    let i = 0
    expect(await following(120, () => form(s, `2001:db8:0:1::${(i++).toString(16)}`))).toBe(429)
    expect((await form(s, '2001:db8:0:2::1')).status).toBe(422)
    expect((await form(s, '192.0.2.9')).status).toBe(422)
    expect(await following(119, () => form(s, '::ffff:192.0.2.9'))).toBe(429)
  })

  test('of reading is 600 at once and 20 a second from one network, and the next is told when to retry', async () => {
    const s = await site({ env: { RATE_LIMIT: 'on' } })
    const statuses = new Set<number>()
    for (let i = 0; i < 600; i++) statuses.add((await s.ask('/about/privacy')).status)
    expect(statuses).toEqual(new Set([200]))
    const refused = await s.ask('/about/privacy')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
    expect((await s.ask('/about/privacy', {}, '192.0.2.2')).status).toBe(200)
    for (const path of ['/healthz', '/readyz', '/assets/style.css']) expect((await s.ask(path)).status).toBe(200)
    s.at(later(1))
    for (let i = 0; i < 20; i++) expect((await s.ask('/about/privacy')).status).toBe(200)
    expect((await s.ask('/about/privacy')).status).toBe(429)
  })

  test('does not follow the clock of the machine back', async () => {
    let elapsed = 0
    const s = await site({ env: { RATE_LIMIT: 'on' }, elapsed: () => elapsed })
    expect(await following(120, () => form(s))).toBe(429)
    s.at(later(-3600))
    expect((await form(s)).headers.get('retry-after')).toBe('60')
    elapsed = 60_000
    expect((await form(s)).status).toBe(422)
  })

  test('is not limited if it is switched off, for load tests', async () => {
    const s = await site({ env: { RATE_LIMIT: 'off' } })
    expect(await following(150, () => form(s))).toBe(422)
  })
})
