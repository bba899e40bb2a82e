import Database from 'better-sqlite3'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { civilDate } from '../../src/base/japan/civil.ts'
import { deskTexts } from '../../templates/text/desk.ts'
import { texts } from '../../templates/text/index.ts'
import { scheduleTexts } from '../../templates/text/schedule.ts'
import { application } from '../world.ts'
import { barriers, type House, madoguchi, nextInMito, openHouse, sideScroll } from './house.ts'

const d = deskTexts('ja')
const t = texts('ja')
const s = scheduleTexts('ja')

let house: House
let page: Page
beforeAll(async () => {
  house = await openHouse()
  await madoguchi(
    house,
    'staff',
    'add',
    'hanako@example.jp',
    '--name',
    '水戸 花子',
    '--role',
    'desk',
    '--prefectures',
    '08',
  )
  const context = await house.browser.newContext({ locale: 'ja-JP', viewport: { width: 1280, height: 800 } })
  page = await context.newPage()
  page.setDefaultTimeout(15_000)
}, 120_000)
afterAll(() => house?.close())

const at = (path: string) => page.goto(`${house.base}${path}`)
const sees = (text: string) => page.getByText(text, { exact: false }).filter({ visible: true }).first().waitFor()

/** The keys pressed beside the words that are typed. */
let keys = 0

async function press(key: string): Promise<void> {
  keys++
  await page.keyboard.press(key)
}

/** Types as staff do on the telephone: letters, Tab, arrows and Enter, without a mouse. */
async function typed(name: string, text: string): Promise<void> {
  for (let i = 0; i < 40; i++) {
    const focused = await page.evaluate<string>('document.activeElement?.getAttribute("name") ?? ""')
    if (focused === name) break
    await press('Tab')
  }
  if (text === ' ') keys++
  expect(await page.evaluate<string>('document.activeElement?.getAttribute("name") ?? ""')).toBe(name)
  await page.keyboard.type(text)
}

test('a desk signs in by a letter that came through a real SMTP server', async () => {
  await at('/desk')
  expect(await barriers(page)).toEqual([])
  await page.getByLabel(d.signIn.email).fill('hanako@example.jp')
  await page.keyboard.press('Enter')
  await sees(d.signIn.sentTitle)
  const [letter] = await house.lettersTo('hanako@example.jp')
  expect(letter?.subject).toContain('【ログイン】')
  const link = /http\S+\/desk\/sign-in\/\S+/.exec(letter?.text ?? '')?.[0] ?? ''
  await page.goto(link)
  expect(await barriers(page)).toEqual([])
  await page.getByRole('button', { name: d.signIn.press }).click()
  await sees('水戸 花子')
  expect(await barriers(page)).toEqual([])
})

test('plans a series after a look at its dates, and has its sessions in the calendar', async () => {
  await at('/desk/series/new')
  expect(await barriers(page)).toEqual([])
  await page.locator('#desk').selectOption('secretariat')
  await page.getByLabel('水', { exact: true }).check()
  await page.locator('#slot_starts').fill('10:00 11:00')
  await page.locator('#slot_minutes').fill('50')
  await page.locator('#slot_capacity').fill('2')
  await page.locator('#title_ja').fill('つくば相談会')
  await page.locator('#capacity').fill('4')
  await page.getByLabel(t.format.onsite, { exact: true }).check()
  await page.getByRole('button', { name: s.series.look }).click()
  await sees(s.series.lookTitle)
  expect(await barriers(page)).toEqual([])
  expect(await page.locator('main ol.plain li').count()).toBeGreaterThan(9)
  await page.getByRole('button', { name: s.series.save }).click()
  await sees(s.series.saved)
  for (let i = 0; i < 50; i++) {
    await at('/desk/schedule?view=list')
    if ((await page.getByText('つくば相談会').count()) > 5) break
    await page.waitForTimeout(200)
  }
  expect(await page.getByText('つくば相談会').count()).toBeGreaterThan(5)
  for (const path of [
    '/desk/schedule',
    '/desk/series',
    '/desk/desks',
    '/desk/venues',
    '/desk/closures',
    '/desk/suspensions',
  ]) {
    await at(path)
    expect([path, await barriers(page)]).toEqual([path, []])
  }
})

test('takes a booking at the counter for today, and checks in by one tap', async () => {
  const today = civilDate(new Date().toISOString())
  await at('/desk/series/new')
  await page.locator('#desk').selectOption('secretariat')
  await page.getByLabel(s.series.repeats.dates, { exact: true }).check()
  await page.locator('#dates').fill(today)
  await page.locator('#starts').fill('00:00')
  await page.locator('#ends').fill('23:59')
  await page.locator('#title_ja').fill('本日の相談')
  await page.locator('#capacity').fill('3')
  await page.getByLabel(t.format.onsite, { exact: true }).check()
  await page.getByRole('button', { name: s.series.look }).click()
  await page.getByRole('button', { name: s.series.save }).click()
  await sees(s.series.saved)
  const link = page.getByRole('link', { name: '本日の相談' })
  for (let i = 0; i < 50 && (await link.count()) === 0; i++) {
    await page.waitForTimeout(200)
    await at('/desk/schedule?view=list')
  }
  const href = (await link.first().getAttribute('href')) ?? ''
  await at(href)
  const open = page.getByRole('button', { name: s.session.open, exact: true })
  // On a holiday the new day is skipped until staff hold it after all.
  if ((await open.count()) > 0) await open.click()
  await at(`/desk/bookings/new?session=${href.split('/').at(-1)}`)
  const slots = page.locator('input[name=slot]')
  if ((await slots.count()) > 0) await slots.first().check()
  await page.locator('input[name=format]').first().check()
  await typed('phone', '029-224-0008')
  await typed('name', '鹿島 六郎')
  await typed('name_kana', 'かしま ろくろう')
  await typed('company', '鹿嶋市商工会')
  await typed('consent', ' ')
  await page.keyboard.press('Enter')
  await sees(d.booking.done.entered)
  const booking = page.url()
  await at('/desk')
  const line = page.getByRole('row', { name: '鹿嶋市商工会' })
  await line.getByRole('button', { name: d.today.come }).click()
  await line.getByText(/参加 \d\d:\d\d/).waitFor()
  expect(await barriers(page)).toEqual([])
  await at(`${new URL(booking).pathname}/arrive`)
  expect(await page.getByRole('button', { name: d.booking.come }).count()).toBe(0)
  expect(await barriers(page)).toEqual([])
})

test('takes three bookings by telephone with the keyboard alone, each by at most 23 keys beside its words', async () => {
  const day = await nextInMito(house.base)
  for (const [i, [kana, name, company]] of [
    ['うんの じろう', '海野 次郎', '大洗建設'],
    ['ﾐﾅﾄ ﾐﾖ', '港 三代', 'ひたちなか市役所'],
    ['さきやま はなこ', '﨑山 花子', '有限会社水戸納豆'],
  ].entries()) {
    await at('/desk')
    keys = 0
    await press('n')
    await page.waitForURL('**/desk/bookings/new')
    for (let down = 0; down < 50 && (await page.locator('#session').inputValue()) !== day.id; down++) {
      // The first press chooses the first session; those between are the schedule's, not the form's.
      await (down === 0 ? press('ArrowDown') : page.keyboard.press('ArrowDown'))
    }
    await press('Enter')
    await page.waitForURL(/session=/)
    await typed('slot', i === 1 ? '' : ' ')
    if (i === 1) await press('ArrowDown')
    await typed('format', ' ')
    await typed('phone', `029-224-000${i + 1}`)
    await typed('name', name ?? '')
    await typed('name_kana', kana ?? '')
    await typed('company', company ?? '')
    await typed('topics', ' ')
    await typed('consent', ' ')
    await press('Enter')
    await sees(d.booking.done.entered)
    expect(await page.locator('h1').innerText()).toContain(company)
    expect(keys).toBeLessThanOrEqual(23)
  }
  expect(await barriers(page)).toEqual([])
  await at('/desk/bookings')
  await sees(d.ledger.found(4))
  expect(await barriers(page)).toEqual([])
})

test('is warned while typing of somebody who has booked already', async () => {
  const day = await nextInMito(house.base)
  await at(`/desk/bookings/new?session=${day.id}`)
  await page.locator('#phone').fill('０２９２２４０００１')
  await page.keyboard.press('Tab')
  await sees(d.enter.known)
  await page.getByRole('link', { name: /大洗建設/ }).waitFor()
  expect(await barriers(page)).toEqual([])
})

test('finds somebody by half-width kana and prints the day sheet', async () => {
  await at('/desk/bookings')
  await page.locator('[name=text]').fill('ｻｷﾔﾏ')
  await page.keyboard.press('Enter')
  await sees(d.ledger.found(1))
  expect(page.url()).not.toContain('%')
  const day = await nextInMito(house.base)
  await at(`/desk/sessions/${day.id}/sheet`)
  await sees('﨑山 花子')
  expect((await page.pdf()).length).toBeGreaterThan(10_000)
  expect(await barriers(page)).toEqual([])
})

test('calls a day off after a look, tells who has an e-mail, and calls who has none', async () => {
  const day = await nextInMito(house.base)
  const answer = await fetch(`${house.base}/api/v1/bookings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify({
      session: day.id,
      slot: day.slots.at(-1)?.id,
      format: 'onsite',
      company: '株式会社髙﨑製作所',
      name: '髙橋 太郎',
      name_kana: 'タカハシ タロウ',
      email: 'taro@example.jp',
      phone: '029-224-0009',
      prefecture: '08',
      consent: true,
    }),
  })
  expect(answer.status).toBe(201)
  await at(`/desk/sessions/${day.id}/call-off`)
  expect(await barriers(page)).toEqual([])
  await page.locator('#reason_ja').fill('大雪のため')
  await page.keyboard.press('Enter')
  await sees(d.session.concerned(4, 4))
  await sees('【開催中止】')
  expect(await barriers(page)).toEqual([])
  await page.getByRole('button', { name: d.session.go['call-off'] }).click()
  await sees(d.session.done['call-off'])
  expect(await barriers(page)).toEqual([])
  for (let i = 0; i < 50 && (await house.lettersTo('taro@example.jp')).length < 2; i++) await page.waitForTimeout(200)
  const letters = await house.lettersTo('taro@example.jp')
  expect(letters.map((one) => one.subject?.slice(0, 6))).toEqual(['【予約確定】', '【開催中止】'])
  await at('/desk')
  const calls = page.locator('#calls li')
  expect(await calls.count()).toBe(3)
  await calls.first().getByRole('button', { name: d.today.called }).click()
  await page.waitForFunction('document.querySelectorAll("#calls li").length === 2')
  await at('/desk/outbox')
  await sees(t.letters.kinds.called_off)
  expect(await barriers(page)).toEqual([])
})

test('adds a passkey with the device’s own authenticator, and is asked for it at the next sign-in', async () => {
  const context = await house.browser.newContext({ locale: 'ja-JP' })
  const own = await context.newPage()
  own.setDefaultTimeout(15_000)
  const cdp = await context.newCDPSession(own)
  await cdp.send('WebAuthn.enable')
  await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
    },
  })
  await madoguchi(house, 'staff', 'add', 'taro@example.jp', '--name', '総務 太郎', '--role', 'secretariat')
  const signIn = async (nth: number) => {
    await own.goto(`${house.base}/desk/sign-in`)
    await own.locator('#email').fill('taro@example.jp')
    await own.keyboard.press('Enter')
    await own.getByText(d.signIn.sentTitle).waitFor()
    const sent = async () =>
      (await house.lettersTo('taro@example.jp')).filter((one) => one.subject?.includes('ログイン'))
    for (let i = 0; i < 50 && (await sent()).length < nth; i++) await own.waitForTimeout(200)
    const link = /http\S+\/desk\/sign-in\/\S+/.exec((await sent()).at(-1)?.text ?? '')?.[0] ?? ''
    await own.goto(link)
    await own.getByRole('button', { name: d.signIn.press }).click()
  }
  await signIn(1)
  await own.getByText(d.security.needed.what).waitFor()
  expect(await barriers(own)).toEqual([])
  await own.getByRole('button', { name: d.security.passkeyAdd }).click()
  await own.getByText(d.security.done.passkey).waitFor()
  await own.getByRole('button', { name: d.signOut }).click()
  await own.waitForURL('**/desk/sign-in')
  await signIn(2)
  await own.waitForURL('**/desk/proof*')
  expect(await barriers(own)).toEqual([])
  await own.getByRole('button', { name: d.proof.passkey }).click()
  await own.waitForURL('**/desk')
  await own.goto(`${house.base}/desk/people`)
  await own.getByText('水戸 花子').waitFor()
  expect(await barriers(own)).toEqual([])
  await context.close()
}, 120_000)

/** The buttons that are cut off by the window or by what is around them, and the lists that scroll to the side. */
const cutOff = () =>
  page.evaluate<string[]>(`[
    ...[...document.querySelectorAll('main :is(button, .btn):not(.sr)')].filter((button) => {
      const box = button.getBoundingClientRect()
      if (box.width === 0) return false
      if (box.right > innerWidth + 1 || box.left < -1 || button.scrollWidth > button.clientWidth + 1) return true
      for (let around = button.parentElement; around; around = around.parentElement) {
        const { left, right } = around.getBoundingClientRect()
        const cuts = getComputedStyle(around).overflowX !== 'visible'
        if (cuts && (box.right > right + 1 || box.left < left - 1)) return true
      }
      return false
    }).map((button) => button.textContent.trim()),
    ...[...document.querySelectorAll('.scroll:has(.list:not(.numbers))')]
      .filter((list) => list.scrollWidth > list.clientWidth + 1)
      .map((list) => list.getAttribute('aria-label') + ' ' + list.scrollWidth + '>' + list.clientWidth),
  ]`)

/** Puts a cap that was reached on the list of the desk, with the booking of its source. */
function reachCap(booking: string): void {
  const db = new Database(house.env.DATABASE_URL?.replace('sqlite:', ''))
  const now = new Date().toISOString()
  const cap = "insert into cap values ('reached', '', 'places', 'network', 'key', '203.0.*.*', 5, 5, 0, 1, ?, null)"
  db.prepare(cap).run(now)
  db.prepare("insert into cap_booking values (?, 'network', 'key')").run(booking)
  db.close()
}

test('has every page within the width of a telephone and of a small desktop, and no button cut off', async () => {
  const day = await nextInMito(house.base)
  const wide = { phone: '０２９−２２４−０００１', company: '一般社団法人ひたちなか地域産業活性化推進協議会' }
  const answer = await fetch(`${house.base}/api/v1/bookings`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': crypto.randomUUID() },
    body: JSON.stringify(application({ ...wide, session: day.id, slot: day.slots[0]?.id, topics: [] })),
  })
  expect(answer.status).toBe(201)
  const { id } = ((await answer.json()) as { booking: { id: string } }).booking
  reachCap(id)
  for (const path of [
    '/desk',
    '/desk/bookings',
    `/desk/bookings/${id}`,
    `/desk/bookings/${id}/move`,
    `/desk/bookings/new?session=${day.id}`,
    `/desk/sessions/${day.id}`,
    `/desk/sessions/${day.id}/sheet`,
    '/desk/outbox',
    '/desk/caps',
    '/desk/security',
    '/desk/schedule',
    '/desk/schedule?view=list',
    '/desk/series',
    '/desk/series/new',
    '/desk/closures',
    '/desk/suspensions',
    '/desk/desks',
    '/desk/desks/new',
    '/desk/desks/secretariat/end',
    '/desk/venues',
    '/desk/venues/new',
    '/desk/figures',
    '/desk/figures/report',
  ]) {
    for (const width of [360, 390, 1200, 1280]) {
      await page.setViewportSize({ width, height: 740 })
      await at(path)
      const buttons = await page.locator('tbody .btn').count()
      expect([path, path !== '/desk/caps' || buttons === 1]).toEqual([path, true])
      expect([path, width, await sideScroll(page), await cutOff()]).toEqual([path, width, 0, []])
      expect([path, width === 360 ? await barriers(page) : []]).toEqual([path, []])
    }
  }
}, 180_000)

test('on paper the ledger has its lines alone, numbers stay whole, and a long note is shown to its end', async () => {
  await page.emulateMedia({ media: 'print' })
  await page.setViewportSize({ width: 700, height: 990 })
  await at('/desk/bookings')
  for (const part of ['search', '.views', '.export', 'nav.pager']) {
    expect([part, await page.locator(part).filter({ visible: true }).count()]).toEqual([part, 0])
  }
  const tall = await page.locator('.receipt').evaluateAll((all) => all.filter((one) => one.getClientRects().length > 1))
  expect(tall).toEqual([])
  await page.locator('tbody tr').first().locator('td[data-label] a').nth(1).click()
  const note = page.locator('textarea').first()
  await note.fill('駐車場を使う。'.repeat(28))
  expect(await note.evaluate((one) => one.scrollHeight - one.clientHeight)).toBe(0)
  await page.emulateMedia({ media: null })
}, 60_000)
