import { afterAll, beforeAll, expect, test } from 'vitest'
import { texts } from '../../templates/text/index.ts'
import { type PostOffice, parsed, postOffice } from '../mail/post-office.ts'
import { openDatabase, openWorker } from '../worker/wrangler.ts'
import { barriers, nextInMito, openBrowser, sideScroll } from './house.ts'

const t = texts('ja')

let rows: Awaited<ReturnType<typeof openDatabase>>
let worker: Awaited<ReturnType<typeof openWorker>>
let office: PostOffice
let browser: Awaited<ReturnType<typeof openBrowser>>

beforeAll(async () => {
  rows = await openDatabase()
  office = await postOffice()
  worker = await openWorker(rows.folder, { SMTP_URL: office.url })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await worker?.close()
  await office?.close()
  rows?.close()
})

test('a firm in Mito books on the Worker with a browser, reads the letter and cancels by its link', async () => {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  const follow = (click: Promise<void>) => Promise.all([page.waitForEvent('load'), click])
  const { id } = await nextInMito(worker.base)

  await page.goto(worker.base)
  expect(await barriers(page)).toEqual([])
  expect(await sideScroll(page)).toBe(0)
  await page.goto(`${worker.base}/sessions/${id}`)
  await page.locator('input[name=slot]:not([disabled])').first().check()
  await follow(page.getByRole('button', { name: t.session.book }).click())
  await page.locator('input[name=format]').first().check()
  await page.locator('#company').fill('有限会社 水戸納豆')
  await page.locator('#name').fill('﨑山 𠮷子')
  await page.locator('#name_kana').fill('さきやま よしこ')
  await page.locator('#email').fill('yoshiko@example.jp')
  await page.locator('#phone').fill('０２９ー２２４ー０００１')
  await page.locator('#consent').check()
  await follow(page.locator('button[type=submit]:visible').last().click())
  expect(await page.locator('h1').innerText()).toBe(t.confirm.title)
  await follow(page.getByRole('button', { name: t.confirm.submit }).click())
  expect(page.url()).toMatch(/\/b\/[^/]+\/done$/)
  expect(await page.locator('main').innerText()).toMatch(/IB-\d{4}-\d\d/)
  if (process.env.SCREENSHOT) await page.screenshot({ path: process.env.SCREENSHOT, fullPage: true })

  await expect.poll(() => office.received.length, { timeout: 30_000 }).toBe(1)
  const letter = await parsed(office.received[0])
  await page.goto(/http\S+\/b\/\S+/.exec(letter.text ?? '')?.[0] ?? '')
  await follow(page.getByRole('link', { name: t.booking.cancel }).click())
  await follow(page.getByRole('button', { name: t.cancel.submit }).click())
  expect(await page.locator('main').innerText()).toContain(`${t.booking.given.cancelled}${t.booking.mailed}`)
  await expect.poll(() => office.received.length, { timeout: 30_000 }).toBe(2)
  expect(complaints).toEqual([])
})
