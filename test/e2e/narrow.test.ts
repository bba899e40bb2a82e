import { serve } from '@hono/node-server'
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { deskTexts } from '../../templates/text/desk.ts'
import { scheduleTexts } from '../../templates/text/schedule.ts'
import { afterFile } from '../ends.ts'
import { freePort } from '../free-port.ts'
import { site } from '../http/app.ts'
import { signedIn } from '../http/desk/fixtures.ts'
import { uneven } from './cramped.ts'
import { openBrowser } from './house.ts'

const d = deskTexts('ja')
const SLOTS = ['1000', '1100', '1300', '1400']

let base: string
let cookie: string
let secretariat: string
let nobodysMail: () => Promise<unknown>
const bookings: string[] = []
let browser: Browser
beforeAll(async () => {
  const port = await freePort()
  base = `http://localhost:${port}`
  const s = await site({ env: { PUBLIC_URL: base, SMTP_URL: 'smtp://127.0.0.1:1' } })
  const server = serve({ fetch: s.app.fetch, port })
  afterFile(() => server.close())
  for (const slot of SLOTS) {
    bookings.push((await s.booked({ slot: `ibaraki-2026-11-27-${slot}`, email: `a${slot}@example.jp` })).id)
  }
  cookie = (await signedIn(s, 'desk', '08')).cookie
  secretariat = (await signedIn(s, 'secretariat')).cookie
  nobodysMail = () => s.run('update booking set email = null')
  browser = await openBrowser()
  afterFile(() => browser.close())
}, 240_000)

async function phone(javaScriptEnabled: boolean): Promise<BrowserContext> {
  const viewport = { width: 390, height: 844 }
  return browser.newContext({ locale: 'ja-JP', viewport, javaScriptEnabled, extraHTTPHeaders: { cookie } })
}

const heightOf = async (one: Locator) => (await one.boundingBox())?.height ?? 0

test.each([true, false])(
  'on a phone the menu is one button, reached by keyboard (scripts: %s)',
  async (scripts) => {
    const page = await (await phone(scripts)).newPage()
    await page.goto(`${base}/desk`)
    expect(await heightOf(page.locator('.side'))).toBeLessThanOrEqual(64)
    const link = page.locator('.side nav').getByRole('link', { name: d.nav.letters })
    expect(await link.isVisible()).toBe(false)
    // The way past the menu and the name of the site come first.
    for (let i = 0; i < 3; i++) await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await link.waitFor()
    await page.keyboard.press('Escape')
    expect(await link.isVisible()).toBe(false)
    await page.getByRole('button', { name: d.openMenu }).click()
    await link.click()
    await page.waitForURL('**/desk/outbox')
  },
  120_000,
)

test.each([true, false])(
  'acts on ticked rows cover no row before one is ticked (scripts: %s)',
  async (scripts) => {
    const page = await (await phone(scripts)).newPage()
    await page.goto(`${base}/desk/bookings`)
    const bar = page.locator('.ticked')
    expect(await bar.isVisible()).toBe(!scripts)
    expect(scripts || ((await bar.boundingBox())?.y ?? 0) > 844).toBe(true)
    const first = page.locator('tbody .tick').first()
    await first.check()
    const box = await bar.boundingBox()
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(845)
    expect(box?.height).toBeLessThan(220)
    await first.uncheck()
    expect(await bar.isVisible()).toBe(!scripts)
  },
  120_000,
)

test('long lists are short on a phone, and closures of the next fiscal year are folded', async () => {
  const page = await (await phone(true)).newPage()
  for (const path of ['/desk/closures', '/desk/outbox', '/desk/journal']) {
    await page.goto(`${base}${path}`)
    const rows = await page.locator('.compact tbody tr').all()
    expect(rows.length).toBeGreaterThan(SLOTS.length - 1)
    for (const row of rows) {
      expect([path, await row.innerText(), (await heightOf(row)) < 170]).toEqual([path, expect.anything(), true])
    }
  }
  await page.goto(`${base}/desk/closures`)
  const later = page.locator('details.later')
  const seen = page.getByText('2027年4月29日(木)', { exact: true }).first()
  expect(await seen.isVisible()).toBe(false)
  await later.locator('summary').click()
  await seen.waitFor()
  expect(await later.locator('summary').innerText()).toMatch(/^来年度以降の休止日（\d+件）$/)
  expect(await page.getByRole('button', { name: scheduleTexts('ja').closures.lift }).count()).toBeGreaterThan(10)
}, 120_000)

test.each([390, 1280])(
  'boxes stand beside the middle of their words, %i pixels wide',
  async (width) => {
    await nobodysMail()
    const show = async (page: Page, name: string, has = true) => {
      const boxes = await page.locator('main label :is([type=checkbox], [type=radio])').count()
      expect([name, has ? boxes > 0 : true, await uneven(page)]).toEqual([name, true, []])
    }
    const open = (of: string) =>
      browser.newContext({ locale: 'ja-JP', viewport: { width, height: 900 }, extraHTTPHeaders: { cookie: of } })
    const page = await (await open(cookie)).newPage()
    const [one] = bookings
    const session = '/desk/sessions/ibaraki-2026-11-27'
    for (const path of ['move', 'cancel']) {
      await page.goto(`${base}/desk/bookings/${one}/${path}`)
      await show(page, `booking-${path}`, path === 'cancel')
    }
    for (const path of ['/desk/bookings/new', '/desk/messages/new?session=ibaraki-2026-11-27', '/desk/security']) {
      await page.goto(`${base}${path}`)
      await show(page, path.split('?')[0]?.replaceAll('/', '-') ?? '', path.includes('messages'))
    }
    await page.goto(`${base}${session}/call-off`)
    await page.locator('[name=reason_ja]').first().fill('台風')
    await page.locator('form [type=submit]').last().click()
    await page.waitForLoadState()
    await show(page, 'call-off', false)
    await page.goto(`${base}/desk/bookings`)
    await page.locator('tbody .tick').first().check()
    await page.locator('[name=act][value=move]').click()
    await page.locator('#session').selectOption({ index: 2 })
    await page.waitForLoadState()
    if ((await page.locator('[name=told]').count()) === 0)
      await page.getByRole('button', { name: d.ledger.ticked.show }).click()
    await page.locator('[name=told]').waitFor()
    await show(page, 'ticked-move')
    const all = await (await open(secretariat)).newPage()
    for (const path of [
      '/desk/programme',
      '/desk/webhooks/new',
      '/desk/venues',
      '/desk/desks/new',
      '/desk/series/new',
    ]) {
      await all.goto(`${base}${path}`)
      await show(all, path.replaceAll('/', '-'), false)
    }
  },
  240_000,
)
