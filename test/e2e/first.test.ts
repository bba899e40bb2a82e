import { randomBytes } from 'node:crypto'
import type { Page } from 'playwright-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { addDays, civilDate } from '../../src/base/japan/civil.ts'
import type { SetupStep } from '../../src/base/vocabulary.ts'
import { deskTexts } from '../../templates/text/desk.ts'
import { texts } from '../../templates/text/index.ts'
import { scheduleTexts } from '../../templates/text/schedule.ts'
import { totpCode } from '../people/totp.ts'
import { barriers, type House, openHouse, sideScroll } from './house.ts'

const d = deskTexts('ja')
const t = texts('ja')
const s = scheduleTexts('ja')

let house: House
beforeEach(async () => {
  house = await openHouse({
    NODE_ENV: 'production',
    SEED: 'none',
    SECRET: randomBytes(32).toString('base64'),
    MAIL_FROM: '窓口 <noreply@example.jp>',
    RATE_LIMIT: 'on',
  })
}, 120_000)
afterEach(() => house?.close())

/** The browser of somebody else, at this width. */
async function browserOf(width: number): Promise<Page> {
  const context = await house.browser.newContext({ locale: 'ja-JP', viewport: { width, height: 844 } })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  return page
}

/** The first link in the only letter to an address that begins with a path. */
async function linkIn(email: string, path: string): Promise<string> {
  const [letter] = await house.lettersTo(email)
  return new RegExp(String.raw`http\S+${path}[\w-]+`).exec(letter?.text ?? '')?.[0] ?? ''
}

/** Sets up an authenticator app, as an account must before it sees anything. */
async function setsUpApp(page: Page): Promise<void> {
  await page.getByText(d.security.needed.what).waitFor()
  const secret = await page.locator('input[name=secret]').inputValue()
  await page.locator('#code').fill(await totpCode(secret, new Date().toISOString()))
  await page.getByRole('button', { name: d.security.totpSave, exact: true }).click()
  await page.getByText(d.security.done.totp).waitFor()
  await page.getByRole('link', { name: d.security.toToday }).click()
}

const submit = (page: Page) => page.locator('main form.card button[type=submit]').last().click()
const goOn = (page: Page, step: SetupStep) =>
  page.locator('.setup-next').getByRole('link', { name: d.setup.steps[step].name }).click()
const open = (page: Page) => page.locator('ol.setup li', { hasText: d.setup.open }).locator('a:first-of-type')

describe.each([1280, 390])('from an empty folder to the first booking, at %i px', (width) => {
  test('each step leads to the next, an invited desk adds a day, and somebody books it and cancels by the letter', async () => {
    const page = await browserOf(width)
    await page.goto(/http\S+\/desk\/first\/\S+/.exec(house.printed())?.[0] ?? '')
    await page.locator('#name').fill('総務 太郎')
    await page.locator('#email').fill('somu@example.jp')
    await page.getByRole('button', { name: d.first.make }).click()
    await setsUpApp(page)
    await page.getByText(d.setup.onToday.what).waitFor()
    expect([await open(page).count(), await sideScroll(page), await barriers(page)]).toEqual([8, 0, []])

    await open(page).first().click()
    await page.locator('#name_ja').fill('水戸の窓口')
    await page.locator('#name_en').fill('Mito Desk')
    await submit(page)
    await page.getByText(d.setup.house.look).first().waitFor()
    await page.getByRole('button', { name: d.people.save }).click()
    await page.getByText(d.setup.said.house).waitFor()
    await open(page).first().click()
    await submit(page)
    await goOn(page, 'desk')
    await page.locator('#name_ja').fill('茨城県の窓口')
    await page.getByLabel('茨城県', { exact: true }).check()
    await page.locator('#phones').fill('029-224-0001')
    await submit(page)
    await goOn(page, 'venue')
    await page.locator('#prefecture').selectOption('08')
    await page.locator('#name_ja').fill('水戸市民会館')
    await page.locator('#address').fill('水戸市泉町1-7-1')
    await submit(page)
    await page.locator('.setup-next').getByRole('link', { name: d.setup.all }).click()
    await page.locator('ol.setup').getByRole('link', { name: d.setup.steps.people.name }).click()
    await page.locator('#email').fill('hanako@example.jp')
    await page.locator('#name').fill('水戸 花子')
    await page.getByLabel('茨城県', { exact: true }).check()
    await submit(page)
    await page.getByText(d.people.done.added).waitFor()

    const hanako = await browserOf(width)
    await hanako.goto(await linkIn('hanako@example.jp', '/desk/sign-in/'))
    await hanako.getByRole('button', { name: d.signIn.press }).click()
    await setsUpApp(hanako)
    const menu = hanako.locator('.side-open')
    if (await menu.isVisible()) await menu.click()
    await hanako.getByRole('link', { name: d.nav.schedule, exact: true }).click()
    await hanako.locator('td:not(.off) a.day-add').last().click()
    await submit(hanako)
    const faults = hanako.locator('[role=alert] li')
    expect(await faults.allInnerTexts()).toEqual([
      expect.stringContaining(s.series.labels.title_ja),
      expect.stringContaining(s.series.labels.starts),
      expect.stringContaining(s.series.labels.ends),
    ])
    await hanako.locator('#title_ja').fill('開設記念の相談会')
    await hanako.locator('#date').fill(addDays(civilDate(new Date().toISOString()), 14))
    await hanako.locator('#venue').selectOption({ label: '水戸市民会館' })
    await hanako.locator('#starts').fill('10:00')
    await hanako.locator('#ends').fill('16:00')
    await hanako.locator('#capacity').fill('5')
    await submit(hanako)
    await hanako.getByText(s.days.lookTitle).waitFor()
    if ((await hanako.locator('#beside').count()) > 0) await hanako.locator('#beside').fill('初めての開催のため')
    await hanako.getByRole('button', { name: s.days.do }).click()
    await hanako.getByText(s.session.done.added).waitFor()

    await page.goto(`${house.base}/desk`)
    await page.getByText(d.setup.inUse.what).waitFor()
    expect(await open(page).allInnerTexts()).toEqual([d.setup.steps.booking.name])

    const visitor = await browserOf(width)
    await visitor.goto(house.base)
    await visitor.getByRole('link', { name: '開設記念の相談会' }).first().click()
    await visitor.locator('form.take button[type=submit]').click()
    await visitor.locator('#company').fill('大洗建設')
    await visitor.locator('#name').fill('海野 次郎')
    await visitor.locator('#name_kana').fill('うんの じろう')
    await visitor.locator('#email').fill('jiro@example.jp')
    await visitor.locator('#phone').fill('029-224-0008')
    await visitor.locator('#consent').check()
    await visitor.getByRole('button', { name: t.book.submit }).click()
    await visitor.getByRole('button', { name: t.confirm.submit }).click()
    await visitor.waitForURL(/\/b\/.+\/done/)
    await visitor.goto(await linkIn('jiro@example.jp', '/b/'))
    expect(await visitor.locator('main').innerText()).toContain('開設記念の相談会')
    expect(await visitor.title()).toContain('水戸の窓口')
    await page.goto(`${house.base}/desk`)
    expect([await page.locator('ol.setup').count(), await page.getByText('大洗建設').count()]).toEqual([0, 1])
    await visitor.getByRole('link', { name: t.booking.cancel }).click()
    await visitor.getByRole('button', { name: t.cancel.submit }).click()
    await visitor.getByText(t.booking.given.cancelled).first().waitFor()
  }, 240_000)
})
