import { afterEach, beforeEach, expect, test } from 'vitest'
import { addAccount } from '../../../src/people/add-account.ts'
import { addFirstAccount } from '../../../src/people/first/add-first-account.ts'
import { isFirstLink, makeFirstLink } from '../../../src/people/first/first-link.ts'
import { passByToken } from '../../../src/people/queries.ts'
import { lines, mayDo } from '../../acts.ts'
import { meanwhile } from '../../meanwhile.ts'
import { NOW, type World, world } from '../../world.ts'

let w: World
beforeEach(async () => {
  w = await world({ seeded: false })
})
afterEach(() => w.close())

const GIVEN = { name: '総務 太郎', email: 'ＳＯＭＵ@example.jp' }

async function link(): Promise<string> {
  const { token } = await makeFirstLink(w.system)
  if (token === null) throw new Error('no link')
  return token
}

test('the link makes the first account, of the secretariat, and signs its browser in without its second factor', async () => {
  const token = await link()
  expect(await isFirstLink(w.ctx, token)).toBe(true)
  const done = await addFirstAccount({ ...w.ctx, locale: 'en' }, token, GIVEN, 'Firefox')
  if (!done.ok) throw new Error(done.why)
  const pass = await passByToken(w.ctx, done.token)
  expect(pass).toMatchObject({
    proven: false,
    account: { id: done.account, role: 'secretariat', email: 'somu@example.jp' },
  })
  expect(pass?.account).toMatchObject({
    name: '総務 太郎',
    state: 'active',
    signed_in_at: NOW,
    locale: 'en',
    totp: false,
  })
  expect((await lines(w, done.account)).map(({ act, actor }) => [act, actor])).toEqual([
    ['account.added', 'public'],
    ['account.signed_in', 'public'],
  ])
  expect(await w.column('select id from first_link')).toEqual([])
})

test('the row holds no link, and a later start ends the one before', async () => {
  const [one, two] = [await link(), await link()]
  expect(JSON.stringify(await w.rows('select * from first_link'))).not.toMatch(new RegExp(`${one}|${two}`))
  expect([await isFirstLink(w.ctx, one), await isFirstLink(w.ctx, two)]).toEqual([false, true])
  expect(await addFirstAccount(w.ctx, one, GIVEN, '')).toEqual({ ok: false, why: 'closed' })
})

test('it is over after an hour, once it was used, and if there is an account', async () => {
  const late = await link()
  w.at('2026-11-22T02:00:00.000Z')
  expect(await addFirstAccount(w.ctx, late, GIVEN, '')).toEqual({ ok: false, why: 'closed' })
  const token = await link()
  expect((await addFirstAccount(w.ctx, token, GIVEN, '')).ok).toBe(true)
  expect(await addFirstAccount(w.ctx, token, { ...GIVEN, email: 'other@example.jp' }, '')).toEqual({
    ok: false,
    why: 'closed',
  })
  expect(await makeFirstLink(w.system)).toEqual({ ok: true, token: null })
})

test('of two people who hold the link only the faster one has an account', async () => {
  const token = await link()
  const slower = meanwhile(w, () => addFirstAccount(w.ctx, token, { ...GIVEN, email: 'faster@example.jp' }, ''))
  expect(await addFirstAccount(slower.ctx, token, GIVEN, '')).toEqual({ ok: false, why: 'closed' })
  expect(await w.column('select email from account')).toEqual(['faster@example.jp'])
})

test('an account that an operator adds meanwhile ends the link', async () => {
  const token = await link()
  const other = { email: 'cli@example.jp', name: '管理者', role: 'secretariat' }
  const slower = meanwhile(w, () => addAccount(w.system, other))
  expect(await addFirstAccount(slower.ctx, token, GIVEN, '')).toEqual({ ok: false, why: 'closed' })
  expect(await w.column('select email from account')).toEqual(['cli@example.jp'])
})

test('a later start meanwhile ends the link', async () => {
  const token = await link()
  const slower = meanwhile(w, link)
  expect(await addFirstAccount(slower.ctx, token, GIVEN, '')).toEqual({ ok: false, why: 'closed' })
  expect(await w.column('select id from account')).toEqual([])
})

test('faulty fields are named, and the link still works', async () => {
  const token = await link()
  expect(await addFirstAccount(w.ctx, token, { name: '', email: 'x' }, '')).toEqual({
    ok: false,
    why: 'invalid',
    errors: { name: 'required', email: 'email' },
  })
  expect((await addFirstAccount(w.ctx, token, GIVEN, '')).ok).toBe(true)
})

test('the link is made by the system alone', async () => {
  expect(await mayDo(w, (ctx) => makeFirstLink(ctx))).toEqual(['system'])
})
