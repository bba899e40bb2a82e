import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../free-port.ts'
import { barriers, type House, openHouse, sideScroll } from './house.ts'

let house: House
let origin: string
const foreign = createServer((request, response) => {
  const path = decodeURIComponent((request.url ?? '').slice(2))
  response.setHeader('Content-Type', 'text/html; charset=utf-8')
  response.end(
    `<!doctype html><html lang="ja"><title>市のサイト</title><h1>市のサイト</h1><iframe src="${house.base}${path}" title="日程" width="320" height="560"></iframe>`,
  )
})
beforeAll(async () => {
  house = await openHouse()
  const port = await freePort()
  await new Promise<void>((ready) => void foreign.listen(port, '127.0.0.1', ready))
  origin = `http://127.0.0.1:${port}`
})
afterAll(async () => {
  foreign.close()
  foreign.closeAllConnections()
  await house.close()
})

const at = (path: string) => `${origin}/?${encodeURIComponent(path)}`

test.each(['light', 'dark'] as const)(
  'a page of another site shows the dates, %s, and leaves no cookie',
  async (colorScheme) => {
    const context = await house.browser.newContext({ colorScheme, viewport: { width: 390, height: 700 } })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('favicon')) complaints.push(message.text())
    })
    await page.goto(at('/embed?prefecture=08&lang=ja'))
    const framed = page.frameLocator('iframe')
    expect(await framed.locator('li.row').count()).toBeGreaterThan(0)
    const colours = `(() => {
    const { color, backgroundColor } = getComputedStyle(document.body)
    return [color, backgroundColor]
  })()`
    const [ink, paper] = (await page.frames()[1]?.evaluate<string[]>(colours)) ?? []
    const sum = (color = '') => (color.match(/\d+/g) ?? []).slice(0, 3).reduce((all, one) => all + Number(one), 0)
    expect(sum(ink) < sum(paper)).toBe(colorScheme === 'light')
    expect(complaints).toEqual([])
    expect(await context.cookies()).toEqual([])
    await framed.locator('li.row a').first().click()
    await page.waitForURL(`${house.base}/sessions/**`)
    expect(page.frames()).toHaveLength(1)
    await context.close()
  },
)

test('it is accessible, and fits 320 px', async () => {
  const context = await house.browser.newContext({ viewport: { width: 320, height: 560 } })
  const page = await context.newPage()
  for (const path of ['/embed?prefecture=08', '/embed?lang=en']) {
    await page.goto(house.base + path)
    expect(await barriers(page)).toEqual([])
    expect(await sideScroll(page)).toBe(0)
  }
  await context.close()
})

test('a form of the site is not shown in a frame of another site', async () => {
  const page = await (await house.browser.newContext()).newPage()
  for (const path of ['/', '/lookup', '/calendar']) {
    await page.goto(at(path))
    await page.waitForLoadState('networkidle')
    expect(await page.frames()[1]?.locator('form, main').count()).toBe(0)
  }
})
