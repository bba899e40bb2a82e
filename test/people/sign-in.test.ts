import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { signInLetterOf } from '../../src/mail/letters.ts'
import { signInCode, signInToken } from '../../src/people/account.ts'
import { addAccount } from '../../src/people/add-account.ts'
import { askToSignIn } from '../../src/people/ask-to-sign-in.ts'
import { editAccount } from '../../src/people/edit-account.ts'
import { signInsSince } from '../../src/people/queries.ts'
import { signIn } from '../../src/people/sign-in.ts'
import { as, lines, mayDo } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import { NOW, type World } from '../world.ts'
import { accountRow, countOf, passOf, staffed } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await staffed()
})
afterAll(() => w.close())

let people = 0

/** Adds an account of the desk of Ibaraki. Returns id and address. */
async function somebody(): Promise<{ id: string; email: string }> {
  people++
  const email = `one${people}@example.jp`
  const added = await addAccount(w.system, { email, name: '水戸 花子', role: 'desk', prefectures: ['08'] })
  if (!added.ok) throw new Error(added.why)
  return { id: added.account, email }
}

/** An account with an open letter, and the contents of that letter. */
async function asked() {
  const { id, email } = await somebody()
  await askToSignIn(w.ctx, { email })
  const [row] = await signInsSince(w.ctx, id, '')
  if (!row) throw new Error('nothing was sent')
  const code = (await signInCode(w.ctx, row)) ?? ''
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0')
  return { id, email, row, token: (await signInToken(w.ctx, row)) ?? '', code, wrong }
}

const acts = async (id: string) => (await lines(w, id)).map((line) => line.act)
const signed = async (id: string) => (await acts(id)).filter((act) => act === 'account.signed_in').length

describe('asking', () => {
  test('queues one letter with a link that is good for ten minutes, in the language of the page', async () => {
    const { id, row } = await asked()
    expect(row).toMatchObject({ account: id, attempts: 0, used_at: null, expires_at: '2026-11-22T01:10:00.000Z' })
    expect(await w.rows('select kind, locale, about from outbox where subject = ?', row.id)).toEqual([
      { kind: 'sign_in', locale: 'ja', about: 'sign_in' },
    ])
  })

  test('leaves a line by the account that asked', async () => {
    const { id } = await asked()
    expect(await lines(w, id)).toContainEqual({ actor: 'public', act: 'account.asked_to_sign_in', detail: {} })
  })

  test('with an address of any width and case finds the account', async () => {
    const { id, email } = await somebody()
    expect(await askToSignIn(w.ctx, { email: ` ${email.toUpperCase()} ` })).toEqual({ ok: true, email })
    expect(await countOf(w, 'sign_in', id)).toBe(1)
  })

  test('with an address that nobody has is answered the same, and leaves no address', async () => {
    const given = { email: 'nobody@example.jp' }
    expect(await askToSignIn(w.ctx, given)).toEqual({ ok: true, email: 'nobody@example.jp' })
    const refusal = { actor: 'public', act: 'account.sign_in_refused', detail: { why: 'unknown' } }
    expect(await lines(w, 'nobody')).toEqual([refusal])
    await askToSignIn(w.ctx, given)
    expect(await lines(w, 'nobody')).toEqual([refusal])
  })

  test('reads and commits as often for an address that nobody has', async () => {
    const { email } = await somebody()
    const work = async (address: string) => {
      let commits = 0
      w.reads()
      await askToSignIn(meanwhile(w, () => commits++, 9).ctx, { email: address })
      return [w.reads(), commits]
    }
    expect(await work('nobody@example.jp')).toEqual(await work(email))
  })

  test('for an eleventh code of a day sends a letter with a link only', async () => {
    const { id, email } = await somebody()
    for (let i = 0; i < 11; i++) {
      w.at(`2026-11-22T${String(2 + i).padStart(2, '0')}:00:00.000Z`)
      await askToSignIn(w.ctx, { email })
    }
    const [last, before] = await signInsSince(w.ctx, id, '')
    if (!last || !before) throw new Error('nothing was sent')
    expect(await Promise.all([before, last].map((row) => signInCode(w.ctx, row)))).toEqual([
      expect.stringMatching(/^\d{6}$/),
      null,
    ])
    const letter = await signInLetterOf(w.ctx, { id: 'x', locale: 'ja' }, { ...last, email, name: '', role: 'desk' })
    expect(letter?.text).toContain(`/desk/sign-in/${await signInToken(w.ctx, last)}`)
    expect(letter?.text).not.toContain('確認コード：')
    expect(await signIn(w.ctx, { token: (await signInToken(w.ctx, last)) ?? '' }, '')).toMatchObject({ ok: true })
    w.at(NOW)
  })

  test('for a closed account is answered the same, and sends nothing', async () => {
    const { id, email } = await somebody()
    await w.run("update account set state = 'closed' where id = ?", id)
    expect(await askToSignIn(w.ctx, { email })).toEqual({ ok: true, email })
    expect(await countOf(w, 'sign_in', id)).toBe(0)
  })

  test('a sixth time in a quarter of an hour is answered the same, and sends nothing', async () => {
    const { id, email } = await somebody()
    for (let i = 0; i < 6; i++) expect(await askToSignIn(w.ctx, { email })).toEqual({ ok: true, email })
    expect(await countOf(w, 'sign_in', id)).toBe(5)
  })

  test('twenty times at once sends no more than five letters', async () => {
    const { id, email } = await somebody()
    await Promise.all(Array.from({ length: 20 }, () => askToSignIn(w.ctx, { email })))
    expect(await countOf(w, 'sign_in', id)).toBe(5)
  })

  test.each([
    ['no address', {}, 'required'],
    ['one that is none', { email: 'hanako' }, 'email'],
  ])('is refused for %s', async (_, given, fault) => {
    expect(await askToSignIn(w.ctx, given)).toEqual({ ok: false, why: 'invalid', errors: { email: fault } })
  })

  test('is for everybody', async () => {
    const { email } = await somebody()
    expect(await mayDo(w, (ctx) => askToSignIn(ctx, { email }))).toHaveLength(7)
  })
})

describe('signing in', () => {
  test('by the link gives the browser a pass that is not proven yet, and uses the link up', async () => {
    const { id, row, token } = await asked()
    const done = await signIn(w.ctx, { token }, 'x'.repeat(300))
    expect(done).toMatchObject({ ok: true, account: { id } })
    if (!done.ok) return
    expect(await passOf(w, done.token)).toMatchObject({ proven: false, challenge: null, account: { id } })
    expect(await w.column('select agent from pass where account = ?', id)).toEqual(['x'.repeat(200)])
    expect(await w.column('select used_at from sign_in where id = ?', row.id)).toEqual([NOW])
    expect((await accountRow(w, id)).signed_in_at).toBe(NOW)
    expect(await lines(w, id)).toContainEqual({ actor: 'public', act: 'account.signed_in', detail: {} })
  })

  test('by the code works in any width, with spaces in it', async () => {
    const { email, code } = await asked()
    const wide = [...code].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join(' ')
    expect(await signIn(w.ctx, { email, code: wide }, '')).toMatchObject({ ok: true })
  })

  test('keeps no token in the rows', async () => {
    const { token } = await asked()
    const done = await signIn(w.ctx, { token }, '')
    const rows = JSON.stringify([await w.rows('select * from pass'), await w.rows('select * from sign_in')])
    expect(rows).not.toContain(token)
    expect(rows).not.toContain(done.ok ? done.token : token)
  })

  describe('is refused', () => {
    test('for a link that is used up, and for its code', async () => {
      const { id, email, token, code } = await asked()
      await signIn(w.ctx, { token }, '')
      expect(await signIn(w.ctx, { token }, '')).toEqual({ ok: false, why: 'closed' })
      expect(await signIn(w.ctx, { email, code }, '')).toEqual({ ok: false, why: 'closed' })
      expect(await signed(id)).toBe(1)
    })

    test('for a link of a quarter of an hour ago', async () => {
      const { email, token, code } = await asked()
      w.at('2026-11-22T01:10:00.000Z')
      expect(await signIn(w.ctx, { token }, '')).toEqual({ ok: false, why: 'closed' })
      expect(await signIn(w.ctx, { email, code }, '')).toEqual({ ok: false, why: 'closed' })
      w.at(NOW)
    })

    test('for a link that nobody was sent', async () => {
      expect(await signIn(w.ctx, { token: 'nobody' }, '')).toEqual({ ok: false, why: 'closed' })
    })

    test.each([
      ['an unknown address', { email: 'nobody@example.jp', code: '000000' }],
      ['an address that is none', { email: 'nobody', code: '000000' }],
      ['no code', { email: 'desk@example.jp', code: undefined }],
    ])('for %s', async (_, given) => {
      expect(await signIn(w.ctx, given, '')).toEqual({ ok: false, why: 'closed' })
    })

    test('for a wrong code, which is counted, and after five of them for the right one', async () => {
      const { email, row, code, wrong } = await asked()
      for (let i = 0; i < 6; i++) expect(await signIn(w.ctx, { email, code: wrong }, '')).toMatchObject({ ok: false })
      expect(await w.column('select attempts from sign_in where id = ?', row.id)).toEqual([5])
      expect(await signIn(w.ctx, { email, code }, '')).toEqual({ ok: false, why: 'closed' })
    })

    test('for a closed account', async () => {
      const { id, token } = await asked()
      await w.run("update account set state = 'closed' where id = ?", id)
      expect(await signIn(w.ctx, { token }, '')).toEqual({ ok: false, why: 'closed' })
      expect(await countOf(w, 'pass', id)).toBe(0)
    })

    test('when somebody faster shows the same link', async () => {
      const { id, token } = await asked()
      const slower = meanwhile(w, () => signIn(w.ctx, { token }, 'faster'))
      expect(await signIn(slower.ctx, { token }, 'slower')).toEqual({ ok: false, why: 'closed' })
      expect(await w.column('select agent from pass where account = ?', id)).toEqual(['faster'])
      expect(await signed(id)).toBe(1)
    })

    test('when the account is closed between look and write', async () => {
      const { id, email, token } = await asked()
      const closed = { email, name: '水戸 花子', role: 'desk', prefectures: ['08'], state: 'closed', revision: 0 }
      const slower = meanwhile(w, () => editAccount(as(w, 'secretariat'), id, closed))
      expect(await signIn(slower.ctx, { token }, '')).toEqual({ ok: false, why: 'closed' })
      expect(await countOf(w, 'pass', id)).toBe(0)
    })
  })

  test('is for everybody', async () => {
    const tokens: string[] = []
    for (let i = 0; i < 7; i++) tokens.push((await asked()).token)
    const tried = await mayDo(w, async (ctx) => {
      expect(await signIn(ctx, { token: tokens.pop() ?? '' }, '')).toMatchObject({ ok: true })
    })
    expect(tried).toHaveLength(7)
  })
})
