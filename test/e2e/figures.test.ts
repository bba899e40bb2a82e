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
  await page.goto(`${house.base}${path}${path.endsWith('report') ? '' : `?${year}`}`)
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

/** The elements whose text leaves the paper, or is hidden by what is around it. */
const cutInPrint = () =>
  page.evaluate<string[]>(`[...document.querySelectorAll('main *')].flatMap((element) => {
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== '')) return []
    const range = document.createRange()
    range.selectNodeContents(element)
    return [...range.getClientRects()].flatMap((rect) => {
      if (rect.width === 0 || element.closest('.sr, svg')) return []
      let right = document.documentElement.clientWidth
      let left = 0
      for (let around = element; around; around = around.parentElement) {
        if (getComputedStyle(around).overflowX === 'visible') continue
        const box = around.getBoundingClientRect()
        right = Math.min(right, box.right)
        left = Math.max(left, box.left)
      }
      return rect.right > right + 1 || rect.left < left - 1 ? [element.textContent.slice(0, 40)] : []
    })
  })`)

test('no text is cut on paper, with the longest texts that are taken', async () => {
  const day = await nextInMito(house.base)
  const long = { company: '株式会社'.repeat(25), name: '長い名前'.repeat(15), name_kana: 'ナガイナマエ'.repeat(13) }
  const body = application({
    ...long,
    session: day.id,
    slot: day.slots[1]?.id,
    email: `${'a'.repeat(60)}@${'long-domain.'.repeat(10)}example.jp`,
    phone: '０２９－２２４－０００１',
    topics: ['general', 'labour', 'ict', 'security', 'subsidy', 'other'],
    message: `${'W'.repeat(300)}${'相談したいこと。'.repeat(200)}`,
  })
  const headers = { 'content-type': 'application/json', 'idempotency-key': freshKey() }
  const answer = await fetch(`${house.base}/api/v1/bookings`, { method: 'POST', headers, body: JSON.stringify(body) })
  expect(answer.status).toBe(201)
  const { booking } = (await answer.json()) as { booking: { id: string; manage_url: string } }
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.goto(`${house.base}/desk/bookings/${booking.id}`)
  await page.locator('#note').fill(`駐車場${'の'.repeat(40)}${'N'.repeat(120)}`)
  await page.getByRole('button', { name: deskTexts('ja').booking.noteSave }).click()
  await page.getByText(deskTexts('ja').booking.done.noted).waitFor()
  const paper = { 'A4 upright': 703, 'A4 across': 1031 }
  const printed: [path: string, width: number][] = [
    [`/desk/sessions/${day.id}/sheet`, paper['A4 upright']],
    [`/desk/sessions/${day.id}`, paper['A4 upright']],
    ['/desk/bookings', paper['A4 upright']],
    [`/desk/bookings/${booking.id}`, paper['A4 upright']],
    ['/desk', paper['A4 upright']],
    ['/desk/figures', paper['A4 upright']],
    ['/desk/figures/report', paper['A4 across']],
    [`/desk/figures/report?month=${day.date.slice(0, 7)}`, paper['A4 across']],
    [new URL(booking.manage_url).pathname, paper['A4 upright']],
    [`${new URL(booking.manage_url).pathname}/done`, paper['A4 upright']],
    ['/calendar', paper['A4 upright']],
    ['/calendar?view=list', paper['A4 upright']],
    [`/sessions/${day.id}`, paper['A4 upright']],
  ]
  await page.emulateMedia({ media: 'print' })
  try {
    for (const [path, width] of printed) {
      for (const lang of ['ja', 'en']) {
        await page.setViewportSize({ width, height: 1000 })
        await page.goto(`${house.base}${path}${path.includes('?') ? '&' : '?'}lang=${lang}`)
        expect([path, lang, await cutInPrint()]).toEqual([path, lang, []])
      }
    }
    await page.goto(`${house.base}/desk/sessions/${day.id}/sheet?lang=ja`)
    for (const said of [long.company, 'W'.repeat(300), 'N'.repeat(120), '助成']) {
      expect(await page.locator('.sheet').innerText()).toContain(said)
    }
  } finally {
    await page.emulateMedia({ media: 'screen' })
  }
}, 120_000)
