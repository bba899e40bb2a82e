import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { write } from '../../../src/mail/write.ts'
import { dropFactor } from '../../../src/people/drop-factor.ts'
import { editAccount } from '../../../src/people/edit-account.ts'
import { readRecoveryCode, recoveryLeft } from '../../../src/people/recovery/codes.ts'
import { makeRecoveryCodes } from '../../../src/people/recovery/make-codes.ts'
import { proveByRecoveryCode } from '../../../src/people/recovery/prove-by-code.ts'
import { as, lines, mayDo, STAFF } from '../../acts.ts'
import { meanwhile } from '../../meanwhile.ts'
import { NOW, type World } from '../../world.ts'
import { accountRow, browser, countOf, passOf, staffed } from '../fixtures.ts'

let w: World
let pass: string
beforeAll(async () => {
  w = await staffed()
})
afterAll(() => w.close())
beforeEach(async () => {
  w.at(NOW)
  for (const table of ['pass', 'journal', 'outbox', 'recovery_code']) await w.run(`delete from ${table}`)
  await w.run("update account set totp_secret = 'JBSWY3DP', code_tries = null, code_tries_from = null, revision = 0")
  pass = (await passOf(w, await browser(w, 'desk', { agent: 'Firefox' }))).id
})

const CLOSED = { ok: false, why: 'closed' }
const prove = (code: string) => proveByRecoveryCode(as(w, 'desk'), pass, code)
const isProven = async () => (await w.column('select proven from pass where id = ?', pass))[0] === 1

async function codes(): Promise<string[]> {
  const made = await makeRecoveryCodes(as(w, 'desk'), pass)
  if (!made.ok) throw new Error(made.why)
  return made.codes
}

test('ten codes are made, none of which stands in the rows', async () => {
  const made = await codes()
  expect(new Set(made).size).toBe(10)
  for (const code of made) expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{4}(-[0-9a-hjkmnp-tv-z]{4}){2}$/)
  expect(JSON.stringify(await w.rows('select * from recovery_code'))).not.toMatch(new RegExp(made.join('|')))
  expect(await recoveryLeft(w.ctx, 'desk')).toBe(10)
  expect(await recoveryLeft(w.ctx, 'viewer')).toBeNull()
})

test('a code proves the browser once, however it is typed', async () => {
  const [code = ''] = await codes()
  const wide = [...code.toUpperCase()].map((sign) => String.fromCodePoint((sign.codePointAt(0) ?? 0) + 0xfee0)).join('')
  expect(await prove(` ${wide.replaceAll('－', '')} `)).toMatchObject({ ok: true, left: 9 })
  expect(await isProven()).toBe(true)
  expect(await prove(code)).toEqual(CLOSED)
  expect(await recoveryLeft(w.ctx, 'desk')).toBe(9)
  expect((await lines(w, 'desk')).map(({ act }) => act).toSorted()).toEqual([
    'account.code_wrong',
    'account.recovery_made',
    'account.recovery_used',
  ])
})

test('shown in two browsers at once it proves one of them', async () => {
  const [code = ''] = await codes()
  const other = (await passOf(w, await browser(w, 'desk'))).id
  let commits = 0
  const slower = meanwhile(w, () => (++commits === 2 ? proveByRecoveryCode(as(w, 'desk'), other, code) : undefined), 2)
  expect(await proveByRecoveryCode(as(slower, 'desk'), pass, code)).toEqual(CLOSED)
  expect(await w.column('select id from pass where proven = 1')).toEqual([other])
})

test('nobody proves themselves with the code of another account, or after ten wrong ones', async () => {
  const [code = ''] = await codes()
  const own = (await passOf(w, await browser(w, 'viewer'))).id
  expect(await proveByRecoveryCode(as(w, 'viewer'), own, code)).toEqual(CLOSED)
  for (let i = 0; i < 10; i++) expect(await prove('0000-0000-0000')).toEqual(CLOSED)
  expect(await prove(code)).toEqual(CLOSED)
  w.at('2026-11-22T01:16:00.000Z')
  expect(await prove(code)).toMatchObject({ ok: true })
})

test('a right code does not count as a try', async () => {
  for (const code of await codes()) expect(await prove(code)).toMatchObject({ ok: true })
  expect((await accountRow(w, 'desk')).code_tries).toBe(0)
})

test('new codes end the earlier ones', async () => {
  const [code = ''] = await codes()
  await codes()
  expect(await countOf(w, 'recovery_code', 'desk')).toBe(10)
  expect(await prove(code)).toEqual(CLOSED)
})

test('letters tell the owner of made and of used codes, and how many are left', async () => {
  const [code = ''] = await codes()
  await prove(code)
  const rows = await w.ctx.store.db.selectFrom('outbox').selectAll().orderBy('id').execute()
  const letters = await Promise.all(rows.map((row) => write(w.ctx, row, 'send')))
  expect(rows.map(({ kind }) => kind).toSorted()).toEqual(['recovery_made', 'recovery_used'])
  const texts = letters.map((letter) => letter?.text ?? '').join()
  for (const said of ['残りの回復コード：9個', 'Firefox', '心当たりがないとき']) expect(texts).toContain(said)
  expect(texts).not.toContain(code)
})

test('codes go with the factor that they stand in for', async () => {
  await codes()
  await dropFactor(as(w, 'desk'), pass, null)
  expect(await countOf(w, 'recovery_code', 'desk')).toBe(0)
  expect(await makeRecoveryCodes(as(w, 'desk'), pass)).toEqual(CLOSED)
  await w.run("update account set totp_secret = 'JBSWY3DP'")
  await codes()
  const given = {
    email: 'desk@example.jp',
    name: '担当',
    role: 'desk',
    prefectures: ['08'],
    state: 'active',
    revision: 0,
  }
  await editAccount(as(w, 'secretariat'), 'desk', { ...given, forget_factors: true })
  expect(await countOf(w, 'recovery_code', 'desk')).toBe(0)
})

test('letters that look alike are read as digits, and anything else is no code', () => {
  expect(readRecoveryCode('OIL0-abcd-efgh')).toBe('0110-abcd-efgh')
  for (const text of ['', '123456', 'abcd-efgh-jkmn-p', 'あいうえおかきくけこさし'])
    expect(readRecoveryCode(text)).toBeNull()
})

test('only whoever is signed in makes and uses them', async () => {
  expect((await mayDo(w, (ctx) => makeRecoveryCodes(ctx, pass))).toSorted()).toEqual(STAFF.toSorted())
  expect((await mayDo(w, (ctx) => proveByRecoveryCode(ctx, pass, ''))).toSorted()).toEqual(STAFF.toSorted())
})

test('a stale proof makes no codes', async () => {
  const stale = {
    ...as(w, 'desk'),
    actor: { kind: 'staff' as const, id: 'desk', role: 'desk' as const, prefectures: ['08'] },
  }
  await expect(makeRecoveryCodes(stale, pass)).rejects.toThrow('proof')
})
