import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addAccount } from '../../src/people/add-account.ts'
import { as, lines, mayDo } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import type { World } from '../world.ts'
import { accountRow, staffed } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await staffed()
})
afterAll(() => w.close())

let people = 0

/** A person of the desk of Ibaraki. Each call is another person. */
const person = (changes: Record<string, unknown> = {}) => {
  people++
  return { email: `new${people}@example.jp`, name: '水戸 花子', role: 'desk', prefectures: ['08'], ...changes }
}

test('is added as active, without a second factor, under its address in narrow lower case', async () => {
  const done = await addAccount(
    as(w, 'secretariat'),
    person({ email: ' ＨＡＮＡＫＯ@Example.jp ', prefectures: ['08', '13'] }),
  )
  expect(done).toEqual({ ok: true, account: expect.any(String) })
  if (!done.ok) return
  expect(await accountRow(w, done.account)).toMatchObject({
    email: 'hanako@example.jp',
    name: '水戸 花子',
    role: 'desk',
    prefectures: '08,13',
    state: 'active',
    totp_secret: null,
    totp_step: null,
    signed_in_at: null,
    revision: 0,
  })
})

test('leaves a line of role and prefectures, without name and address', async () => {
  const done = await addAccount(as(w, 'secretariat'), person())
  expect(await lines(w, done.ok ? done.account : '')).toEqual([
    { actor: 'secretariat', act: 'account.added', detail: { role: 'desk', prefectures: ['08'] } },
  ])
})

describe('is refused', () => {
  test.each([
    ['an address that is none', { email: 'hanako' }, { email: 'email' }],
    ['no address', { email: '' }, { email: 'required' }],
    ['no name', { name: '  ' }, { name: 'required' }],
    ['a name of 61 letters', { name: 'あ'.repeat(61) }, { name: 'long' }],
    ['a role that there is not', { role: 'owner' }, { role: 'choice' }],
    ['a prefecture that there is not', { prefectures: ['48'] }, { prefectures: 'choice' }],
    ['a desk without a prefecture', { prefectures: [] }, { prefectures: 'required' }],
    ['a viewer without a prefecture', { role: 'viewer', prefectures: '' }, { prefectures: 'required' }],
  ])('for %s', async (_, changes, errors) => {
    expect(await addAccount(as(w, 'secretariat'), person(changes))).toEqual({ ok: false, why: 'invalid', errors })
  })

  test('for an address that has an account, in whatever width and case', async () => {
    const given = person({ email: 'ＤＥＳＫ@EXAMPLE.JP' })
    expect(await addAccount(as(w, 'secretariat'), given)).toEqual({ ok: false, why: 'twice' })
  })

  test('for an address that somebody faster has given an account', async () => {
    const given = person()
    const slower = meanwhile(w, () => addAccount(as(w, 'secretariat'), given))
    expect(await addAccount(as(slower, 'secretariat'), given)).toEqual({ ok: false, why: 'twice' })
    expect(await w.rows('select id from account where email = ?', given.email)).toHaveLength(1)
  })
})

test.each(['secretariat', 'expert'])('the role %s needs no prefecture', async (role) => {
  expect(await addAccount(as(w, 'secretariat'), person({ role, prefectures: [] }))).toMatchObject({ ok: true })
})

test('is for the secretariat and the command line', async () => {
  expect(await mayDo(w, (ctx) => addAccount(ctx, person()))).toEqual(['secretariat', 'system'])
})
