import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { texts } from '../../templates/text/index.ts'
import { barriers, type House, nextInMito, openHouse, sideScroll } from './house.ts'

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const WAYS = (['ja', 'en'] as const).flatMap((locale) =>
  [360, 1280].flatMap((width) => [true, false].map((script) => ({ locale, width, script }))),
)

async function typeIn(page: Page, email: string): Promise<void> {
  await page.locator('#company').fill('有限会社 水戸納豆')
  await page.locator('#name').fill('﨑山 𠮷子')
  await page.locator('#name_kana').fill('さきやま よしこ')
  await page.locator('#email').fill(email)
  await page.locator('#phone').fill('０２９ー２２４ー０００１')
  await page.locator('#consent').check()
}

describe.each(WAYS)('a firm in Mito ($locale, $width px, script: $script)', ({ locale, width, script }) => {
  const t = texts(locale)

  test('finds the next day, books it, reads the confirmation and the letter, and cancels', async () => {
    const context = await house.browser.newContext({
      viewport: { width, height: 900 },
      javaScriptEnabled: script,
      reducedMotion: 'reduce',
    })
    const page = await context.newPage()
    const complaints: string[] = []
    // A browser also reports the 422 of a form with a mistake.
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('422')) complaints.push(message.text())
    })
    page.on('pageerror', (error) => complaints.push(error.message))
    const follow = (click: Promise<void>) => Promise.all([page.waitForEvent('load'), click])
    const audit = async (one: Page) => {
      expect(await sideScroll(one)).toBe(0)
      expect(script ? await barriers(one) : []).toEqual([])
    }
    const email = `yoshiko-${locale}-${width}-${script}@example.jp`
    const { id } = await nextInMito(house.base)

    await page.goto(`${house.base}/?lang=${locale}`)
    await audit(page)
    await page.locator('#filter-prefecture').selectOption('08')
    await follow(page.getByRole('button', { name: t.home.search }).click())
    await audit(page)
    await page.goto(`${house.base}/calendar?prefecture=08&view=list&month=${id.slice(-10, -3)}`)
    await follow(page.locator(`a[href="/sessions/${id}"]`).first().click())
    await audit(page)
    await page.locator('input[name=slot]:not([disabled])').nth(1).check()
    await follow(page.getByRole('button', { name: t.session.book }).click())

    expect(page.url()).toMatch(/\/book\?/)
    await audit(page)
    await follow(page.locator('button[type=submit]:visible').last().click())
    expect(await page.locator('[aria-invalid=true]').count()).toBeGreaterThan(3)
    await expect.poll(() => page.evaluate('document.activeElement.getAttribute("role")')).toBe('alert')
    await audit(page)
    await typeIn(page, 'yoshiko@')
    await page.locator('input[name=format]').first().check()
    await follow(page.locator('button[type=submit]:visible').last().click())
    expect(await page.locator('#email').inputValue()).toBe('yoshiko@')
    expect(await page.locator('#name').inputValue()).toBe('﨑山 𠮷子')
    await page.locator('#email').fill(email)
    await page.locator('#consent').check()
    await follow(page.locator('button[type=submit]:visible').last().click())

    expect(await page.locator('h1').innerText()).toBe(t.confirm.title)
    expect(await page.locator('main').innerText()).toContain(t.confirm.notYet)
    expect(await page.locator('main').innerText()).toContain('サキヤマ ヨシコ')
    await audit(page)
    await follow(page.getByRole('button', { name: t.confirm.submit }).click())

    expect(page.url()).toMatch(/\/b\/[^/]+\/done$/)
    expect(await page.locator('main').innerText()).toMatch(/IB-\d{4}-\d\d/)
    await audit(page)
    const number = /IB-\d{4}-\d\d/.exec(await page.locator('main').innerText())?.[0] ?? ''

    const [letter] = await house.lettersTo(email)
    expect(letter?.subject).toContain(number)
    expect(letter?.text).toContain('﨑山 𠮷子')
    const manage = /http\S+\/b\/\S+/.exec(letter?.text ?? '')?.[0] ?? ''
    expect(letter?.attachments.some((one) => one.mimeType === 'text/calendar')).toBe(true)

    await page.goto(manage)
    await audit(page)
    await page.locator('#phone').fill('029-224-0009')
    await follow(page.getByRole('button', { name: t.booking.save }).click())
    expect(await page.locator('main').innerText()).toContain(t.booking.done.saved)
    await follow(page.getByRole('link', { name: t.booking.cancel }).click())
    await audit(page)
    await follow(page.getByRole('button', { name: t.cancel.submit }).click())
    expect(await page.locator('main').innerText()).toContain(`${t.booking.given.cancelled}${t.booking.mailed}`)
    await audit(page)

    await expect.poll(async () => (await house.lettersTo(email)).length, { timeout: 20_000 }).toBe(2)
    const [, cancelled] = await house.lettersTo(email)
    expect(cancelled?.subject).toContain(number)
    expect(complaints).toEqual([])
    await context.close()
  })
})

async function open(path: string): Promise<Page> {
  const context = await house.browser.newContext({ viewport: { width: 1280, height: 900 } })
  const page = await context.newPage()
  await page.goto(`${house.base}${path}`)
  return page
}

test('the whole booking goes by keyboard alone', async () => {
  const { id } = await nextInMito(house.base)
  const page = await open(`/sessions/${id}`)
  const focused = () =>
    page.evaluate<string>('(document.activeElement.id || document.activeElement.textContent || "").trim()')
  const tabTo = async (name: string) => {
    for (let i = 0; i < 120; i++) {
      await page.keyboard.press('Tab')
      if ((await focused()) === name) return
    }
    throw new Error(`${name} cannot be reached by keyboard`)
  }
  const t = texts('ja')
  await page.locator('input[name=slot]:not([disabled])').first().focus()
  await page.keyboard.press('Space')
  await tabTo(t.session.book)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/book/)
  await page.locator('input[name=format]').first().focus()
  await page.keyboard.press('Space')
  for (const [field, text] of [
    ['company', '大洗建設'],
    ['name', '海野 次郎'],
    ['name_kana', 'ウンノ ジロウ'],
    ['email', 'jiro@example.jp'],
    ['phone', '029-267-0003'],
  ] as const) {
    await tabTo(field)
    await page.keyboard.type(text)
  }
  await tabTo('consent')
  await page.keyboard.press('Space')
  await tabTo(t.book.submit)
  await page.keyboard.press('Enter')
  await expect.poll(() => page.locator('h1').innerText()).toBe(t.confirm.title)
  await tabTo(t.confirm.submit)
  await page.keyboard.press('Enter')
  await page.waitForURL(/\/done$/)
  expect(await page.locator('main').innerText()).toMatch(/IB-\d{4}-\d\d/)
  await page.context().close()
})

test('changing the language in the middle, and the back button, keep what was typed', async () => {
  const { id } = await nextInMito(house.base)
  const page = await open(`/sessions/${id}/book`)
  await page.locator('input[name=slot]:not([disabled])').first().check()
  await page.locator('input[name=format]').first().check()
  await typeIn(page, 'language@example.jp')
  await page.locator('#employees').fill('12')
  await page.locator('.bar-wide button.language').click()
  await expect.poll(() => page.locator('h1').innerText()).toBe(texts('en').book.title)
  expect(await page.locator('#name').inputValue()).toBe('﨑山 𠮷子')
  expect(await page.locator('#consent').isChecked()).toBe(true)
  await page.locator('button[type=submit]:visible').last().click()
  await expect.poll(() => page.locator('h1').innerText()).toBe(texts('en').confirm.title)
  await page.goBack()
  expect(await page.locator('#name_kana').inputValue()).toBe('さきやま よしこ')
  expect(await page.locator('#employees').inputValue()).toBe('12')
  await page.context().close()
})

test('two tabs, the back button and a double click are one booking', async () => {
  const { id } = await nextInMito(house.base)
  const page = await open(`/sessions/${id}/book`)
  const t = texts('ja')
  await page.locator('input[name=slot]:not([disabled])').last().check()
  await page.locator('input[name=format]').first().check()
  await typeIn(page, 'twice@example.jp')
  await page.locator('button[type=submit]:visible').last().click()
  await page.getByRole('button', { name: t.confirm.submit }).waitFor()
  await page.goBack()
  expect(await page.locator('#name').inputValue()).toBe('﨑山 𠮷子')
  await page.goForward()
  expect(await page.locator('main').innerText()).toContain(t.sent.notYet.what)
  await page.goBack()
  await page.locator('button[type=submit]:visible').last().click()
  await page.getByRole('button', { name: t.confirm.submit }).dblclick()
  await page.waitForURL(/\/done$/)
  const done = page.url()
  await page.goBack()
  const told = await page.locator('main').innerText()
  expect(told).toContain(t.sent.made.what)
  expect(told).not.toContain('𠮷子')
  await page.goBack()
  expect(await page.locator('#name').inputValue()).toBe('﨑山 𠮷子')
  await page.goto(done)
  expect(await page.locator('main').innerText()).toMatch(/IB-\d{4}-\d\d/)
  expect((await house.lettersTo('twice@example.jp')).length).toBe(1)
  await page.context().close()
})
