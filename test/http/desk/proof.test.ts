import { expect, test } from 'vitest'
import { openedTotp } from '../../../src/people/totp-secret.ts'
import { deskTexts } from '../../../templates/text/desk.ts'
import { figuresTexts } from '../../../templates/text/figures.ts'
import { totpCode } from '../../people/totp.ts'
import { type Fields, fieldsOf, formTo, type Page, pageOf, pathOf, type Site, site } from '../app.ts'
import { asked, cookieOf, MAIL, signedIn, withAccount } from './fixtures.ts'

const t = deskTexts('ja')

/** A form that waits for a proof, and the browser that sent it. */
function formOf(page: Page, part = 'again') {
  const form = page.main.querySelector(`form[action^="/desk/proof/${part}"]`)
  if (!form) throw new Error(`no proof is asked for: ${page.text}`)
  return form
}

/** Proves who is there, as the page asks. Follows to the form that waited, and sends it as a browser does (307). */
async function prove(s: Site, page: Page, cookie: string, code: string) {
  const form = formOf(page)
  const fields = fieldsOf(form, { proof_code: code })
  const done = await s.post(form.getAttribute('action') ?? '', fields, { cookie })
  if (done.status !== 307) return { done, cookie }
  const fresh = cookieOf(done)
  return { done: await s.post(pathOf(done.location), fields, { cookie: fresh }), cookie: fresh }
}

async function codeOf(s: Site, account: string): Promise<string> {
  const [stored = ''] = await s.column<string>('select totp_secret from account where id = ?', account)
  return totpCode((await openedTotp(s.ctx, account, stored)) ?? '', s.ctx.clock.now())
}

test('what needs a fresh proof asks for one, keeps what was typed, and goes on with it', async () => {
  const s = await site()
  const all = await signedIn(s, 'secretariat')
  await s.booked()
  const somebody = await signedIn(s, 'desk', '08')
  let { cookie } = all
  let minutes = 0
  /** Sends a form with a proof of eleven minutes ago, proves, and returns the answer to the form. */
  async function stale(path: string, fields: Fields) {
    minutes += 11
    s.at(new Date(Date.parse('2026-11-22T01:00:00.000Z') + minutes * 60_000).toISOString())
    const before = await s.rows('select id, revision, email, totp_secret from account order by id')
    const page = pageOf(await s.post(path, fields, { cookie }))
    expect([path, page.status, page.text.includes(t.proof.again.what)]).toEqual([path, 403, true])
    expect(await s.rows('select id, revision, email, totp_secret from account order by id')).toEqual(before)
    const wrong = await prove(s, page, cookie, '000000')
    expect(wrong.done.status).toBe(422)
    const done = await prove(s, pageOf(wrong.done), cookie, await codeOf(s, all.id))
    cookie = done.cookie
    return done.done
  }
  const person: Fields = [
    ['email', 'typed@example.jp'],
    ['name', '常陸 "太郎" <b>'],
    ['role', 'desk'],
    ['prefectures', '08'],
    ['prefectures', '13'],
  ]
  const added = await stale('/desk/people/new', person)
  expect(pathOf(added.location)).toBe('/desk/people?done=added')
  expect(await s.rows("select name, prefectures from account where email = 'typed@example.jp'")).toEqual([
    { name: '常陸 "太郎" <b>', prefectures: '08,13' },
  ])
  const path = `/desk/people/${somebody.id}`
  const edited = fieldsOf(formTo(await s.page(path, { headers: { cookie } }), path), { email: 'else@example.jp' })
  expect(pathOf((await stale(path, edited)).location)).toBe('/desk/people?done=saved')
  const wanted: Fields = Object.entries({ from: '2026-04-01', to: '2027-03-31', format: 'csv' })
  // What answers with a file is asked for on its own page, on which the browser stays.
  const exporting = pageOf(await stale('/desk/exports', wanted))
  expect([exporting.status, exporting.text.includes(figuresTexts('ja').export.proven.what)]).toEqual([200, true])
  const form = formTo(exporting, '/desk/exports')
  expect(fieldsOf(form)).toEqual(expect.arrayContaining(wanted))
  const file = await s.post('/desk/exports', fieldsOf(form), { cookie })
  expect([file.headers.get('content-disposition'), file.body.includes('髙﨑')]).toEqual([
    'attachment; filename="ledger-2026-04-01-2027-03-31-utf8.csv"',
    true,
  ])
  expect(pathOf((await stale('/desk/security/drop', [['passkey', 'none']])).location)).toMatch(/^\/desk\/security/)
  s.at('2026-11-22T03:00:00.000Z')
  for (const address of ['/desk/security/passkey/challenge', '/desk/security/passkey']) {
    expect((await s.post(address, [], { cookie })).status).toBe(403)
  }
})

test('an account without a second factor proves who it is by a letter', async () => {
  const s = await withAccount()
  await s.post('/desk/sign-in', [['email', MAIL]])
  const cookie = cookieOf(await s.post(`/desk/sign-in/${(await asked(s)).token}`))
  s.at('2026-11-22T01:30:00.000Z')
  const shown = await s.page('/desk/security', { headers: { cookie } })
  const secret = shown.root.querySelector('input[name=secret]')?.getAttribute('value') ?? ''
  const fields: Fields = [
    ['secret', secret],
    ['code', await totpCode(secret, s.ctx.clock.now())],
  ]
  const page = pageOf(await s.post('/desk/security/totp', fields, { cookie }))
  expect(page.status).toBe(403)
  const form = formOf(page, 'letter')
  const sent = pageOf(await s.post(form.getAttribute('action') ?? '', fieldsOf(form), { cookie }))
  const { done, cookie: fresh } = await prove(s, sent, cookie, (await asked(s, 1)).code)
  expect(pathOf(done.location)).toBe('/desk/security?done=totp')
  expect((await s.ask('/desk', { headers: { cookie } })).status).toBe(303)
  expect((await s.ask('/desk', { headers: { cookie: cookieOf(done) } })).status).toBe(200)
  expect(fresh).not.toBe(cookie)
})

test('a browser that nobody used for an hour asks who is there, and keeps the form that was typed', async () => {
  const s = await site({ env: { DESK_IDLE_MINUTES: '60' } })
  const all = await signedIn(s, 'secretariat')
  s.at('2026-11-22T01:59:00.000Z')
  expect((await all.page('/desk')).status).toBe(200)
  s.at('2026-11-22T02:58:00.000Z')
  const polled = { cookie: all.cookie, 'sec-fetch-dest': 'empty' }
  expect((await s.ask('/desk/bookings', { headers: polled })).status).toBe(200)
  s.at('2026-11-22T02:59:00.000Z')
  const away = await s.ask('/desk/bookings?page=2', { headers: { cookie: all.cookie } })
  expect(pathOf(away.location)).toBe('/desk/proof?to=%2Fdesk%2Fbookings%3Fpage%3D2')
  const page = pageOf(await all.post('/desk/venues/new', [['name_ja', '日立市民会館']]))
  expect(page.status).toBe(403)
  const { done, cookie } = await prove(s, page, all.cookie, await codeOf(s, all.id))
  expect([done.status, done.body.includes('日立市民会館')]).toEqual([422, true])
  expect((await s.page('/desk/security', { headers: { cookie } })).text).toContain(
    t.security.seen('11月22日(日) 11:59'),
  )
})

test('the way back from the proof leads to the form that was left, with what was typed', async () => {
  const s = await site()
  const all = await signedIn(s, 'secretariat')
  const somebody = await signedIn(s, 'desk', '08')
  s.at('2026-11-22T01:30:00.000Z')
  const typed: Fields = Object.entries({
    email: 'typed@example.jp',
    name: '常陸 太郎',
    role: 'desk',
    prefectures: '08',
  })
  const wanted: Fields = Object.entries({ from: '2026-05-06', to: '2027-03-31', format: 'csv' })
  const before = await s.rows('select * from account order by id')
  for (const [path, fields, mark] of [
    ['/desk/people/new', typed, '常陸 太郎'],
    [`/desk/people/${somebody.id}`, [...typed, ['state', 'active'], ['revision', '0']], '常陸 太郎'],
    ['/desk/exports', wanted, '2026-05-06'],
  ] as [string, Fields, string][]) {
    const page = pageOf(await all.post(path, fields))
    const back = page.main.querySelector('form[action*="look=form"]')
    if (!back) throw new Error('no way back')
    const form = pageOf(await all.post(back.getAttribute('action') ?? '', fieldsOf(back)))
    expect([path, form.status, form.main.outerHTML.includes(`value="${mark}"`)]).toEqual([path, 200, true])
    expect(form.root.querySelector(`form[action="${path}"]`)).not.toBeNull()
  }
  expect(await s.rows('select * from account order by id')).toEqual(before)
  // A button without a form leads back to its page.
  expect(pathOf((await all.post('/desk/security/drop?look=form')).location)).toBe('/desk/security')
})

test('a proof that is asked for by an address of a file leads to the page of the file', async () => {
  const s = await site({ env: { DESK_IDLE_MINUTES: '60' } })
  const all = await signedIn(s, 'secretariat')
  const id = '01JD0000000000000000000000'
  await s.run(
    "insert into journal (id, at, actor, act, subject, detail) values (?, '2026-11-22T01:00:00.000Z', ?, 'export.asked', ?, ?)",
    id,
    all.id,
    id,
    JSON.stringify({ from: '2026-04-01', to: '2027-03-31', prefecture: null, kind: null, status: null, format: 'csv' }),
  )
  s.at('2026-11-22T02:30:00.000Z')
  const locked = { cookie: all.cookie }
  const csv = await s.ask('/desk/figures/report?month=2026-10&as=csv', { headers: locked })
  const proof = await s.page(pathOf(csv.location), { headers: locked })
  expect(proof.root.querySelector('input[name=to]')?.getAttribute('value')).toBe('/desk/figures/report?month=2026-10')
  const page = pageOf(await all.post(`/desk/exports/${id}/file`))
  const form = page.root.querySelector('form[action="/desk/proof"]')
  if (!form) throw new Error('no proof is asked for')
  const done = await s.post('/desk/proof', fieldsOf(form, { code: await codeOf(s, all.id) }), locked)
  expect([done.status, pathOf(done.location)]).toEqual([303, `/desk/exports/${id}`])
})

test('the page of the proof speaks of a passkey only if the account has one, and its code field has the focus', async () => {
  const s = await site()
  const all = await signedIn(s, 'secretariat')
  await s.run('update pass set proven = 0')
  const shown = () => all.page('/desk/proof')
  const app = await shown()
  expect(app.text).not.toContain('パスキー')
  expect(app.root.querySelector('input[name=code]')?.hasAttribute('autofocus')).toBe(true)
  await s.run(
    "insert into passkey (id, account, public_key, counter, transports, name, created_at) values ('key', ?, 'k', 0, '', '', '')",
    all.id,
  )
  const both = await shown()
  // Nothing is said of the button before the script shows it.
  expect(both.root.querySelector('[data-with-passkey]')?.hasAttribute('hidden')).toBe(true)
  expect(both.root.querySelector('[data-with-passkey]')?.text).toContain(t.proof.passkeyToo)
  await s.run('update account set totp_secret = null')
  expect((await shown()).root.querySelector('[data-without-passkey]')?.text).toBe(t.proof.noPasskey)
})

test('a page of the console that reloads itself does not count as used', async () => {
  const s = await site({ env: { DESK_IDLE_MINUTES: '60' } })
  const all = await signedIn(s, 'secretariat')
  const id = '01JD0000000000000000000000'
  await s.run(
    "insert into journal (id, at, actor, act, subject, detail) values (?, '2026-11-22T01:55:00.000Z', ?, 'export.asked', ?, ?)",
    id,
    all.id,
    id,
    JSON.stringify({ from: '2026-04-01', to: '2027-03-31', prefecture: null, kind: null, status: null, format: 'csv' }),
  )
  s.at('2026-11-22T01:55:00.000Z')
  const progress = await all.page(`/desk/exports/${id}`)
  const [, again = ''] = /^3; url=(.+)$/.exec(progress.headers.get('refresh') ?? '') ?? []
  s.at('2026-11-22T02:54:00.000Z')
  expect((await all.page(again)).status).toBe(200)
  s.at('2026-11-22T02:56:00.000Z')
  expect((await s.ask(again, { headers: { cookie: all.cookie } })).status).toBe(303)
})
