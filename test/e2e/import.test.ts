import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { addDays, civilDate, weekday } from '../../src/base/japan/civil.ts'
import { deskTexts } from '../../templates/text/desk.ts'
import { scheduleTexts } from '../../templates/text/schedule.ts'
import { barriers, type House, madoguchi, openHouse, sideScroll } from './house.ts'

const t = scheduleTexts('ja').intake
const d = deskTexts('ja')

let house: House
let page: Page
beforeAll(async () => {
  house = await openHouse()
  const account = ['hanako@example.jp', '--name', '水戸 花子', '--role', 'desk', '--prefectures', '08']
  await madoguchi(house, 'staff', 'add', ...account)
  const context = await house.browser.newContext({
    locale: 'ja-JP',
    viewport: { width: 1280, height: 800 },
  })
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(`${house.base}/desk`)
  await page.getByLabel(d.signIn.email).fill('hanako@example.jp')
  await page.keyboard.press('Enter')
  const [letter] = await house.lettersTo('hanako@example.jp')
  await page.goto(/http\S+\/desk\/sign-in\/\S+/.exec(letter?.text ?? '')?.[0] ?? '')
  await page.getByRole('button', { name: d.signIn.press }).click()
}, 120_000)
afterAll(() => house?.close())

const shot = async (name: string) => {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true })
}

/** Looks at the page on a desktop and on a phone: no barriers, nothing beyond the edge. */
async function fits(name: string): Promise<void> {
  for (const [width, size] of [
    [1280, 'desktop'],
    [375, 'phone'],
  ] as const) {
    await page.setViewportSize({ width, height: 800 })
    expect(await sideScroll(page)).toBe(0)
    await shot(`${name}-${size}`)
  }
  await page.setViewportSize({ width: 1280, height: 800 })
  expect(await barriers(page)).toEqual([])
}

const soon = addDays(civilDate(new Date().toISOString()), 30)
const tuesday = addDays(soon, (9 - weekday(soon)) % 7)
const printed = (date: string, name: string) =>
  `茨城県\t${Number(date.slice(0, 4))}年${Number(date.slice(5, 7))}月${Number(date.slice(8))}日(${name})\t10:00～12:00\tオンライン\t定員5名`

test('takes a schedule in, on a desktop and on a phone', async () => {
  await page.goto(`${house.base}/desk/import`)
  await fits('start')
  const text = [printed(tuesday, '火'), printed(addDays(tuesday, 7), '木'), 'お問い合わせは窓口まで'].join('\n')
  await page.getByLabel(t.text).fill(text)
  await page.getByRole('button', { name: t.read }).click()
  await page.getByRole('heading', { name: t.decide.title }).waitFor()
  await fits('decide')
  await page.locator(`input[name="1.day.0"][value="${addDays(tuesday, 7)}"]`).check()
  await page.getByRole('button', { name: t.decide.look }).click()
  await page.getByRole('heading', { name: t.look.title, exact: true }).waitFor()
  await fits('look')
  await page.getByRole('button', { name: t.look.do(2) }).click()
  await page.getByText(t.done.taken.what).waitFor()
  await fits('done')
  await page.getByRole('button', { name: t.done.undo }).click()
  await page.getByText(t.done.out.what).first().waitFor()
}, 120_000)
