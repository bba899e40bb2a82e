import { serve } from '@hono/node-server'
import type { Browser, BrowserContext, Locator } from 'playwright-core'
import { beforeAll, expect, test } from 'vitest'
import { deskTexts } from '../../templates/text/desk.ts'
import { scheduleTexts } from '../../templates/text/schedule.ts'
import { afterFile } from '../ends.ts'
import { freePort } from '../free-port.ts'
import { site } from '../http/app.ts'
import { signedIn } from '../http/desk/fixtures.ts'
import { openBrowser } from './house.ts'

const d = deskTexts('ja')
const SLOTS = ['1000', '1100', '1300', '1400']

let base: string
let cookie: string
let browser: Browser
beforeAll(async () => {
  const port = await freePort()
  base = `http://localhost:${port}`
  const s = await site({ env: { PUBLIC_URL: base, SMTP_URL: 'smtp://127.0.0.1:1' } })
  const server = serve({ fetch: s.app.fetch, port })
  afterFile(() => server.close())
  for (const slot of SLOTS) await s.booked({ slot: `ibaraki-2026-11-27-${slot}`, email: `a${slot}@example.jp` })
  cookie = (await signedIn(s, 'desk', '08')).cookie
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
