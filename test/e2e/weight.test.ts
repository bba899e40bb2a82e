import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type House, nextInMito, openHouse } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

/** A slow telephone network: 400 kbit a second each way, 400 ms until an answer begins. */
const SLOW = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 }

/** How far things moved after they were first painted (https://web.dev/articles/cls), without windows of time. */
const shiftOf = (page: Page) =>
  page.evaluate<number>(`new Promise((resolve) => {
    let sum = 0
    const add = (list) => { for (const { value } of list.getEntries()) sum += value }
    new PerformanceObserver(add).observe({ type: 'layout-shift', buffered: true })
    setTimeout(() => resolve(sum), 300)
  })`)

/** What a first visit takes over a slow network: the bytes of all its answers, and how far things moved. */
async function visit(path: string, width: number) {
  const context = await house.browser.newContext({ viewport: { width, height: 800 } })
  const page = await context.newPage()
  const network = await context.newCDPSession(page)
  await network.send('Network.enable')
  await network.send('Network.emulateNetworkConditions', SLOW)
  const sizes: number[] = []
  network.on('Network.loadingFinished', ({ encodedDataLength }) => sizes.push(encodedDataLength))
  await page.goto(house.base + path)
  await page.waitForLoadState('networkidle')
  const took = await page.evaluate<number>("performance.getEntriesByType('navigation')[0].loadEventEnd")
  const shift = await shiftOf(page)
  await context.close()
  const bytes = sizes.reduce((sum, one) => sum + one, 0)
  const told = `${sizes.length} answers, ${(bytes / 1000).toFixed(1)} kB, loaded in ${(took / 1000).toFixed(1)} s`
  process.stdout.write(`${path} at ${width} px over slow 3G: ${told}, layout shift ${shift.toFixed(4)}\n`)
  return { bytes, shift, answers: sizes.length }
}

test.each([
  ['/', 60_000],
  ['/calendar', 60_000],
  ['session', 150_000],
])('%s is light, and nothing moves while it loads, on a phone and a desktop', async (path, most) => {
  const address = path === 'session' ? `/sessions/${(await nextInMito(house.base)).id}` : path
  for (const width of [390, 1280]) {
    const { bytes, shift, answers } = await visit(address, width)
    expect(answers).toBeGreaterThan(2)
    expect(bytes).toBeLessThan(most)
    expect(shift).toBeLessThan(0.01)
  }
})

test('what moves after it was painted is found', async () => {
  const page = await house.browser.newPage()
  await page.goto(house.base)
  await page.waitForTimeout(600)
  await page.evaluate("document.body.insertAdjacentHTML('afterbegin', '<p>late</p>'.repeat(10))")
  expect(await shiftOf(page)).toBeGreaterThan(0.01)
  await page.close()
})
