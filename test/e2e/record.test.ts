import { serve } from '@hono/node-server'
import { expect, test } from 'vitest'
import { deskTexts } from '../../templates/text/desk.ts'
import { afterTest } from '../ends.ts'
import { freePort } from '../free-port.ts'
import { site } from '../http/app.ts'
import { signedIn } from '../http/desk/fixtures.ts'
import { MITO } from '../world.ts'
import { openBrowser } from './house.ts'

const t = deskTexts('ja').consultation

test('one click saves the record of a consultation, also while a draft of it is on its way', async () => {
  const port = await freePort()
  const base = `http://localhost:${port}`
  const s = await site({ env: { PUBLIC_URL: base } })
  const { id } = await s.booked({ session: MITO, slot: `${MITO}-1000` })
  s.at('2026-11-27T02:00:00.000Z')
  const desk = await signedIn(s, 'desk', '08')
  const server = serve({ fetch: s.app.fetch, port })
  afterTest(() => new Promise((done) => server.close(done)))
  const browser = await openBrowser()
  afterTest(() => browser.close())
  const page = await browser.newPage({ extraHTTPHeaders: { cookie: desk.cookie } })
  page.setDefaultTimeout(10_000)
  const path = `/desk/bookings/${id}/record`
  await page.goto(`${base}${path}`)
  const saved = () => s.column("select state || ' ' || advised from consultation")

  await page.locator('#advised').fill('下書き')
  await page.getByRole('button', { name: t.draft, exact: true }).click()
  await expect.poll(saved, { timeout: 10_000 }).toEqual(['draft 下書き'])
  await page.goto(`${base}${path}`)

  let arrives = (): void => undefined
  const held = new Promise<void>((resolve) => {
    arrives = resolve
  })
  const sends = page.waitForRequest((request) => request.headers().accept === 'application/json')
  await page.route(`**${path}`, async (route) => {
    if (route.request().headers().accept === 'application/json') await held
    await route.continue()
  })
  await page.locator('#advised').fill('完成')
  await page.locator('#minutes').fill('45')
  await sends
  await page.getByRole('button', { name: t.final, exact: true }).click()
  arrives()
  await expect.poll(saved, { timeout: 10_000 }).toEqual(['final 完成'])
}, 60_000)
