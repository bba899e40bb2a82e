import { serve } from '@hono/node-server'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { deskTexts } from '../../templates/text/desk.ts'
import { afterTest } from '../ends.ts'
import { freePort } from '../free-port.ts'
import { site } from '../http/app.ts'
import { signedIn } from '../http/desk/fixtures.ts'
import { MITO } from '../world.ts'
import { openBrowser } from './house.ts'

const t = deskTexts('ja').advisers
const NAME = `[id="slots.${MITO}-1000.name"]`

/** How a person fills in the name of a slot and saves it, after the page that names what changes. */
const WAYS: Record<string, { scripts: boolean; assigns: (page: Page) => Promise<void> }> = {
  'by click': { scripts: true, assigns: clicks },
  'without JavaScript': { scripts: false, assigns: clicks },
  'by keyboard': {
    scripts: true,
    assigns: async (page) => {
      await page.getByText(t.each, { exact: true }).focus()
      await page.keyboard.press('Enter')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Tab')
      expect(await page.locator(':focus').getAttribute('id')).toBe(`slots.${MITO}-1000.name`)
      await page.keyboard.type('海野 次郎')
      await page.keyboard.press('Enter')
      await page.getByRole('button', { name: t.save, exact: true }).focus()
      await page.keyboard.press('Enter')
    },
  },
}

async function clicks(page: Page): Promise<void> {
  await page.getByText(t.each, { exact: true }).click()
  await page.locator(NAME).fill('海野 次郎')
  await page.getByRole('button', { name: t.look, exact: true }).click()
  await page.getByRole('button', { name: t.save, exact: true }).click()
}

describe('an adviser is assigned to a slot', () => {
  let browser: Awaited<ReturnType<typeof openBrowser>>
  beforeAll(async () => {
    browser = await openBrowser()
    return () => browser.close()
  })

  test.each(Object.entries(WAYS))(
    '%s',
    async (_, { scripts, assigns }) => {
      const port = await freePort()
      const base = `http://localhost:${port}`
      const s = await site({ env: { PUBLIC_URL: base } })
      const desk = await signedIn(s, 'desk', '08')
      const server = serve({ fetch: s.app.fetch, port })
      afterTest(() => new Promise((done) => server.close(done)))
      const page = await browser.newPage({ javaScriptEnabled: scripts, extraHTTPHeaders: { cookie: desk.cookie } })
      page.setDefaultTimeout(15_000)
      await page.goto(`${base}/desk/sessions/${MITO}/advisers`)
      await assigns(page)
      const saved = () => s.rows('select slot, name from duty')
      await expect.poll(saved, { timeout: 15_000 }).toEqual([{ slot: `${MITO}-1000`, name: '海野 次郎' }])
      await page.close()
    },
    60_000,
  )
})
