import { describe, expect, test } from 'vitest'
import { letterById } from '../../../src/mail/queries.ts'
import { write } from '../../../src/mail/write.ts'
import { deskTexts } from '../../../templates/text/desk.ts'
import { formTo, pathOf, site } from '../app.ts'
import { asked, cookieOf, MAIL, signedIn, withAccount } from './fixtures.ts'

const t = deskTexts('ja')

describe('signing in', () => {
  test('by the link of a letter: looking at it changes nothing, the button signs in once', async () => {
    const s = await withAccount()
    const sent = await s.post('/desk/sign-in', [['email', 'ＨＡＮＡＫＯ@example.jp']])
    expect(sent.body).toContain(t.signIn.sentTitle)
    const { token } = await asked(s)
    for (let i = 0; i < 3; i++) expect((await s.page(`/desk/sign-in/${token}`)).status).toBe(200)
    const answer = await s.post(`/desk/sign-in/${token}`)
    expect([answer.status, pathOf(answer.location)]).toEqual([303, '/desk'])
    expect(answer.headers.get('set-cookie')).toMatch(
      /^__Host-madoguchi=\w{64}; .*Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    )
    const headers = { cookie: cookieOf(answer) }
    expect((await s.page('/desk', { headers })).body).toContain('水戸 花子')
    const again = await s.post(`/desk/sign-in/${token}`)
    expect([again.status, again.headers.get('set-cookie')]).toEqual([409, null])
    expect(again.body).toContain(t.signIn.over.what)
  })

  test('the letter carries link and code, and neither stands in the rows', async () => {
    const s = await withAccount()
    await s.post('/desk/sign-in', [['email', MAIL]])
    const { row, token, code } = await asked(s)
    const [id = ''] = await s.column<string>("select id from outbox where kind = 'sign_in'")
    const outbox = await letterById(s.ctx, id)
    const letter = outbox && (await write(s.ctx, outbox, 'read'))
    expect(letter?.subject).toMatch(/^【ログイン】/)
    expect(letter?.text).toContain(`/desk/sign-in/${token}`)
    expect(letter?.text).toContain(code)
    expect(JSON.stringify([row, outbox])).not.toContain(token)
    expect(JSON.stringify([row, outbox])).not.toContain(code)
  })

  test('by the code, in any width; wrong ones are counted, and the right one comes too late after five', async () => {
    const s = await withAccount()
    await s.post('/desk/sign-in', [['email', MAIL]])
    const { code } = await asked(s)
    const wide = [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join('')
    const good = await s.post('/desk/sign-in/code', [
      ['email', MAIL],
      ['code', wide],
    ])
    expect(good.status).toBe(303)
    await s.post('/desk/sign-in', [['email', MAIL]])
    const second = await asked(s, 1)
    const wrong = second.code === '000000' ? '000001' : '000000'
    for (let i = 0; i < 5; i++) {
      const no = await s.post('/desk/sign-in/code', [
        ['email', MAIL],
        ['code', wrong],
      ])
      expect([no.status, no.body.includes(t.signIn.wrong.what)]).toEqual([422, true])
    }
    expect(
      (
        await s.post('/desk/sign-in/code', [
          ['email', MAIL],
          ['code', second.code],
        ])
      ).status,
    ).toBe(422)
  })

  test('forty wrong codes at once are not forty tries', async () => {
    const s = await withAccount()
    await s.post('/desk/sign-in', [['email', MAIL]])
    const { code, row } = await asked(s)
    const others = Array.from({ length: 40 }, (_, i) => String((Number(code) + i + 1) % 1_000_000).padStart(6, '0'))
    await Promise.all(
      others.map((one) =>
        s.post('/desk/sign-in/code', [
          ['email', MAIL],
          ['code', one],
        ]),
      ),
    )
    expect(await s.column('select attempts from sign_in where id = ?', row.id)).toEqual([5])
  })

  test('an address that nobody has is answered as any other, and nothing is sent', async () => {
    const s = await withAccount()
    const [known, unknown] = [MAIL, 'nobody@example.jp'].map((email) => s.post('/desk/sign-in', [['email', email]]))
    const [a, b] = [await known, await unknown]
    expect([a?.status, b?.status]).toEqual([200, 200])
    expect(a?.body.replaceAll(MAIL, '')).toBe(b?.body.replaceAll('nobody@example.jp', ''))
    expect(await s.column("select cast(count(*) as integer) from outbox where kind = 'sign_in'")).toEqual([1])
  })

  test('is over after ten minutes, and no more than five letters are sent in a quarter of an hour', async () => {
    const s = await withAccount()
    for (let i = 0; i < 7; i++) await s.post('/desk/sign-in', [['email', MAIL]])
    expect(Number((await s.column('select cast(count(*) as integer) from sign_in'))[0])).toBe(5)
    const { token } = await asked(s)
    s.at('2026-11-22T01:10:00.000Z')
    expect((await s.post(`/desk/sign-in/${token}`)).status).toBe(409)
  })

  test('of two browsers that press one link at once, one is signed in', async () => {
    const s = await withAccount()
    await s.post('/desk/sign-in', [['email', MAIL]])
    const { token } = await asked(s)
    const both = await Promise.all([1, 2].map(() => s.post(`/desk/sign-in/${token}`)))
    expect(both.map((one) => one.status).toSorted((a, b) => a - b)).toEqual([303, 409])
    expect(await s.column('select cast(count(*) as integer) from pass')).toEqual([1])
  })

  test('leads on to the page that was asked for, and never to another site', async () => {
    const s = await withAccount()
    const away = await s.ask('/desk/letters2?x=1')
    expect(pathOf(away.location)).toBe('/desk/sign-in?to=%2Fdesk%2Fletters2%3Fx%3D1')
    for (const [to, path] of [
      ['/desk/people?a=1', '/desk/people?a=1'],
      ['https://evil.example/desk', '/desk'],
      ['//evil.example/desk', '/desk'],
      ['/desk//evil', '/desk'],
      ['/deskevil', '/desk'],
    ]) {
      const form = formTo(await s.page(`/desk/sign-in?to=${encodeURIComponent(to ?? '')}`), '/desk/sign-in')
      expect(form.querySelector('input[name=to]')?.getAttribute('value')).toBe(path)
    }
  })

  test('the fault of an address is shown at its field', async () => {
    const s = await withAccount()
    const answer = await s.post('/desk/sign-in', [['email', 'hanako']])
    expect(answer.status).toBe(422)
    expect(answer.body).toContain('aria-invalid="true"')
  })
})

describe('who is signed in', () => {
  test('is nobody any more after signing out, after twelve hours, or once the account is closed', async () => {
    const s = await site()
    const out = await signedIn(s, 'desk', '08')
    await out.post('/desk/sign-out')
    expect((await s.ask('/desk', { headers: { cookie: out.cookie } })).status).toBe(303)
    const closed = await signedIn(s, 'desk', '08')
    await s.run("update account set state = 'closed' where id = ?", closed.id)
    expect((await s.ask('/desk', { headers: { cookie: closed.cookie } })).status).toBe(303)
    const late = await signedIn(s, 'desk', '08')
    s.at('2026-11-22T13:00:00.000Z')
    expect((await s.ask('/desk', { headers: { cookie: late.cookie } })).status).toBe(303)
  })

  test('sees their browsers and signs another of them out', async () => {
    const s = await site()
    const one = await signedIn(s, 'desk', '08')
    await s.run(
      "insert into pass (id, account, token_hash, proven, agent, created_at, seen_at, expires_at) values ('lost', ?, 'x', 0, 'Firefox on Windows', '2026-11-21T00:00:00.000Z', '2026-11-21T00:00:00.000Z', '2027-01-01T00:00:00.000Z')",
      one.id,
    )
    expect((await one.page('/desk/security')).text).toContain('Firefox (Windows)')
    const after = await one.submit('/desk/security/end', [['pass', 'lost']])
    expect(after.text).toContain(t.security.done.ended)
    expect(after.text).not.toContain('Firefox (Windows)')
  })

  test('from another site cannot be made to do anything', async () => {
    const s = await site()
    const one = await signedIn(s, 'desk', '08')
    const headers = { cookie: one.cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }
    expect((await s.post('/desk/sign-out', [], headers)).status).toBe(403)
  })

  test('has the pass kept as a hash only', async () => {
    const s = await site()
    const { cookie } = await signedIn(s, 'desk', '08')
    const rows = JSON.stringify(await s.rows('select * from pass'))
    expect(rows).not.toContain(cookie.split('=')[1] ?? 'no cookie')
  })
})
