import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { NotFound } from '../../src/base/outcome.ts'
import { addAccount } from '../../src/people/add-account.ts'
import { askToSignIn } from '../../src/people/ask-to-sign-in.ts'
import { editAccount } from '../../src/people/edit-account.ts'
import { as, lines, mayDo } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import type { World } from '../world.ts'
import { accountRow, browser, countOf, staffed } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await staffed()
})
afterAll(() => w.close())

type Given = Record<string, unknown> & { email: string }
let people = 0

/** Adds an account of the desk of Ibaraki, signed in, with an open link. Returns its id and form. */
async function somebody(): Promise<{ id: string; given: Given }> {
  people++
  const given = { email: `one${people}@example.jp`, name: '水戸 花子', role: 'desk', prefectures: ['08'] }
  const added = await addAccount(w.system, given)
  if (!added.ok) throw new Error(added.why)
  await browser(w, added.account)
  await askToSignIn(w.ctx, given)
  return { id: added.account, given: { ...given, state: 'active', revision: '0' } }
}

const edit = (id: string, given: unknown) => editAccount(as(w, 'secretariat'), id, given)
const unused = async (id: string) =>
  (await w.rows('select id from sign_in where account = ? and used_at is null', id)).length

describe('an account', () => {
  test('gets another name, and stays signed in', async () => {
    const { id, given } = await somebody()
    expect(await edit(id, { ...given, name: '水戸 洋子' })).toEqual({ ok: true, account: id })
    expect(await accountRow(w, id)).toMatchObject({ name: '水戸 洋子', role: 'desk', revision: 1 })
    expect([await countOf(w, 'pass', id), await unused(id)]).toEqual([1, 1])
  })

  test.each([
    ['role', { role: 'viewer' }],
    ['state', { state: 'closed' }],
    ['address', { email: 'another@example.jp' }],
    ['prefectures', { prefectures: ['08', '13'] }],
    ['second factor', { forget_factors: true }],
  ])('with another %s is signed out everywhere, and the link under way is used up', async (_, changes) => {
    const { id, given } = await somebody()
    expect(await edit(id, { ...given, ...changes })).toEqual({ ok: true, account: id })
    expect([await countOf(w, 'pass', id), await unused(id)]).toEqual([0, 0])
  })

  test('has its factors forgotten only when that is asked for', async () => {
    const { id, given } = await somebody()
    await w.run("update account set totp_secret = 'JBSWY3DP', totp_step = 5 where id = ?", id)
    await w.run(
      "insert into passkey (id, account, public_key, counter, transports, name, created_at) values (?, ?, 'k', 0, '', '', '')",
      `key-${id}`,
      id,
    )
    await edit(id, given)
    expect([(await accountRow(w, id)).totp_secret, await countOf(w, 'passkey', id)]).toEqual(['JBSWY3DP', 1])
    await edit(id, { ...given, forget_factors: true })
    expect(await accountRow(w, id)).toMatchObject({ totp_secret: null, totp_step: null })
    expect(await countOf(w, 'passkey', id)).toBe(0)
  })

  test('leaves a line of what it may do now, without name and address', async () => {
    const { id, given } = await somebody()
    await edit(id, { ...given, role: 'viewer' })
    expect((await lines(w, id)).filter((line) => line.act === 'account.edited')).toEqual([
      {
        actor: 'secretariat',
        act: 'account.edited',
        detail: { role: 'viewer', state: 'active', prefectures: ['08'], forgets: false },
      },
    ])
  })
})

describe('is refused', () => {
  test('for faulty fields', async () => {
    const { id, given } = await somebody()
    expect(await edit(id, { ...given, email: 'x', role: 'owner', state: 'gone' })).toEqual({
      ok: false,
      why: 'invalid',
      errors: { email: 'email', role: 'choice', state: 'choice' },
    })
    expect(await edit(id, { ...given, prefectures: [] })).toMatchObject({ errors: { prefectures: 'required' } })
  })

  test('for the address of another account', async () => {
    const { id, given } = await somebody()
    expect(await edit(id, { ...given, email: 'Desk@example.jp' })).toEqual({ ok: false, why: 'twice' })
    expect(await countOf(w, 'pass', id)).toBe(1)
  })

  test('for one’s own role, state and factors, but not for one’s own name, which leaves one signed in', async () => {
    await browser(w, 'secretariat')
    const own = { email: 'secretariat@example.jp', name: '事務局', role: 'secretariat', state: 'active', revision: 0 }
    expect(await edit('secretariat', { ...own, role: 'viewer', prefectures: ['08'] })).toEqual({
      ok: false,
      why: 'own',
    })
    expect(await edit('secretariat', { ...own, state: 'closed' })).toEqual({ ok: false, why: 'own' })
    expect(await edit('secretariat', { ...own, forget_factors: true })).toEqual({ ok: false, why: 'own' })
    expect(await edit('secretariat', own)).toMatchObject({ ok: true })
    expect(await edit('secretariat', { ...own, revision: 1, email: 'office@example.jp' })).toMatchObject({ ok: true })
    expect(await countOf(w, 'pass', 'secretariat')).toBe(1)
  })

  test('from a page that somebody else has overtaken', async () => {
    const { id, given } = await somebody()
    await edit(id, { ...given, name: '水戸 洋子' })
    expect(await edit(id, { ...given, name: '水戸 京子' })).toEqual({ ok: false, why: 'changed' })
    expect((await accountRow(w, id)).name).toBe('水戸 洋子')
  })

  test('when somebody faster edits between look and write', async () => {
    const { id, given } = await somebody()
    const slower = meanwhile(w, () => edit(id, { ...given, role: 'viewer' }))
    expect(await editAccount(as(slower, 'secretariat'), id, { ...given, name: '水戸 京子' })).toEqual({
      ok: false,
      why: 'changed',
    })
    expect(await accountRow(w, id)).toMatchObject({ role: 'viewer', name: '水戸 花子', revision: 1 })
    expect((await lines(w, id)).filter((line) => line.act === 'account.edited')).toHaveLength(1)
  })

  test('when somebody faster takes the address', async () => {
    const { id, given } = await somebody()
    const taken = { ...given, email: 'taken@example.jp' }
    const slower = meanwhile(w, () => addAccount(w.system, taken))
    expect(await editAccount(as(slower, 'secretariat'), id, taken)).toEqual({ ok: false, why: 'twice' })
    expect((await accountRow(w, id)).email).toBe(given.email)
  })
})

test('an unknown account is not found', async () => {
  const { given } = await somebody()
  await expect(edit('nobody', given)).rejects.toThrow(NotFound)
})

test('is for the secretariat and the command line', async () => {
  const { id, given } = await somebody()
  expect(await mayDo(w, (ctx) => editAccount(ctx, id, given))).toEqual(['secretariat', 'system'])
})
