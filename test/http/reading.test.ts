import { parse } from 'node-html-parser'
import { beforeAll, expect, test } from 'vitest'
import { bookingById } from '../../src/booking/queries.ts'
import { isAboutBooking, letterOf } from '../../src/mail/letters.ts'
import type { OutboxRow } from '../../src/store/schema.ts'
import { everything } from '../everything.ts'
import { application, freshKey, MITO } from '../world.ts'
import { fileNamed, pathOf, type Site, site } from './app.ts'
import { type Staff, signedIn } from './desk/fixtures.ts'

let s: Site
let staff: Staff
let tokens: string[]

/** Bookings in every state that can be reached, one unsent letter, one link sent again. */
beforeAll(async () => {
  s = await site({ env: { SMTP_URL: 'smtp://mail.invalid' } })
  const own = [
    await s.booked(),
    await s.booked({ locale: 'en' }),
    await s.booked({ email: 'twice@example.jp', slot: `${MITO}-1100` }),
  ]
  staff = await signedIn(s, 'desk', '08')
  tokens = own.map((one) => one.token)
  await s.post(`/b/${tokens[1]}/cancel`)
  await s.send('/api/v1/bookings', application({ email: 'twice@example.jp' }), { 'idempotency-key': freshKey() })
})

/** The addresses of every GET route, with real values for its parameters. */
async function doors(): Promise<string[]> {
  const letters = await s.column<string>('select id from outbox')
  const bookings = await s.column<string>('select id from booking')
  const paths = s.app.routes.filter((route) => route.method === 'GET').map((route) => route.path)
  return [...new Set(paths)].flatMap((path) => {
    if (path.includes(':token')) return tokens.map((token) => path.replace(':token', token))
    if (/^\/de(?:sk|v)\/letters\//.test(path)) return letters.map((id) => path.replace(':id', id))
    if (path.startsWith('/desk/bookings/') || path.startsWith('/api/v1/bookings/'))
      return bookings.map((id) => path.replace(':id', id))
    return path
      .replace(/:file\{(.*)\}/, (_, rule: string) => fileNamed(rule) ?? `${MITO}.ics`)
      .replace(':id', MITO)
      .replace(':act', 'call-off')
      .replace(':name', 'style.css')
  })
}

/** Every link in every letter, as a mail scanner finds them. */
async function linksInLetters(): Promise<string[]> {
  const found = new Set<string>()
  const rows = await s.rows<OutboxRow>('select * from outbox')
  for (const row of rows.filter(isAboutBooking)) {
    const booking = await bookingById(s.ctx, row.subject)
    const letter = booking && (await letterOf(s.ctx, row, booking))
    const hrefs = parse(letter?.html ?? '')
      .querySelectorAll('a[href]')
      .map((one) => one.getAttribute('href') ?? '')
    for (const href of hrefs) if (href.startsWith('http://localhost:8787/')) found.add(pathOf(href))
  }
  return [...found]
}

/** Every row but the record of what staff read (docs/domain.md rule 12). */
async function withoutReadings() {
  const all = await everything(s)
  return { ...all, journal: all.journal?.filter((row) => !JSON.stringify(row).includes('"act":"reading.')) }
}

test('nothing that is read, at any door, by a person, a mail scanner or a link preview, changes anything', async () => {
  const before = await withoutReadings()
  const letters = await linksInLetters()
  for (const token of tokens) expect(letters.join()).toContain(token)
  const walked = [...(await doors()), ...letters]
  expect(walked.filter((path) => /^\/b\/.*\/cancel$/.test(path))).toHaveLength(3)
  const found = new Set<string>()
  for (const path of walked) {
    const headers = { authorization: `Bearer ${tokens[0]}`, cookie: staff.cookie }
    const answer = await s.ask(path, { headers })
    expect([path, answer.status < 500]).toEqual([path, true])
    const head = await s.ask(path, { method: 'HEAD', headers })
    expect([path, head.status, head.body]).toEqual([path, answer.status, ''])
    await s.ask(path, { method: 'OPTIONS', headers })
    if (!path.startsWith('/b/')) continue
    const links = parse(answer.body)
      .querySelectorAll('main a[href^="/"]')
      .map((one) => one.getAttribute('href') ?? '')
    for (const link of links) found.add(link)
  }
  expect(found.size).toBeGreaterThan(6)
  for (const link of found) await s.ask(link)
  expect(await withoutReadings()).toEqual(before)
})

test('and neither does what is sent with a method that a page does not have', async () => {
  const before = await everything(s)
  for (const path of await doors()) {
    // The holder of a booking may change it.
    const amendable = path.startsWith('/api/v1/bookings/')
    for (const method of ['PUT', 'DELETE', 'TRACE-LIKE', ...(amendable ? [] : ['PATCH'])]) {
      const { status } = await s.ask(path, { method })
      expect([path, status]).toEqual([path, 405])
    }
  }
  for (const path of [`/b/${tokens[0]}`, `/b/${tokens[0]}/done`, '/calendar', '/', '/healthz']) {
    expect((await s.post(path)).status).toBe(405)
  }
  expect(await everything(s)).toEqual(before)
})

test('whereas a post to cancel does', async () => {
  const before = await everything(s)
  await s.post(`/b/${tokens[0]}/cancel`)
  expect(await everything(s)).not.toEqual(before)
})
