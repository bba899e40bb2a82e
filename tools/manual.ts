import { writeFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { assignAdvisers } from '../src/advisers/assign.ts'
import { attend } from '../src/booking/attend.ts'
import { saveConsultation } from '../src/consultation/save.ts'
import { addAccount } from '../src/people/add-account.ts'
import { addQuestion } from '../src/planning/questions/add-question.ts'
import { makeShort } from '../src/planning/short/make-short.ts'
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

const QUESTIONS = [
  { kind: 'companions' },
  { kind: 'choice', label_ja: '駐車場を使いますか', options: '使う\n使わない', required: 'true' },
]

/** What is shown of a consultation that is over. */
const RECORD = {
  state: 'draft',
  topics: [],
  advised: '就業規則の見直しと、使える助成金をご案内した。',
  next_step: '申請書の見本を送る。',
  minutes: '40',
}

/** Each picture: its name, address, and whether it is of an empty house. */
const PICTURES = [
  ['setup', '/desk'],
  ['schedule', '/desk/schedule?date=2026-11-01'],
  ['enter', `/desk/bookings/new?session=ibaraki-2026-12-04`],
  ['ledger', '/desk/bookings'],
  ['call-off', `/desk/sessions/${MITO}/call-off`],
  ['questions', '/desk/questions?series=ibaraki'],
  ['advisers', `/desk/sessions/${MITO}/advisers`],
  ['poster', '/desk/series/ibaraki/poster'],
  ['today', '/desk'],
  ['record', '/desk/bookings'],
] as const

const full = await site()
const empty = await site({ seeded: false })
let recorded = ''
for (const [time, company, name, name_kana] of PEOPLE) {
  const { id } = await full.booked({
    slot: `${MITO}-${time}`,
    company,
    name,
    name_kana,
    phone: '029-200-0000',
    topics: [],
  })
  recorded ||= id
}
for (const question of QUESTIONS) await addQuestion(full.system, { series: 'ibaraki', session: null }, question)
await makeShort(full.system, { scope: 'series', id: 'ibaraki' })
const [revision] = await full.column<number>('select revision from session where id = ?', MITO)
await assignAdvisers(full.system, MITO, { revision, whole: { name: '水戸 花子', room: '第1会議室' } })
await addAccount(full.system, { email: 'mito@example.jp', name: '水戸 花子', role: 'desk', prefectures: ['08'] })
const browser = await openBrowser()
for (const [name, path] of PICTURES) {
  const s = name === 'setup' ? empty : full
  if (name === 'today') s.at('2026-11-27T02:10:00.000Z')
  if (name === 'record') {
    await attend(full.system, recorded, 'attended')
    await saveConsultation(full.system, recorded, RECORD)
  }
  const staff = await (name === 'setup' ? signedIn(s, 'secretariat') : signedIn(s, 'desk', '08'))
  const server = serve({ fetch: s.app.fetch, port: 0 })
  const { port } = server.address() as { port: number }
  const viewport = { width: 1280, height: 800 }
  const context = await browser.newContext({ viewport, locale: 'ja-JP', extraHTTPHeaders: { cookie: staff.cookie } })
  const page = await context.newPage()
  await page.goto(`http://localhost:${port}${path}${name === 'record' ? `/${recorded}/record` : ''}`)
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
