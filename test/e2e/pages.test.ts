import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { barriers, type House, nextInMito, openHouse, sideScroll } from './house.ts'

let house: House
let page: Page
beforeAll(async () => {
  house = await openHouse()
  page = await (await house.browser.newContext()).newPage()
})
afterAll(() => house.close())

const PAGES = [
  '/',
  '/calendar',
  '/calendar?view=list',
  '/calendar?view=week',
  '/calendar?kind=seminar&view=list',
  '/calendar?month=2020-10&prefecture=23',
  '/sessions/seminar-iwate-sample',
  '/sessions/seminar-kagawa',
  '/sessions/seminar-ahead-sample',
  '/sessions/aichi-2020-09-26',
  '/sessions/seminar-saitama',
  '/desks',
  '/subscribe?prefecture=08',
  '/lookup',
  '/prefecture',
  '/about/privacy',
  '/about/accessibility',
  '/open-data',
  '/embed?prefecture=08',
  '/no-such-page',
  '/desk/outbox',
]

test.each(PAGES)('%s is accessible and fits, in Japanese and English, on a phone and a desktop', async (path) => {
  for (const locale of ['ja', 'en'] as const) {
    await page.goto(`${house.base}${path}${path.includes('?') ? '&' : '?'}lang=${locale}`)
    for (const width of [360, 1280]) {
      await page.setViewportSize({ width, height: 900 })
      await page.reload()
      expect(await page.locator('h1').count()).toBe(1)
      expect(await barriers(page)).toEqual([])
      expect(await sideScroll(page)).toBe(0)
    }
  }
})

test('every prefecture of the map stands on one line within its cell, on a phone and a desktop', async () => {
  for (const [locale, width] of [
    ['ja', 390],
    ['ja', 1280],
    ['en', 390],
  ] as const) {
    await page.setViewportSize({ width, height: 900 })
    await page.goto(`${house.base}/?lang=${locale}`)
    const cells = await page.locator('.map a').evaluateAll((all) =>
      all.map((cell) => {
        const [outer, inner] = [cell, cell.querySelector('span') ?? cell].map((one) => one.getBoundingClientRect())
        if (!outer || !inner) return 'nothing'
        const fits = inner.left >= outer.left && inner.right <= outer.right && inner.height < 20
        return fits ? 'fits' : (cell.textContent ?? '')
      }),
    )
    expect(cells).toEqual(Array.from({ length: 47 }, () => 'fits'))
  }
})

test('a page with barriers is found out', async () => {
  await page.goto(`${house.base}/lookup?lang=ja`)
  await page.evaluate('document.querySelector("main").innerHTML = `<img src="/favicon.svg"><p>薄い</p>`')
  await page.evaluate('document.querySelector("main p").style.color = "#ddd"')
  const found = (await barriers(page)).map((one) => one.split(':')[0])
  expect(found).toEqual(expect.arrayContaining(['color-contrast', 'image-alt']))
})

test('at 200 % text on a phone nothing is cut off at the side', async () => {
  const { id } = await nextInMito(house.base)
  for (const path of ['/', '/calendar', `/sessions/${id}`, `/sessions/${id}/book`]) {
    await page.setViewportSize({ width: 360, height: 900 })
    await page.goto(`${house.base}${path}`)
    await page.evaluate('document.documentElement.style.fontSize = "32px"')
    expect(await sideScroll(page)).toBe(0)
  }
})

test('the API is browsable without anything from elsewhere', async () => {
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.goto(`${house.base}/api/docs`)
  await page.getByText('/bookings/{id}/cancel').first().waitFor()
  expect(asked.filter((url) => !url.startsWith(house.base) && !url.startsWith('data:'))).toEqual([])
})
