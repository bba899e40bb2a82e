import { writeFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { addAccount } from '../src/people/add-account.ts'
import { openBrowser } from '../test/e2e/house.ts'
import { fileEnds } from '../test/ends.ts'
import { site } from '../test/http/app.ts'
import { signedIn } from '../test/http/desk/fixtures.ts'
import { MITO } from '../test/world.ts'

/*
 * Makes the pictures of `docs/manual.ja.md` in `docs/manual/`, in a real browser and on a clock that stands still:
 * `npm run manual`. People and firms in them are made up.
 */
const PEOPLE = [
  ['1000', '笠間製作所', '笠間 一郎', 'カサマ イチロウ'],
  ['1100', '大洗建設', '海野 次郎', 'ウンノ ジロウ'],
  ['1300', '土浦食品', '土浦 春子', 'ツチウラ ハルコ'],
  ['1400', '鹿嶋運輸', '鹿嶋 夏美', 'カシマ ナツミ'],
] as const

/** Each picture: its name, address, and whether it is of an empty house. */
const PICTURES = [
  ['setup', '/desk'],
  ['schedule', '/desk/schedule?date=2026-11-01'],
  ['enter', `/desk/bookings/new?session=ibaraki-2026-12-04`],
  ['ledger', '/desk/bookings'],
  ['call-off', `/desk/sessions/${MITO}/call-off`],
  ['today', '/desk'],
] as const

const full = await site()
const empty = await site({ seeded: false })
for (const [time, company, name, name_kana] of PEOPLE) {
  await full.booked({ slot: `${MITO}-${time}`, company, name, name_kana, phone: '029-200-0000', topics: [] })
}
await addAccount(full.system, { email: 'mito@example.jp', name: '水戸 花子', role: 'desk', prefectures: ['08'] })
const browser = await openBrowser()
for (const [name, path] of PICTURES) {
  const s = name === 'setup' ? empty : full
  if (name === 'today') s.at('2026-11-27T02:10:00.000Z')
  const staff = await (name === 'setup' ? signedIn(s, 'secretariat') : signedIn(s, 'desk', '08'))
  const server = serve({ fetch: s.app.fetch, port: 0 })
  const { port } = server.address() as { port: number }
  const viewport = { width: 1280, height: 800 }
  const context = await browser.newContext({ viewport, locale: 'ja-JP', extraHTTPHeaders: { cookie: staff.cookie } })
  const page = await context.newPage()
  await page.goto(`http://localhost:${port}${path}`)
  if (name === 'call-off') {
    await page.locator('#reason_ja').fill('大雪のため')
    await page.locator('#form button[type=submit]').click()
    await page.locator('.notice').first().waitFor()
  }
  writeFileSync(new URL(`../docs/manual/${name}.png`, import.meta.url), await page.screenshot())
  await context.close()
  server.close()
}
await browser.close()
await fileEnds()
