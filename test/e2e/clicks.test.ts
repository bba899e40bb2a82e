import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addDays } from '../../src/base/japan/civil.ts'
import { deskTexts } from '../../templates/text/desk.ts'
import { scheduleTexts } from '../../templates/text/schedule.ts'
import { application } from '../world.ts'
import { barriers, type House, madoguchi, nextInMito, openHouse, sideScroll } from './house.ts'

const d = deskTexts('ja')
const s = scheduleTexts('ja')

let house: House
let page: Page
beforeAll(async () => {
  house = await openHouse()
  const account = ['--name', '水戸 花子', '--role', 'desk', '--prefectures', '08']
  await madoguchi(house, 'staff', 'add', 'hanako@example.jp', ...account)
  const context = await house.browser.newContext({ locale: 'ja-JP', viewport: { width: 1280, height: 800 } })
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(`${house.base}/desk/sign-in`)
  await page.getByLabel(d.signIn.email).fill('hanako@example.jp')
  await page.keyboard.press('Enter')
  const [letter] = await house.lettersTo('hanako@example.jp')
  await page.goto(/http\S+\/desk\/sign-in\/\S+/.exec(letter?.text ?? '')?.[0] ?? '')
  await page.getByRole('button', { name: d.signIn.press }).click()
}, 240_000)
afterAll(() => house?.close())

/** How often somebody pressed the mouse since they were on the page of today. */
let clicks = 0
beforeEach(async () => {
  await page.goto(`${house.base}/desk`)
  clicks = 0
})

async function press(what: Locator): Promise<void> {
  clicks++
  await what.click()
}

/** Opens a list and chooses from it. */
async function choose(list: Locator, value: string): Promise<void> {
  clicks += 2
  await list.selectOption(value)
}

const menu = (name: string) => page.getByRole('navigation', { name: d.menu }).getByRole('link', { name, exact: true })
const link = (name: string) => page.locator('main').getByRole('link', { name, exact: true })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const sees = (text: string) => page.getByText(text, { exact: false }).filter({ visible: true }).first().waitFor()

/** Types into the field that has the focus, after Tab until it is this one. */
async function types(name: string, text: string): Promise<void> {
  const focused = () => page.evaluate<string>('document.activeElement?.getAttribute("name") ?? ""')
  for (let i = 0; i < 10 && (await focused()) !== name; i++) await page.keyboard.press('Tab')
  expect(await focused()).toBe(name)
  await page.keyboard.type(text)
}

/** The next open day in Mito, in the month that the calendar shows. */
async function shownInMito() {
  const day = await nextInMito(house.base)
  const entry = page.locator(`a.ev[href="/desk/sessions/${day.id}"]`)
  await press(menu(d.nav.schedule))
  // Only at the end of a month the next day is on the following page.
  if ((await entry.count()) === 0) await press(page.locator('a[rel=next]'))
  return { day, entry }
}

describe('the commonest jobs take few clicks', () => {
  test('a single day, eight at most', async () => {
    await press(menu(d.nav.schedule))
    const days = page.locator('td:not(.off) a.day-add')
    await press(days.last())
    expect(await barriers(page)).toEqual([])
    await press(page.locator('#title_ja'))
    await page.keyboard.press('ControlOrMeta+A')
    await page.keyboard.type('臨時の相談会')
    const venue = (await page.locator('#venue option').nth(1).getAttribute('value')) ?? ''
    await choose(page.locator('#venue'), venue)
    await press(button(s.days.look))
    await sees(s.days.lookTitle)
    expect(await barriers(page)).toEqual([])
    if ((await page.locator('#beside').count()) > 0) {
      await press(page.locator('#beside'))
      await page.keyboard.type('担当が二人いるため')
    }
    await press(button(s.days.do))
    await sees(s.session.done.added)
    await sees('臨時の相談会')
    expect(clicks).toBeLessThanOrEqual(8)
  })

  test('the key / leads to a search from every page of the menu', async () => {
    const focused = () => page.evaluate<string>('document.activeElement?.getAttribute("type") ?? ""')
    const hrefs = await page.locator('.side nav a').evaluateAll((links) => links.map((one) => one.getAttribute('href')))
    expect(hrefs.length).toBeGreaterThan(5)
    for (const href of hrefs) {
      await page.goto(`${house.base}${href}`)
      await page.keyboard.press('/')
      await expect.poll(focused, { timeout: 5000 }).toBe('search')
      expect([href, '/desk/bookings']).toContain(new URL(page.url()).pathname)
    }
  })

  test('moving a booking to another day, six at most', async () => {
    const day = await nextInMito(house.base)
    const answer = await fetch(`${house.base}/api/v1/bookings`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
      body: JSON.stringify(application({ session: day.id, slot: day.slots[1]?.id, company: '笠間製作所', topics: [] })),
    })
    expect(answer.status).toBe(201)
    await press(menu(d.nav.bookings))
    await page.keyboard.press('/')
    await page.keyboard.type('笠間製作所')
    await page.keyboard.press('Enter')
    await sees(d.ledger.found(1))
    await press(page.locator('main tbody a[href^="/desk/bookings/"]').first())
    await press(link(d.booking.move))
    const other = await page.locator('#session option:not([selected])').first().getAttribute('value')
    await choose(page.locator('#session'), other ?? '')
    await page.waitForURL(/session=/)
    await press(button(d.booking.moveYes))
    await sees(d.booking.done.moved)
    expect(clicks).toBeLessThanOrEqual(6)
  })

  test('moving a whole day by dragging it in the calendar, six at most', async () => {
    const { day, entry } = await shownInMito()
    // A Friday: the next day is in the same week of the calendar.
    const to = addDays(day.date, 1)
    clicks++
    const target = page.locator(`td[data-day="${to}"]`)
    await entry.hover()
    await page.mouse.down()
    // A browser tells the target of a drag only from the second move on.
    await target.hover()
    await target.hover({ position: { x: 12, y: 60 } })
    await page.mouse.up()
    await page.waitForURL(/reschedule\?date=/)
    expect(await page.locator('#date').inputValue()).toBe(to)
    await types('reason_ja', '会場の都合')
    await press(button(d.session.preview))
    if ((await page.locator('#beside').count()) > 0) await page.locator('#beside').fill('担当が二人いるため')
    await press(button(d.session.go.reschedule))
    await sees(d.session.done.reschedule)
    expect(clicks).toBeLessThanOrEqual(6)
  })

  test('moving a whole day by a finger that rests on it opens the form with that day', async () => {
    const { entry } = await shownInMito()
    await entry.dispatchEvent('pointerdown', { pointerType: 'touch', clientX: 5, clientY: 5 })
    await page.waitForURL(/move=/)
    const target = page.locator('td[data-day]:has(.day-here)').first()
    const to = await target.getAttribute('data-day')
    await target.locator('.day-here').click()
    await page.waitForURL(/reschedule\?date=/)
    expect(await page.locator('#date').inputValue()).toBe(to)
  })

  test('turning a day to the web with its link, five at most', async () => {
    const { entry } = await shownInMito()
    await press(entry)
    await press(link(d.session.names.convert))
    await types('reason_ja', '感染症拡大防止のため')
    await types('url', 'https://meet.example.jp/mito')
    await press(button(d.session.preview))
    await sees('https://meet.example.jp/mito')
    expect(await barriers(page)).toEqual([])
    await press(button(d.session.go.convert))
    await sees(d.session.done.convert)
    expect(clicks).toBeLessThanOrEqual(5)
  })

  test('calling a day off, five at most', async () => {
    const { entry } = await shownInMito()
    await press(entry)
    await press(link(d.session.names['call-off']))
    await types('reason_ja', '大雪のため')
    await press(button(d.session.preview))
    await press(button(d.session.go['call-off']))
    await sees(d.session.done['call-off'])
    expect(clicks).toBeLessThanOrEqual(5)
  })
})

test('the forms of single days, copies, ends and deletions fit a telephone and a small desktop', async () => {
  const day = await nextInMito(house.base)
  const paths = [
    '/desk/schedule/new',
    '/desk/schedule/copy',
    `/desk/sessions/${day.id}/copy`,
    `/desk/sessions/${day.id}/delete`,
    '/desk/series/ibaraki/copy',
    '/desk/series/ibaraki/end',
    '/desk/series/ibaraki/delete',
    '/desk/venues/ibaraki/delete',
  ]
  for (const path of paths) {
    for (const width of [390, 1280]) {
      await page.setViewportSize({ width, height: 740 })
      const answer = await page.goto(`${house.base}${path}`)
      expect([path, answer?.status(), await sideScroll(page)]).toEqual([path, 200, 0])
      expect([path, width === 390 ? await barriers(page) : []]).toEqual([path, []])
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 })
}, 240_000)

test('the form of a series shows the fields of the chosen repetition alone, also without JavaScript', async () => {
  const plain = await house.browser.newContext({
    locale: 'ja-JP',
    javaScriptEnabled: false,
    storageState: await page.context().storageState(),
  })
  const form = await plain.newPage()
  await form.goto(`${house.base}/desk/series/new`)
  const shown = async () => {
    const names = ['weekdays', 'nths', 'dates', 'starts_on']
    const seen = await Promise.all(names.map((name) => form.locator(`[name=${name}]`).first().isVisible()))
    return names.filter((_, i) => seen[i])
  }
  expect(await shown()).toEqual(['weekdays', 'starts_on'])
  await form.getByLabel(s.series.repeats.monthly, { exact: true }).check()
  expect(await shown()).toEqual(['weekdays', 'nths', 'starts_on'])
  await form.getByLabel(s.series.repeats.dates, { exact: true }).check()
  expect(await shown()).toEqual(['dates'])
  await plain.close()
})
