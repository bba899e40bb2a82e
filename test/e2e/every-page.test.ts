import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import type { BrowserContext, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { SESSION_ACTS } from '../../src/base/vocabulary.ts'
import { cancel } from '../../src/booking/cancel.ts'
import type { Env } from '../../src/http/env.ts'
import { makeFirstLink } from '../../src/people/first/first-link.ts'
import { afterFile } from '../ends.ts'
import { type Asked, type Facts, facts, MATRIX, withDays } from '../faults/matrix.ts'
import { type Sent, send } from '../faults/requests.ts'
import { freePort } from '../free-port.ts'
import { site } from '../http/app.ts'
import { type Staff, signedIn } from '../http/desk/fixtures.ts'
import { MITO } from '../world.ts'
import { cramped } from './cramped.ts'
import { barriers, openBrowser, sideScroll } from './house.ts'

/** The browser of the API's documents is Swagger's. Letters are shown without scripts, and axe is one. */
const UNREAD = ['GET /api/docs', 'GET /desk/outbox/:id/html', 'GET /desk/texts/sample']

/** Pages that are also looked at in English: the fullest ones. */
const IN_ENGLISH = [
  'GET /',
  'GET /calendar',
  'GET /sessions/:id/book',
  'GET /b/:token',
  'GET /desk',
  'GET /desk/bookings',
  'GET /desk/bookings/new',
  'GET /desk/bookings/:id',
  'GET /desk/sessions/:id',
  'GET /desk/schedule',
  'GET /desk/figures/report',
  'GET /desk/security',
]

/** A booking in another state, which has a page of its own to decide about it. */
const become = (status: string, act: string) => async (f: Facts) => {
  const { id } = await f.booked()
  const before = status === 'cancelled' ? 'booked' : null
  await f.s.run('update booking set status = ?, status_before = ? where id = ?', status, before, id)
  return f.get(`/desk/bookings/${id}/${act}`)
}

/** Pages that a route shows beside the one that the matrix asks for. */
const MORE: Record<string, (f: Facts) => Promise<Asked> | Asked> = {
  approve: become('requested', 'approve'),
  'turn down': become('requested', 'turn-down'),
  restore: become('cancelled', 'restore'),
  promote: become('waiting', 'promote'),
  week: (f) => f.get('/desk/schedule?view=week&date=2026-11-27'),
  list: (f) => f.get('/desk/schedule?view=list'),
  full: async (f) => {
    for (const [i, time] of ['1000', '1100', '1300', '1400', '1500'].entries()) {
      await f.s.booked({ slot: `${MITO}-${time}`, company: `株式会社水戸第${i}食品加工センター` })
    }
    const waits = await f.s.booked({ slot: null, waitlist: true })
    await f.s.run(
      'update booking set message = ? where id = ?',
      `https://example.jp/${'very-long'.repeat(20)}`,
      waits.id,
    )
    return f.get(`/desk/sessions/${MITO}`)
  },
  'sheet of a full day': (f) => f.get(`/desk/sessions/${MITO}/sheet`),
  'ledger in use': (f) => f.get('/desk/bookings?from=2026-11-27&to=2026-11-27'),
  ...Object.fromEntries(SESSION_ACTS.map((act) => [act, (f: Facts) => f.get(`/desk/sessions/${MITO}/${act}`)])),
}

type House = { app: Hono<Env>; base: string }

let context: BrowserContext
let page: Page
/** What the browser has complained about since it was last asked. */
const complaints: string[] = []
beforeAll(async () => {
  const browser = await openBrowser()
  afterFile(() => browser.close())
  context = await browser.newContext({ locale: 'ja-JP' })
  page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  page.on('console', (message) => {
    // A refusal is a page with a status, and the browser says so.
    const ofPage = message.location().url === page.url() && message.text().startsWith('Failed to load resource')
    if (message.type() === 'error' && !ofPage) complaints.push(message.text())
  })
})

/** A site at an address, with routes of the test before its own. */
async function served(before = new Hono<Env>(), seeded = true) {
  const port = await freePort()
  const base = `http://localhost:${port}`
  // With a server for its letters the console shows them as desks see them.
  const s = await site({ seeded, env: { PUBLIC_URL: base, SMTP_URL: 'smtp://127.0.0.1:1' } })
  const app = before.route('/', s.app)
  const server = serve({ fetch: app.fetch, port })
  afterFile(() => server.close())
  return { s, app, base }
}

/** What is wrong with the page that a request gets, on a phone and a desktop. Empty if it answers with a file. */
async function wrongWith({ app, base }: House, { path, headers }: Sent): Promise<string[]> {
  const { type, status, headers: answered } = await send(app, { as: '', method: 'GET', path, headers })
  if (status < 300 && !type.startsWith('text/html')) return []
  // A page about work in progress reloads itself, which would end the reading.
  const still = answered.has('refresh') ? '?still=1' : ''
  await context.clearCookies()
  const [name, value] = headers.cookie?.split('=') ?? []
  // A browser has `__Host-` cookies of localhost also without TLS; the driver wants to see TLS.
  if (name && value) await context.addCookies([{ name, value, url: base.replace('http:', 'https:') }])
  complaints.length = 0
  await page.goto(`${base}${path}${still}`)
  const wrong: string[] = []
  for (const width of [390, 1280]) {
    await page.setViewportSize({ width, height: 900 })
    const wider = await sideScroll(page)
    if (wider > 0) wrong.push(`wider than ${width} by ${wider}`)
    wrong.push(...(await cramped(page)).map((one) => `at ${width} ${one}`))
    wrong.push(...(await barriers(page)).map((one) => `at ${width} ${one}`))
  }
  return [...wrong, ...complaints]
}

test('no page of any route has a barrier, scrolls sideways or complains', { timeout: 1_200_000 }, async () => {
  const house = await served()
  const { s } = house
  await withDays(s)
  const [desk, secretariat] = [await signedIn(s, 'desk', '08'), await signedIn(s, 'secretariat')]
  const f = facts(s, desk, secretariat)
  const wrong: string[] = []
  async function see(name: string, { sent }: Asked, english = false): Promise<void> {
    const path = english ? `${sent.path}${sent.path.includes('?') ? '&' : '?'}lang=en` : sent.path
    const found = await wrongWith(house, { ...sent, path }).catch((error: unknown) => {
      throw new Error(`${name} ${path}`, { cause: error })
    })
    for (const one of found) wrong.push(`${name} ${path}: ${one}`)
  }
  for (const [route, entry] of Object.entries(MATRIX)) {
    if (!route.startsWith('GET ') || UNREAD.includes(route)) continue
    const asked = await entry.ask(f)
    await see(route, asked)
    if (IN_ENGLISH.includes(route)) await see(route, asked, true)
  }
  for (const [name, ask] of Object.entries(MORE)) await see(name, await ask(f))

  const [first = ''] = await s.column<string>("select id from booking where session = ? and status = 'booked'", MITO)
  s.at('2026-11-26T08:00:00.000Z')
  await cancel(s.system, { id: first })
  const later = await signedIn(s, 'desk', '08')
  await see('today with a freed place', facts(s, later, secretariat).get('/desk'))
  expect(wrong).toEqual([])
})

test('neither has a house that nobody has set up yet', { timeout: 300_000 }, async () => {
  const house = await served(undefined, false)
  const first = await makeFirstLink(house.s.system)
  const by = (path: string, staff?: Staff): Sent => ({
    as: '',
    method: 'GET',
    path,
    headers: staff ? { cookie: staff.cookie } : {},
  })
  expect(await wrongWith(house, by(`/desk/first/${first.token}`))).toEqual([])
  const secretariat = await signedIn(house.s, 'secretariat')
  for (const path of ['/desk', '/desk/setup', '/desk/schedule', '/desk/bookings', '/desk/figures']) {
    expect([path, await wrongWith(house, by(path, secretariat))]).toEqual([path, []])
  }
})

test('the negative control: a page with barriers, too wide and with a script of its own is found', async () => {
  const markup = `<!doctype html><html lang="ja"><title>x</title><main><h1>x</h1><img src="/favicon.svg">
    <a href="/">x</a><a href="/">y</a><ul class="plain"><li style="width: 4em">０２９－２２４－０００１</li></ul>
    <label><input type="checkbox" style="vertical-align: top; height: 9rem">box</label><div>${'x'.repeat(400)}</div></main><script>0</script></html>`
  const control = new Hono<Env>().get('/control', (c) =>
    c.html(markup, 200, { 'content-security-policy': "script-src 'self'" }),
  )
  const house = await served(control)
  const wrong = await wrongWith(house, { as: '', method: 'GET', path: '/control', headers: {} })
  expect(wrong).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^wider than 390 by/),
      expect.stringMatching(/^wider than 1280 by/),
      'at 390 touches: x | y',
      expect.stringMatching(/^at 390 box beside its words by \d+: box$/),
      'at 390 telephone on two lines: ０２９－２２４－０００１',
      expect.stringMatching(/^at 390 image-alt/),
      expect.stringMatching(/^at 1280 image-alt/),
      expect.stringContaining('Content Security Policy'),
    ]),
  )
})
