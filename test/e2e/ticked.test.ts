import Database from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deskTexts } from '../../templates/text/desk.ts'
import { application, freshKey } from '../world.ts'
import { barriers, type House, madoguchi, nextInMito, openHouse, sideScroll } from './house.ts'

const d = deskTexts('ja')
const t = d.ledger.ticked
const MANY = 12

let house: House
let withScripts: Page
let plain: Page
const db = () => new Database(house.env.DATABASE_URL?.replace('sqlite:', ''))
const run = (sql: string) => {
  const open = db()
  open.prepare(sql).run()
  open.close()
}

beforeAll(async () => {
  house = await openHouse()
  const of = ['--name', '水戸 花子', '--role', 'desk', '--prefectures', '08']
  await madoguchi(house, 'staff', 'add', 'hanako@example.jp', ...of)
  run('update session set capacity = 100')
  run('update slot set capacity = 100')
  const { id, slots } = await nextInMito(house.base)
  for (let i = 0; i < MANY; i++) {
    const answer = await fetch(`${house.base}/api/v1/bookings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': freshKey() },
      body: JSON.stringify(application({ session: id, slot: slots[0]?.id })),
    })
    if (answer.status !== 201) throw new Error(`not booked: ${answer.status}`)
  }
  const context = await house.browser.newContext({ locale: 'ja-JP', viewport: { width: 1280, height: 800 } })
  withScripts = await context.newPage()
  withScripts.setDefaultTimeout(30_000)
  await withScripts.goto(`${house.base}/desk`)
  await withScripts.getByLabel(d.signIn.email).fill('hanako@example.jp')
  await withScripts.keyboard.press('Enter')
  await withScripts.getByText(d.signIn.sentTitle).first().waitFor()
  const [letter] = await house.lettersTo('hanako@example.jp')
  await withScripts.goto(/http\S+\/desk\/sign-in\/\S+/.exec(letter?.text ?? '')?.[0] ?? '')
  await withScripts.getByRole('button', { name: d.signIn.press }).click()
  await withScripts.getByText('水戸 花子').first().waitFor()
  const storageState = await context.storageState()
  const phone = { width: 390, height: 800 }
  const small = await house.browser.newContext({ storageState, javaScriptEnabled: false, viewport: phone })
  plain = await small.newPage()
  plain.setDefaultTimeout(30_000)
}, 240_000)
afterAll(() => house?.close())

/** Ticks all bookings of the ledger and moves them to the nth day that is offered. */
async function movesAll(page: Page, nth: number): Promise<void> {
  await page.goto(`${house.base}/desk/bookings`)
  const boxes = page.locator('tbody input[name=ids]')
  expect(await boxes.count()).toBe(MANY)
  for (let i = 0; i < MANY; i++) await boxes.nth(i).check()
  await page.getByRole('button', { name: t.acts.move }).click()
  const days = await page
    .locator('#session option')
    .evaluateAll((all) => all.map((one) => one.getAttribute('value') ?? '').filter((value) => value !== ''))
  await page.locator('#session').selectOption(days[nth] ?? '')
  const show = page.getByRole('button', { name: t.show })
  if (await show.isVisible()) await show.click()
  await page.getByRole('button', { name: t.go.move(MANY) }).click()
}

test.each(['with scripts', 'without scripts'])(
  '%s many bookings move, and their page comes to its end by itself',
  async (which) => {
    const page = which === 'with scripts' ? withScripts : plain
    await movesAll(page, page === plain ? 3 : 1)
    expect(page.url()).toContain('/desk/bookings/ticked/')
    await page.getByText(t.doneAll(MANY, MANY)).waitFor()
    expect(await page.getByText(t.done.move, { exact: true }).count()).toBe(MANY)
  },
  240_000,
)

test('halfway its page and the ledger say how far it is, without barriers, on a desk and on a phone', async () => {
  run("update ticked set state = 'waiting', claimed_by = 'another', claimed_until = '2999-01-01T00:00:00.000Z'")
  run("update ticked_booking set state = 'waiting' where position >= 5")
  run("update ticked_booking set state = 'refused', why = 'changed' where position = 2")
  const path = new URL(withScripts.url()).pathname
  for (const [page, width] of [
    [withScripts, 1280],
    [plain, 390],
  ] as const) {
    for (const locale of ['ja', 'en'] as const) {
      const words = deskTexts(locale).ledger.ticked.long
      await page.goto(`${house.base}${path}?lang=${locale}&still=1`)
      await page.getByText(words.far(5, MANY)).waitFor()
      expect([locale, await sideScroll(page)]).toEqual([locale, 0])
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/far-${locale}-${width}.png` })
      await page.goto(`${house.base}/desk/bookings?lang=${locale}`)
      await page.getByRole('link', { name: words.see }).first().waitFor()
      if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/ledger-${locale}-${width}.png` })
    }
  }
  await withScripts.goto(`${house.base}${path}?still=1`)
  expect(await barriers(withScripts)).toEqual([])
  await withScripts.goto(`${house.base}/desk/bookings`)
  expect(await barriers(withScripts)).toEqual([])
}, 240_000)
