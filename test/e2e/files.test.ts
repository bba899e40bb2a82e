import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deskTexts } from '../../templates/text/desk.ts'
import { letterFileTexts } from '../../templates/text/letter-files.ts'
import { newFolder } from '../folder.ts'
import { pdf } from '../messages/files.ts'
import { application } from '../world.ts'
import { barriers, type House, madoguchi, nextInMito, openHouse, sideScroll } from './house.ts'

const FILES = '/desk/texts/files?series=ibaraki'
const MAIL = 'hanako@example.jp'
const t = letterFileTexts('ja')
const d = deskTexts('ja')

let house: House
beforeAll(async () => {
  house = await openHouse()
  await madoguchi(house, 'staff', 'add', MAIL, '--name', '水戸 花子', '--role', 'desk', '--prefectures', '08')
}, 120_000)
afterAll(() => house?.close())

/** A page of a telephone without JavaScript, signed in. */
async function signedIn() {
  const context = await house.browser.newContext({
    locale: 'ja-JP',
    javaScriptEnabled: false,
    viewport: { width: 360, height: 740 },
  })
  const page = await context.newPage()
  page.setDefaultTimeout(15_000)
  await page.goto(`${house.base}/desk`)
  await page.getByLabel(d.signIn.email).fill(MAIL)
  await page.getByLabel(d.signIn.email).press('Enter')
  const [letter] = await house.lettersTo(MAIL)
  await page.goto(/http\S+\/desk\/sign-in\/\S+/.exec(letter?.text ?? '')?.[0] ?? '')
  await page.getByRole('button', { name: d.signIn.press }).click()
  await page.getByText('水戸 花子').first().waitFor({ state: 'attached' })
  return page
}

test('a document is added by a telephone without JavaScript, seen, and arrives with a confirmation', async () => {
  const page = await signedIn()
  const folder = newFolder('files')
  await page.goto(`${house.base}${FILES}`)
  const put = async (name: string, buffer: Buffer) => {
    const path = join(folder, name)
    writeFileSync(path, buffer)
    await page.locator('#document').setInputFiles(path)
    await page.getByRole('button', { name: t.documents.put }).click()
  }
  await put('持ち物のご案内.pdf', Buffer.from(pdf(500_000)))
  await page.getByText(t.done.added).waitFor()
  expect(await sideScroll(page)).toBe(0)
  await page.goto(`${house.base}${FILES}`)
  await put('大きい.pdf', Buffer.from(pdf(10 * 1024 * 1024)))
  await page.getByText(d.error.words[413].what).waitFor()
  await page.goto(`${house.base}${FILES}`)
  await put('写真.pdf', Buffer.from('not a PDF'))
  await page.locator('#document-error').waitFor()

  const { id, slots } = await nextInMito(house.base)
  const guest = 'guest@example.jp'
  const given = application({ session: id, slot: slots[0]?.id, email: guest })
  const headers = { 'content-type': 'application/json', 'idempotency-key': 'a-key-of-this-booking' }
  await fetch(`${house.base}/api/v1/bookings`, { method: 'POST', headers, body: JSON.stringify(given) })
  const [letter] = await house.lettersTo(guest)
  const document = letter?.attachments.find(({ mimeType }) => mimeType === 'application/pdf')
  expect(document?.filename).toBe('持ち物のご案内.pdf')
  expect(Buffer.from(document?.content as ArrayBuffer).equals(pdf(500_000))).toBe(true)

  const scripted = await page
    .context()
    .browser()
    ?.newContext({ locale: 'ja-JP', viewport: { width: 1280, height: 800 } })
  await scripted?.addCookies(await page.context().cookies())
  const desktop = await scripted?.newPage()
  if (!desktop) throw new Error('no browser')
  for (const path of [`${FILES}&sample=1`, '/desk/texts/sender?series=ibaraki', `/desk/messages/new?session=${id}`]) {
    await desktop.goto(`${house.base}${path}`)
    expect([path, await barriers(desktop), await sideScroll(desktop)]).toEqual([path, [], 0])
    if (process.env.SHOTS) await desktop.screenshot({ path: `${process.env.SHOTS}-${path.length}.png`, fullPage: true })
  }
  if (process.env.SHOTS) {
    await page.goto(`${house.base}${FILES}`)
    await page.screenshot({ path: `${process.env.SHOTS}-phone.png`, fullPage: true })
  }
})
