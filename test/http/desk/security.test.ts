import { describe, expect, test } from 'vitest'
import { openedTotp } from '../../../src/people/totp-secret.ts'
import { deskTexts } from '../../../templates/text/desk.ts'
import { totpCode } from '../../people/totp.ts'
import { pathOf, site } from '../app.ts'
import { asked, cookieOf, MAIL, signedIn, withAccount } from './fixtures.ts'

const t = deskTexts('ja')

describe('the second factor', () => {
  async function secretariat() {
    const s = await withAccount('secretariat')
    await s.post('/desk/sign-in', [['email', MAIL]])
    const answer = await s.post(`/desk/sign-in/${(await asked(s)).token}`)
    return { s, headers: { cookie: cookieOf(answer) } }
  }

  test('is set up by the secretariat before anything else, and shown at every sign-in from then on', async () => {
    const { s, headers } = await secretariat()
    for (const path of ['/desk', '/desk/people', '/desk/people/new']) {
      expect(pathOf((await s.ask(path, { headers })).location)).toBe('/desk/security')
    }
    const page = await s.page('/desk/security', { headers })
    expect(page.text).toContain(t.security.needed.what)
    expect(page.root.querySelectorAll('form[action="/desk/sign-out"]')).toHaveLength(1)
    const secret = page.root.querySelector('input[name=secret]')?.getAttribute('value') ?? ''
    const now = s.ctx.clock.now()
    const wrong = await s.post(
      '/desk/security/totp',
      [
        ['secret', secret],
        ['code', '12345'],
      ],
      headers,
    )
    expect(wrong.status).toBe(422)
    expect(wrong.body).toContain(secret)
    const done = await s.post(
      '/desk/security/totp',
      [
        ['secret', secret],
        ['code', await totpCode(secret, now)],
      ],
      headers,
    )
    expect(pathOf(done.location)).toBe('/desk/security?done=totp')
    expect((await s.ask('/desk/people', { headers })).status).toBe(303)
    expect((await s.ask('/desk/people', { headers: { cookie: cookieOf(done) } })).status).toBe(200)

    await s.post('/desk/sign-in', [['email', MAIL]])
    const second = { cookie: cookieOf(await s.post(`/desk/sign-in/${(await asked(s, 1)).token}`)) }
    expect(pathOf((await s.ask('/desk/people', { headers: second })).location)).toBe('/desk/proof?to=%2Fdesk%2Fpeople')
    // The page of the factors cannot be used without a factor.
    expect(pathOf((await s.ask('/desk/security', { headers: second })).location)).toBe('/desk/proof')
    const used = await s.post('/desk/proof', [['code', await totpCode(secret, now)]], second)
    expect([used.status, used.body.includes(t.proof.wrong.what)]).toEqual([422, true])
    s.at('2026-11-22T01:01:00.000Z')
    const next = await totpCode(secret, s.ctx.clock.now())
    const proven = await s.post(
      '/desk/proof',
      [
        ['code', next],
        ['to', '/desk/people'],
      ],
      second,
    )
    expect(pathOf(proven.location)).toBe('/desk/people')
    expect((await s.ask('/desk/people', { headers: { cookie: cookieOf(proven) } })).status).toBe(200)
  })

  test('of the secretariat is not dropped if it is the last; a desk may drop its own', async () => {
    const s = await site()
    const one = await signedIn(s, 'secretariat')
    expect((await one.submit('/desk/security/drop')).text).toContain(t.security.done.kept)
    expect(await s.column('select cast(count(*) as integer) from account where totp_secret is not null')).toEqual([1])
  })

  test('is asked no more than ten times in a quarter of an hour', async () => {
    const s = await site()
    const one = await signedIn(s, 'secretariat')
    await s.run('update pass set proven = 0')
    s.at('2026-11-22T01:02:00.000Z')
    for (let i = 0; i < 10; i++) await one.post('/desk/proof', [['code', '000000']])
    const [stored = ''] = await s.column<string>('select totp_secret from account')
    const secret = (await openedTotp(s.ctx, one.id, stored)) ?? ''
    const right = await totpCode(secret, s.ctx.clock.now())
    expect((await one.post('/desk/proof', [['code', right]])).status).toBe(422)
  })
})

test('of two second factors taken away at once, the secretariat keeps one', async () => {
  const s = await site()
  const all = await signedIn(s, 'secretariat')
  await s.run(
    `insert into passkey (id, account, public_key, counter, transports, name, created_at) values ('key', ?, 'x', 0, '', '', '')`,
    all.id,
  )
  await Promise.all([
    all.post('/desk/security/drop', [['passkey', 'key']]),
    all.post('/desk/security/drop', [['passkey', '']]),
  ])
  const left = await s.column('select id from passkey union all select id from account where totp_secret is not null')
  expect(left).toHaveLength(1)
})

test('the language that somebody chooses in the console is that of their letters', async () => {
  const s = await site()
  const desk = await signedIn(s, 'desk', '08')
  const spoken = () => s.column('select locale from account where id = ?', desk.id)
  await desk.page('/desk')
  expect(await spoken()).toEqual([null])
  await desk.page('/desk?lang=en')
  expect(await spoken()).toEqual([null])
  const send = (cookie: string) => s.post('/desk/nothing', [], { cookie })
  await send('lang=en')
  expect(await spoken()).toEqual([null])
  await send(`${desk.cookie}; lang=en`)
  expect(await spoken()).toEqual(['en'])
  await send(`${desk.cookie}; lang=ja`)
  expect(await spoken()).toEqual(['ja'])
  await send(desk.cookie)
  expect(await spoken()).toEqual(['ja'])
})
