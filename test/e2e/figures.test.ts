import type { Page } from 'playwright-core'
import { readSheet } from 'read-excel-file/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deskTexts } from '../../templates/text/desk.ts'
import { figuresTexts } from '../../templates/text/figures.ts'
import { application, freshKey } from '../world.ts'
import { barriers, type House, madoguchi, nextInMito, openHouse, sideScroll } from './house.ts'

const t = figuresTexts('ja')
const MAIL = 'shiori@example.jp'

let house: House
let page: Page
/** The same desk, without JavaScript. */
let plain: Page
let year: string
beforeAll(async () => {
  house = await openHouse()
  await madoguchi(house, 'staff', 'add', MAIL, '--name', '那珂 栞', '--role', 'desk', '--prefectures', '08')
  const day = await nextInMito(house.base)
  const body = application({ session: day.id, slot: day.slots[0]?.id, name: '𠮷田 花子', phone: '0292240001' })
  const headers = { 'content-type': 'application/json', 'idempotency-key': freshKey() }
  const booked = await fetch(`${house.base}/api/v1/bookings`, { method: 'POST', headers, body: JSON.stringify(body) })
  if (booked.status !== 201) throw new Error(`not booked: ${booked.status}`)
  const now = new Date().getFullYear()
  year = `from=${now - 1}-04-01&to=${now + 1}-03-31`
  const context = await house.browser.newContext({ viewport: { width: 1280, height: 800 } })
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(`${house.base}/desk`)
  await page.getByLabel(deskTexts('ja').signIn.email).fill(MAIL)
  await page.getByRole('button', { name: deskTexts('ja').signIn.send }).click()
  const [letter] = await house.lettersTo(MAIL)
  await page.goto(/http\S+\/desk\/sign-in\/\S+/.exec(letter?.text ?? '')?.[0] ?? '')
  await page.getByRole('button', { name: deskTexts('ja').signIn.press }).click()
  await page.waitForURL('**/desk')
  const storageState = await context.storageState()
  plain = await (await house.browser.newContext({ storageState, javaScriptEnabled: false })).newPage()
  plain.setDefaultTimeout(15_000)
}, 120_000)
afterAll(() => house?.close())

test.each([
  ['/desk/figures', 1280],
  ['/desk/figures', 390],
  ['/desk/figures/report', 1280],
  ['/desk/figures/report', 390],
])('%s has no barriers at %i pixels, and scrolls to no side', async (path, width) => {
  await page.setViewportSize({ width, height: 800 })
  await page.goto(`${house.base}${path}?${year}`)
  expect(await barriers(page)).toEqual([])
  expect(await sideScroll(page)).toBe(0)
})

test('the ledger comes as a workbook, without a script', async () => {
  await plain.goto(`${house.base}/desk/figures?${year}`)
  const download = plain.waitForEvent('download')
  await plain.getByRole('button', { name: t.export.submit, exact: true }).click()
  const file = await download
  expect(file.suggestedFilename()).toMatch(/^ledger-.*\.xlsx$/)
  const rows = await readSheet(await file.path())
  expect(rows[1]).toEqual(expect.arrayContaining(['𠮷田 花子', '0292240001']))
})

test('what Shift_JIS would lose is shown first', async () => {
  await plain.goto(`${house.base}/desk/figures?${year}`)
  await plain.getByLabel(t.export.format).selectOption('sjis')
  await plain.getByRole('button', { name: t.export.submit, exact: true }).click()
  await plain.getByRole('heading', { name: t.export.lost.title }).waitFor()
  expect(await plain.getByRole('cell', { name: '𠮷' }).count()).toBe(1)
  const download = plain.waitForEvent('download')
  await plain.getByRole('button', { name: t.export.lost.anyway }).click()
  expect((await download).suggestedFilename()).toMatch(/\.csv$/)
})
