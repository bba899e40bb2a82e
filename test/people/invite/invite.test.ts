import { afterAll, beforeAll, expect, test } from 'vitest'
import { write } from '../../../src/mail/write.ts'
import { signInToken } from '../../../src/people/account.ts'
import { askToSignIn } from '../../../src/people/ask-to-sign-in.ts'
import { editAccount } from '../../../src/people/edit-account.ts'
import { invite } from '../../../src/people/invite/invite.ts'
import { inviteAgain } from '../../../src/people/invite/invite-again.ts'
import { accounts, invitedUntil, signInsSince } from '../../../src/people/queries.ts'
import { signIn } from '../../../src/people/sign-in.ts'
import { as, lines, mayDo } from '../../acts.ts'
import { meanwhile } from '../../meanwhile.ts'
import { NOW, type World } from '../../world.ts'
import { staffed } from '../fixtures.ts'

const LATER = '2026-11-22T01:02:00.000Z'
const UNTIL = '2026-11-29T01:00:00.000Z'

let w: World
beforeAll(async () => {
  w = await staffed()
})
afterAll(() => w.close())

let people = 0
const person = (changes: Record<string, unknown> = {}) => {
  people++
  return { email: `invited${people}@example.jp`, name: '水戸 花子', role: 'desk', prefectures: ['08'], ...changes }
}

/** An account that the command line invited, and the token of its link. */
async function invited() {
  const given = person()
  const done = await invite(w.system, given, 'link')
  if (!done.ok) throw new Error(done.why)
  return { id: done.account, token: done.token ?? '', given }
}

const opens = async (token: string) => (await signIn(w.ctx, { token }, 'Firefox')).ok

test('an invitation adds the account and sends a letter whose link signs in once', async () => {
  const done = await invite(as(w, 'secretariat'), person())
  if (!done.ok) throw new Error(done.why)
  expect(done.token).toBeNull()
  const [row] = await signInsSince(w.ctx, done.account, '')
  expect(row).toMatchObject({ purpose: 'invitation', expires_at: UNTIL, used_at: null })
  const outbox = await w.ctx.store.db
    .selectFrom('outbox')
    .selectAll()
    .where('subject', '=', row?.id ?? '')
    .execute()
  expect(outbox.map(({ kind, about }) => [kind, about])).toEqual([['invitation', 'sign_in']])
  const letter = outbox[0] && (await write(w.ctx, outbox[0], 'send'))
  expect(letter?.subject).toBe('【ご招待】窓口の管理画面')
  expect(letter?.text).toContain('11月29日')
  const token = /\/desk\/sign-in\/([\w-]{20,})/.exec(letter?.text ?? '')?.[1] ?? ''
  expect(await opens(token)).toBe(true)
  expect(await opens(token)).toBe(false)
  expect((await lines(w, done.account)).map(({ act }) => act)).toEqual([
    'account.added',
    'account.invited',
    'account.sign_in_refused',
    'account.signed_in',
  ])
})

test('an English console invites in English', async () => {
  const done = await invite({ ...as(w, 'secretariat'), locale: 'en' }, person())
  const asked = 'select id from sign_in where account = ?'
  const account = done.ok ? done.account : ''
  expect(await w.column(`select locale from outbox where subject in (${asked})`, account)).toEqual(['en'])
})

test('only the command line gets the link, and no code opens the account', async () => {
  const { id, token, given } = await invited()
  expect(
    await w.column('select id from outbox where subject in (select id from sign_in where account = ?)', id),
  ).toEqual([])
  for (const code of ['000000', '123456']) {
    expect(await signIn(w.ctx, { email: given.email, code }, 'Firefox')).toEqual({ ok: false, why: 'closed' })
  }
  expect(await opens(token)).toBe(true)
})

test('a link is over after a week, and when its owner signs in by another one', async () => {
  const late = await invited()
  w.at(UNTIL)
  expect(await opens(late.token)).toBe(false)
  w.at(NOW)
  const other = await invited()
  await askToSignIn(w.ctx, { email: other.given.email })
  const rows = await signInsSince(w.ctx, other.id, '')
  expect(rows.map(({ purpose }) => purpose).toSorted()).toEqual(['invitation', 'sign_in'])
  const asked = rows.find(({ purpose }) => purpose === 'sign_in')
  expect(await opens((asked && (await signInToken(w.ctx, asked))) ?? '')).toBe(true)
  expect(await opens(other.token)).toBe(false)
})

test('the list says who is invited, and until when', async () => {
  const { id, token } = await invited()
  const found = async () => (await accounts(as(w, 'secretariat'))).find((one) => one.id === id)
  expect(await found()).toMatchObject({ signed_in_at: null, invitedUntil: UNTIL })
  expect(await invitedUntil(w.ctx, id)).toBe(UNTIL)
  await opens(token)
  expect(await found()).toMatchObject({ signed_in_at: NOW, invitedUntil: null })
})

test('inviting again ends the link before; twice in a minute it sends one letter', async () => {
  const { id, token } = await invited()
  w.at(LATER)
  const again = await inviteAgain(w.system, id, 'link')
  expect(await opens(token)).toBe(false)
  w.at('2026-11-22T01:04:00.000Z')
  const letters = () => w.column("select id from outbox where kind = 'invitation'")
  const before = (await letters()).length
  for (let i = 0; i < 2; i++) expect(await inviteAgain(as(w, 'secretariat'), id)).toEqual({ ok: true, token: null })
  expect((await letters()).length).toBe(before + 1)
  expect(await opens((again.ok && again.token) || '')).toBe(false)
  w.at(NOW)
})

test('nobody is invited again who has signed in, also meanwhile, or whose account is closed', async () => {
  const { id, token } = await invited()
  w.at(LATER)
  const slower = meanwhile(w, () => opens(token))
  expect(await inviteAgain(as(slower, 'secretariat'), id)).toEqual({ ok: false, why: 'opened' })
  expect(await inviteAgain(as(w, 'secretariat'), id)).toEqual({ ok: false, why: 'opened' })
  const closed = await invited()
  const given = { ...closed.given, state: 'closed', revision: 0 }
  await editAccount(as(w, 'secretariat'), closed.id, given)
  expect(await inviteAgain(as(w, 'secretariat'), closed.id)).toEqual({ ok: false, why: 'opened' })
  expect(await opens(closed.token)).toBe(false)
  await expect(inviteAgain(w.system, 'nobody')).rejects.toThrow('account')
  w.at(NOW)
})

test('an address that has an account is refused, also if somebody was faster', async () => {
  const given = person()
  const slower = meanwhile(w, () => invite(as(w, 'secretariat'), given))
  expect(await invite(as(slower, 'secretariat'), given)).toEqual({ ok: false, why: 'twice' })
  expect(await invite(w.system, person({ name: '' }))).toEqual({
    ok: false,
    why: 'invalid',
    errors: { name: 'required' },
  })
})

test('both are for the secretariat and the command line', async () => {
  expect(await mayDo(w, (ctx) => invite(ctx, person()))).toEqual(['secretariat', 'system'])
  const { id } = await invited()
  expect(await mayDo(w, (ctx) => inviteAgain(ctx, id))).toEqual(['secretariat', 'system'])
})
