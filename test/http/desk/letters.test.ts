import { parse } from 'node-html-parser'
import { beforeEach, describe, expect, test } from 'vitest'
import { BOOKING_LETTERS } from '../../../src/base/letters.ts'
import { deskTexts } from '../../../templates/text/desk.ts'
import { texts } from '../../../templates/text/index.ts'
import { MITO, PRODUCTION } from '../../world.ts'
import { type Fields, fieldsOf, formTo, type Page, pathOf, type Site, site } from '../app.ts'
import { type Staff, signedIn } from './fixtures.ts'

const d = deskTexts('ja')
const t = texts('ja')

let s: Site
let desk: Staff
beforeEach(async () => {
  s = await site()
  desk = await signedIn(s, 'desk', '08')
})

const LETTERS = '/desk/outbox'
const KEPT = '/desk/letters'
const ids = (of: Site) => of.column<string>('select id from outbox order by created_at desc')

describe('letters', () => {
  test('that failed say why and are sent again by the desk of their prefecture', async () => {
    s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
    desk = await signedIn(s, 'desk', '08')
    const tokyo = await signedIn(s, 'desk', '13')
    await s.booked()
    await s.run("update outbox set state = 'failed', fault = 'RCPT: 550 no such user' where kind = 'booked'")
    const list = await desk.page('/desk/outbox?state=failed')
    expect(list.text).toContain('550 no such user')
    expect((await desk.page('/desk')).text).toContain(d.today.tasks.failed)
    const [id] = await s.column<string>("select id from outbox where kind = 'booked'")
    expect((await desk.page(`/desk/outbox/${id}`)).text).toContain(d.letters.resend)
    expect((await tokyo.post(`/desk/outbox/${id}/resend`)).status).toBe(403)
    expect((await tokyo.page(`/desk/outbox/${id}`)).status).toBe(403)
    expect((await desk.submit(`/desk/outbox/${id}/resend`)).text).toContain(d.letters.resent)
    expect(await s.rows("select state, attempts, fault from outbox where kind = 'booked'")).toEqual([
      { state: 'waiting', attempts: 0, fault: null },
    ])
    expect((await desk.submit(`/desk/outbox/${id}/resend`)).text).toContain(d.letters.cannot)
  })

  test('that somebody says never came are sent once more, unless something newer has been written', async () => {
    s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
    desk = await signedIn(s, 'desk', '08')
    await s.booked()
    await s.run("update outbox set state = 'sent' where kind = 'booked'")
    const [id] = await s.column<string>("select id from outbox where kind = 'booked'")
    expect((await desk.page(`/desk/outbox/${id}`)).text).toContain(d.letters.resend)
    expect((await desk.submit(`/desk/outbox/${id}/resend`)).text).toContain(d.letters.resent)
    expect((await desk.submit(`/desk/outbox/${id}/resend`)).text).toContain(d.letters.cannot)
    await s.run("update outbox set state = 'sent' where kind = 'booked'")
    await s.run('update booking set sequence = 1')
    expect((await desk.page(`/desk/outbox/${id}`)).body).not.toContain(`/desk/outbox/${id}/resend`)
    expect((await desk.submit(`/desk/outbox/${id}/resend`)).text).toContain(d.letters.cannot)
  })

  test.each(['before the day', 'after the day'])(
    'have a button to send them again only if it works: %s',
    async (when) => {
      s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
      await s.booked()
      s.at(when === 'before the day' ? '2026-11-23T02:00:00.000Z' : '2026-11-28T02:00:00.000Z')
      desk = await signedIn(s, 'desk', '08')
      const [id] = await s.column<string>("select id from outbox where kind = 'booked'")
      const found: [string, boolean, boolean][] = []
      for (const kind of BOOKING_LETTERS) {
        await s.run("update outbox set kind = ?, state = 'failed' where id = ?", kind, id)
        const button = async (path: string) => (await desk.page(path)).body.includes(`/desk/outbox/${id}/resend`)
        found.push([kind, await button(LETTERS), await button(`${LETTERS}/${id}`)])
        const works = (await desk.post(`/desk/outbox/${id}/resend`)).location?.includes('resent') ?? false
        expect(found.at(-1)).toEqual([kind, works, works])
      }
      expect(found.some(([, shown]) => shown)).toBe(true)
    },
  )

  test('of every kind are shown as the holder of a booking would get them, and none is sent', async () => {
    const { id } = await s.booked()
    for (const kind of BOOKING_LETTERS) {
      const page = await desk.page(`/desk/bookings/${id}/letter?kind=${kind}`)
      expect([kind, page.status]).toEqual([kind, 200])
      expect(page.text).toContain('様')
    }
    expect(await s.column('select cast(count(*) as integer) from outbox where subject = ?', id)).toEqual([1])
  })

  test('by which others sign in are read by nobody', async () => {
    s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
    const all = await signedIn(s, 'secretariat')
    const [id] = await s.column<string>("select id from outbox where kind = 'sign_in'")
    expect((await all.page(`/desk/outbox/${id}`)).status).toBe(404)
    expect((await all.page('/desk/outbox')).text).not.toContain(t.letters.kinds.sign_in)
  })
})

describe('the list of letters', () => {
  beforeEach(async () => {
    s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
    desk = await signedIn(s, 'desk', '08')
  })
  const kinds = (page: Page) => page.main.querySelectorAll('tbody tr').map((row) => row.querySelector('a')?.text)
  const found = async (fields: Fields) => kinds(await desk.submit(LETTERS, fields))

  test('is searched by company, name and number, and nothing of it is in the address', async () => {
    const mine = await s.booked({ company: '株式会社髙﨑製作所', name: '髙﨑 𠮷郎', email: 'yoshiro@example.jp' })
    await s.booked({ slot: `${MITO}-1100`, company: '大洗建設', name: '海野 次郎', email: 'jiro@example.jp' })
    for (const text of ['高崎製作所', '㈱髙﨑', '吉郎', mine.number, 'yoshiro@example']) {
      const { location } = await desk.post(LETTERS, [['text', text]])
      expect(decodeURIComponent(location)).not.toContain(text)
      const page = await desk.page(pathOf(location))
      expect(kinds(page)).toEqual([t.letters.kinds.booked])
      expect(page.text).toContain('株式会社髙﨑製作所')
    }
    expect((await desk.submit(LETTERS, [['text', '日立']])).text).toContain(d.letters.empty)
    const { location } = await desk.post(LETTERS, [['text', '大洗']])
    s.at('2026-11-22T03:00:00.000Z')
    expect((await desk.page(pathOf(location))).text).toContain(d.letters.expired)
  })

  test('is narrowed by kind, state and the day on which a letter was written', async () => {
    const mine = await s.booked()
    s.at('2026-11-22T16:00:00.000Z') // The next day in Japan.
    desk = await signedIn(s, 'desk', '08')
    await s.post(`/b/${mine.token}/cancel`)
    const [booked, cancelled] = [t.letters.kinds.booked, t.letters.kinds.cancelled]
    expect(await found([])).toEqual([cancelled, booked])
    expect(await found([['kind', 'booked']])).toEqual([booked])
    expect(await found([['date', '11/23']])).toEqual([cancelled])
    expect(await found([['date', '2026-11-22']])).toEqual([booked])
    await s.run("update outbox set state = 'sent' where kind = 'booked'")
    expect(await found([['state', 'waiting']])).toEqual([cancelled])
    const odd = await desk.submit(LETTERS, [['date', 'いつか']])
    expect([odd.text.includes(d.letters.unread), kinds(odd).length]).toEqual([true, 2])
    expect((await desk.page(`${LETTERS}?kind=sign_in`)).status).toBe(404)
  })

  test('says in order what went to one person, by letter and by telephone, about every booking within reach', async () => {
    const email = 'taro@example.jp'
    const mine = await s.booked({ email })
    const tokyo = await signedIn(s, 'desk', '13')
    s.at('2026-11-22T02:00:00.000Z')
    await s.post(`/b/${mine.token}/cancel`)
    s.at('2026-11-22T02:30:00.000Z')
    const again = await s.booked({ session: 'seminar-ahead-sample', slot: null, format: 'online', email })
    await s.booked({ slot: `${MITO}-1100`, email: 'jiro@example.jp', phone: '029-224-0002' })
    await s.run("update outbox set channel = 'phone' where kind = 'cancelled'")
    const page = await desk.page(`${LETTERS}?person=${mine.id}`)
    expect(kinds(page)).toEqual(['booked', 'cancelled'].map((kind) => t.letters.kinds[kind as 'booked']))
    expect(page.text).toContain(d.letters.callStates.waiting)
    const all = await signedIn(s, 'secretariat')
    expect((await all.page(`${LETTERS}?person=${mine.id}`)).text).toContain(again.number)
    expect((await tokyo.page(`${LETTERS}?person=${mine.id}`)).status).toBe(403)
    const record = await desk.page(`/desk/bookings/${mine.id}`)
    expect(record.main.querySelector(`a[href="${LETTERS}?person=${mine.id}"]`)?.text).toBe(d.letters.person)
    const names = record.main.querySelectorAll('a[href^="/desk/outbox/"], a[href^="/desk/calls/"]')
    expect(names.map((one) => one.text)).toEqual(kinds(page))
  })

  test('sends a letter again from its row, and comes back to the same list', async () => {
    const mine = await s.booked()
    await s.run("update outbox set state = 'failed', fault = '550' where kind = 'booked'")
    const [id] = await s.column<string>("select id from outbox where kind = 'booked'")
    const list = await desk.page(`${LETTERS}?state=failed`)
    const form = formTo(list, `${LETTERS}/${id}/resend`)
    const { location } = await desk.post(`${LETTERS}/${id}/resend`, fieldsOf(form))
    expect(pathOf(location)).toBe(`${LETTERS}?state=failed&done=resent`)
    await s.run("update outbox set state = 'sent' where kind = 'booked'")
    expect((await desk.page(LETTERS)).body).not.toContain('/resend')
    const person = await desk.page(`${LETTERS}?person=${mine.id}`)
    const once = await desk.submit(`${LETTERS}/${id}/resend`, fieldsOf(formTo(person, `${LETTERS}/${id}/resend`)))
    expect([once.text.includes(d.letters.resent), kinds(once)]).toEqual([true, [t.letters.kinds.booked]])
    const elsewhere = await desk.post(`${LETTERS}/${id}/resend`, [['back', 'https://example.com/desk/outbox']])
    expect(pathOf(elsewhere.location)).toBe(`${LETTERS}?done=cannot`)
    const viewer = await signedIn(s, 'viewer', '08')
    expect((await viewer.page(`${LETTERS}?person=${mine.id}`)).body).not.toContain('/resend')
  })
})

test('who reads a letter in the console does not get its holder’s key to the booking', async () => {
  s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
  const viewer = await signedIn(s, 'viewer', '08')
  const { id, token } = await s.booked()
  const [letter] = await s.column<string>("select id from outbox where kind = 'booked'")
  for (const path of [
    `/desk/bookings/${id}/letter?kind=booked`,
    `/desk/outbox/${letter}`,
    `/desk/outbox/${letter}/html`,
  ]) {
    const page = await s.ask(path, { headers: { cookie: viewer.cookie } })
    expect([path, page.status, page.body.includes('/b/')]).toEqual([path, 200, true])
    expect([path, page.body.includes(token)]).toEqual([path, false])
    const [, shown = ''] = /\/b\/([\w-]{43})/.exec(page.body) ?? []
    expect((await s.ask(`/b/${shown}`)).status).toBe(404)
  }
})

test('the sample of a letter has no lines broken for mail programs: a narrow page would break them twice', async () => {
  const { id } = await s.booked()
  const sentence = '返信いただいてもお読みできませんので、ご用の方は窓口にお電話ください。'
  const look = await desk.submit(`/desk/sessions/${MITO}/call-off`, [['reason_ja', '大雪のため']])
  const sample = await desk.page(`/desk/bookings/${id}/letter?kind=booked`)
  for (const page of [look, sample]) expect(page.main.querySelector('pre')?.text).toContain(sentence)
  const [letter] = await s.column<string>("select id from outbox where kind = 'booked'")
  const sent = await s.page(`${KEPT}/${letter}`)
  expect(sent.main.querySelector('pre')?.text).not.toContain(sentence)
})

test('/desk/letters says so if there are none', async () => {
  const page = await (await site()).page(KEPT)
  expect(page.status).toBe(200)
  expect(page.text).toContain(t.letters.lead)
  expect(page.text).toContain(t.letters.empty)
})

test('/desk/letters shows the kept letters, the newest first, with how they stand', async () => {
  s = await site()
  const mine = await s.booked()
  s.at('2026-11-22T02:00:00.000Z')
  await s.post(`/b/${mine.token}/cancel`)
  const page = await s.page(KEPT)
  const rows = page.main.querySelectorAll('tbody tr')
  expect(rows.map((row) => row.querySelector('a')?.text)).toEqual([t.letters.kinds.cancelled, t.letters.kinds.booked])
  expect(rows.map((row) => row.querySelector('a')?.getAttribute('href'))).toEqual(
    (await ids(s)).map((id) => `${KEPT}/${id}`),
  )
  for (const row of rows) {
    expect(row.text).toContain(t.letters.states.kept)
    expect(row.text).toContain(mine.number)
  }
  expect(rows[0]?.text).toContain('11月22日(日) 11:00')
  expect(page.headers.get('cache-control')).toBe('no-store')
  expect(page.root.querySelector('meta[name=robots]')?.getAttribute('content')).toBe('noindex')
})

test('a letter is shown as it would be sent: heads, both texts, its calendar entry and its links', async () => {
  s = await site()
  const mine = await s.booked({ name: '髙﨑 𠮷郎', email: 'yoshiro@example.jp' })
  const page = await s.page(`${KEPT}/${(await ids(s))[0]}`)
  expect(page.status).toBe(200)
  expect(page.main.querySelector('h1')?.text).toContain('【予約確定】')
  expect(page.text).toContain('髙﨑 𠮷郎 <yoshiro@example.jp>')
  expect(page.text).toContain('窓口 <noreply@localhost>')
  const [text, calendar] = page.main.querySelectorAll('pre').map((one) => one.text)
  expect(text).toContain(mine.number)
  expect(text).toContain(mine.manage_url)
  expect(calendar).toContain('METHOD:REQUEST')
  const frame = page.main.querySelector('iframe')
  expect(frame?.getAttribute('sandbox')).toBe('allow-popups')
  const shown = await s.app.request(frame?.getAttribute('src') ?? '')
  expect(shown.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(shown.headers.get('content-security-policy')).toContain('sandbox')
  const html = parse(await shown.text())
  expect(html.querySelectorAll('a').map((one) => one.getAttribute('href'))).toContain(mine.manage_url)
  expect(page.headers.get('cache-control')).toBe('no-store')
})

test('a letter says above its text how that stands to what was or will be sent', async () => {
  s = await site({ env: { SMTP_URL: 'smtp://127.0.0.1:1' } })
  desk = await signedIn(s, 'desk', '08')
  await s.booked()
  const [id] = await s.column<string>("select id from outbox where kind = 'booked'")
  for (const [state, { what }] of Object.entries(d.letters.asNow)) {
    await s.run('update outbox set state = ? where id = ?', state, id)
    expect((await desk.page(`/desk/outbox/${id}`)).text).toContain(what)
  }
  await s.run("update outbox set state = 'sent', sent_at = '2026-11-22T02:00:00.000Z' where id = ?", id)
  expect((await desk.page(`/desk/outbox/${id}`)).text).toContain(d.letters.sentAt('11月22日(日) 11:00'))
})

test('a letter whose link is over says so instead of a page that is not found', async () => {
  s = await site()
  const mine = await s.booked()
  await s.post(`/b/${mine.token}/amend`, [['email', 'new@example.jp']])
  await s.run('delete from email_change')
  const [id] = await s.column<string>("select id from outbox where kind = 'confirm_email'")
  const page = await s.page(`${KEPT}/${id}`)
  const bare = await s.page(`${KEPT}/${id}/html`)
  expect([page.status, bare.status]).toEqual([410, 410])
  for (const shown of [page, bare]) expect(shown.text).toContain(d.letters.gone.what)
})

test('every kept letter leads to its text, also one to sign in: so a fresh clone lets people into the console', async () => {
  s = await site()
  await s.booked()
  await signedIn(s, 'desk', '08')
  const links = (await s.page(KEPT)).main.querySelectorAll('tbody a').map((one) => one.getAttribute('href') ?? '')
  expect(links).toHaveLength(2)
  const read = await Promise.all(links.map((link) => s.page(link)))
  expect(read.map(({ status }) => status)).toEqual([200, 200])
  expect(read.some(({ text }) => text.includes('/desk/sign-in/'))).toBe(true)
})

test('a call is no letter: the kept letters do not list it as one to be sent', async () => {
  s = await site()
  await s.booked()
  await s.run("update outbox set channel = 'phone', state = 'waiting'")
  expect((await s.page(KEPT)).text).toContain(t.letters.empty)
})

test('a letter in English is written in English', async () => {
  s = await site()
  await s.booked({ locale: 'en' })
  expect((await s.page(`${KEPT}/${(await ids(s))[0]}`)).main.querySelector('h1')?.text).not.toContain('【予約確定】')
})

test('a list of letters costs the same number of reads for one and for five', async () => {
  s = await site()
  const costs: number[] = []
  for (const count of [1, 4]) {
    for (let i = 0; i < count; i++) await s.booked({ session: 'seminar-ahead-sample', slot: null, format: 'online' })
    s.reads()
    await s.page(KEPT)
    costs.push(s.reads())
  }
  expect(costs[0]).toBeGreaterThan(0)
  expect(costs[1]).toBe(costs[0])
})

test('in production, if mail leaves, and if others reach the server, nobody reads them without signing in', async () => {
  for (const env of [PRODUCTION, { SMTP_URL: 'smtp://localhost' }, { HOST: '0.0.0.0' }]) {
    s = await site({ env: { ...env } })
    await s.booked()
    for (const path of [KEPT, `${KEPT}/${(await ids(s))[0]}`, `${KEPT}/${(await ids(s))[0]}/html`]) {
      const answer = await s.ask(path)
      expect([answer.status, answer.body.includes('example.jp')]).toEqual([303, false])
      expect(answer.location).toContain('/desk/sign-in?to=')
    }
  }
})

test('without a mail server the menu leads to the letters of the console, and to no page of development', async () => {
  const tokyo = await signedIn(s, 'desk', '13')
  const { number } = await s.booked()
  const [menu] = (await desk.page('/desk')).root.querySelectorAll('nav a[href="/desk/outbox"]')
  expect(menu?.text).toBe(d.nav.letters)
  const list = await desk.page(LETTERS)
  expect(list.root.querySelector('nav a[aria-current=page]')?.getAttribute('href')).toBe(LETTERS)
  expect([list.text.includes(number), list.text.includes(d.letters.kept.what)]).toEqual([true, true])
  const links = list.main.querySelectorAll('tbody a').map((one) => one.getAttribute('href') ?? '')
  expect(links.filter((href) => href.startsWith('/dev'))).toEqual([])
  const own = links.find((href) => href.startsWith(`${LETTERS}/`)) ?? ''
  const letter = await desk.page(own)
  expect(letter.main.querySelector('.crumbs a')?.getAttribute('href')).toBe(LETTERS)
  expect(letter.main.querySelector('iframe')?.getAttribute('src')).toBe(`${own}/html`)
  expect((await tokyo.page(own)).status).toBe(403)
  expect((await s.ask(LETTERS)).location).toContain('/desk/sign-in')
  const elsewhere = await site({ env: { HOST: '0.0.0.0' } })
  const body = (await (await signedIn(elsewhere, 'desk', '08')).page(LETTERS)).body
  expect([body.includes(d.letters.kept.what), body.includes('/dev/')]).toEqual([true, false])
})

test('are kept for this machine only: another host name does not lead to them', async () => {
  await s.booked()
  for (const path of [KEPT, `${KEPT}/${(await ids(s))[0]}`, `${KEPT}/${(await ids(s))[0]}/html`]) {
    for (const host of ['localhost:8787', '127.0.0.1:8787', '[::1]:8787']) {
      expect((await s.ask(`http://${host}${path}`)).status).toBe(200)
    }
    for (const host of ['evil.example', 'localhost.evil.example', '192.0.2.1', 'sub.localhost']) {
      const answer = await s.ask(`http://${host}${path}`)
      expect([answer.status, answer.body.includes('taro')]).toEqual([404, false])
    }
  }
})
