import { globSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { requireFreshProof, StaleProof } from '../../src/base/actor.ts'
import type { Ctx } from '../../src/context.ts'
import { exportLedger } from '../../src/figures/exports/ledger.ts'
import { askForExport } from '../../src/figures/exports/request.ts'
import { exportAsked } from '../../src/figures/exports/run.ts'
import { addAccount } from '../../src/people/add-account.ts'
import { addPasskey } from '../../src/people/add-passkey.ts'
import { challenge } from '../../src/people/challenge.ts'
import { dropFactor } from '../../src/people/drop-factor.ts'
import { editAccount } from '../../src/people/edit-account.ts'
import { invite } from '../../src/people/invite/invite.ts'
import { inviteAgain } from '../../src/people/invite/invite-again.ts'
import { proveTotp } from '../../src/people/prove-totp.ts'
import { provenAtOf } from '../../src/people/queries.ts'
import { makeRecoveryCodes } from '../../src/people/recovery/make-codes.ts'
import { seePass } from '../../src/people/see-pass.ts'
import { newTotpSecret } from '../../src/people/totp.ts'
import { as } from '../acts.ts'
import { NOW, type World } from '../world.ts'
import { browser, passOf, staffed } from './fixtures.ts'
import { totpCode } from './totp.ts'

let w: World
beforeAll(async () => {
  w = await staffed()
})
afterAll(() => w.close())
beforeEach(() => w.at(NOW))

/** The secretariat, whose proof is of this instant. */
function provenAt(instant: string | null): Ctx {
  const ctx = as(w, 'secretariat')
  return ctx.actor.kind === 'staff' ? { ...ctx, actor: { ...ctx.actor, provenAt: instant } } : ctx
}

const PERSON = { email: 'new@example.jp', name: '水戸 花子', role: 'desk', prefectures: ['08'] }
const DESK = { email: 'desk@example.jp', name: '担当 desk', role: 'desk', prefectures: ['08'], state: 'active' }
const WANTED = { from: '2026-04-01', to: '2027-03-31', format: 'csv' }
const edit = (changes: object) => (ctx: Ctx) => editAccount(ctx, 'desk', { ...DESK, revision: 0, ...changes })
const secret = newTotpSecret()

/** Each act, by its file. */
const ACTS: [file: string, act: (ctx: Ctx) => Promise<unknown>][] = [
  ['src/people/add-account.ts', (ctx) => addAccount(ctx, PERSON)],
  ['src/people/invite/invite.ts', (ctx) => invite(ctx, PERSON)],
  ['src/people/invite/invite-again.ts', (ctx) => inviteAgain(ctx, 'viewer')],
  ['src/people/recovery/make-codes.ts', (ctx) => makeRecoveryCodes(ctx, 'own')],
  ['src/people/edit-account.ts', edit({ email: 'else@example.jp' })],
  ['src/people/edit-account.ts', edit({ role: 'viewer' })],
  ['src/people/edit-account.ts', edit({ prefectures: ['13'] })],
  ['src/people/edit-account.ts', edit({ state: 'closed' })],
  ['src/people/edit-account.ts', edit({ forget_factors: true })],
  ['src/people/add-passkey.ts', async (ctx) => addPasskey(ctx, await passOf(w, await browser(w, 'desk')), null, '')],
  ['src/people/challenge.ts', async (ctx) => challenge(ctx, await passOf(w, await browser(w, 'desk')), 'add')],
  ['src/people/prove-totp.ts', async (ctx) => proveTotp(ctx, 'own', await totpCode(secret, NOW), secret)],
  ['src/people/drop-factor.ts', (ctx) => dropFactor(ctx, 'own', 'some-key')],
  ['src/figures/exports/ledger.ts', (ctx) => exportLedger(ctx, WANTED)],
  ['src/figures/exports/request.ts', (ctx) => askForExport(ctx, WANTED)],
  ['src/figures/exports/run.ts', (ctx) => exportAsked(ctx, 'some-export')],
]

const kept = async () =>
  Promise.all([
    w.rows('select id, email, role, prefectures, state, totp_secret, revision from account order by id'),
    w.rows('select id from passkey'),
    w.rows("select act from journal where act <> 'account.code_wrong'"),
    w.rows('select id from outbox'),
  ])

describe('what needs a fresh proof', () => {
  test.each(ACTS)('is refused with a stale one, and changes nothing (%s %#)', async (_, act) => {
    const before = await kept()
    for (const old of [null, '2026-11-22T00:49:59.999Z', '2026-11-22T02:00:00.000Z']) {
      await expect(act(provenAt(old))).rejects.toThrow(StaleProof)
    }
    expect(await kept()).toEqual(before)
  })

  test.each(ACTS)('is not refused for that with one of ten minutes ago (%s %#)', async (_, act) => {
    const told = await act(provenAt('2026-11-22T00:50:00.000Z')).catch((error: unknown) => error)
    expect(told).not.toBeInstanceOf(StaleProof)
    await w.run("update account set revision = 0, email = 'desk@example.jp' where id = 'desk'")
    await w.run("update account set role = 'desk', prefectures = '08', state = 'active' where id = 'desk'")
    const made = "select id from account where email = 'new@example.jp'"
    await w.run(`delete from sign_in where account in (${made})`)
    await w.run("delete from account where email = 'new@example.jp'")
  })

  test('is not a name, and the system is never asked', async () => {
    expect(await edit({ name: '水戸 洋子' })(provenAt(null))).toMatchObject({ ok: true })
    expect(() => requireFreshProof(w.system)).not.toThrow()
    expect(() => requireFreshProof(w.ctx)).toThrow('only for who signed in')
  })

  test('is each act that writes factors or accounts or hands out the ledger', () => {
    const writes =
      /(?:insertInto|deleteFrom)\('passkey'\)|(?:insertInto|updateTable)\('account'\)|insertInto\('recovery_code'\)|\.\.\.accountWrites\(|[^*] ledgerPages\(/
    const other = [
      'src/people/seal-totp-secrets.ts', // for the system
      'src/people/sign-in.ts', // the time of the sign-in
      'src/people/see-pass.ts', // the language of the letters
      'src/people/first/add-first-account.ts', // for the holder of the first link
      'src/people/recovery/prove-by-code.ts', // is a proof itself
      'src/people/write/account.ts', // the write of its acts
      'src/people/write/tries.ts', // counts codes
      'src/node/restore.ts', // takes rights away
      'src/http/desk/figures.ts', // shows which characters would be lost
    ]
    const found = globSync('src/**/*.ts')
      .map((file) => file.replaceAll('\\', '/'))
      .filter((file) => writes.test(readFileSync(file, 'utf8')) && !other.includes(file))
    const asks = new Set(ACTS.map(([file]) => file))
    expect(found.filter((file) => !asks.has(file))).toEqual([])
    expect(found.length).toBeGreaterThan(5)
  })
})

describe('a browser', () => {
  const locked = async (token: string) => (await passOf(w, token)).locked

  test('that nobody uses for an hour is locked, and one that somebody uses is not', async () => {
    const token = await browser(w, 'desk', { proven: 1, proven_at: NOW })
    w.at('2026-11-22T01:59:59.999Z')
    expect(await locked(token)).toBe(false)
    await seePass(as(w, 'desk'), await passOf(w, token))
    w.at('2026-11-22T02:59:00.000Z')
    expect(await locked(token)).toBe(false)
    w.at('2026-11-22T02:59:59.999Z')
    expect(await passOf(w, token)).toMatchObject({ locked: true, proven: false })
    expect(provenAtOf(await passOf(w, token))).toBeNull()
  })

  test('is noted as used once in five minutes', async () => {
    const token = await browser(w, 'desk')
    const seen = async () => (await passOf(w, token)).seen_at
    w.at('2026-11-22T01:04:59.999Z')
    await seePass(as(w, 'desk'), await passOf(w, token))
    expect(await seen()).toBe(NOW)
    w.at('2026-11-22T01:05:00.000Z')
    await seePass(as(w, 'viewer'), await passOf(w, token))
    expect(await seen()).toBe(NOW)
    await seePass(as(w, 'desk'), await passOf(w, token))
    expect(await seen()).toBe('2026-11-22T01:05:00.000Z')
  })

  test('of an account without a factor has proven who it is by signing in', async () => {
    const pass = await passOf(w, await browser(w, 'viewer'))
    expect(provenAtOf(pass)).toBe(NOW)
    const withApp = { ...pass, account: { ...pass.account, totp: true } }
    expect(provenAtOf(withApp)).toBeNull()
    expect(provenAtOf({ ...withApp, proven: true, proven_at: 'then' })).toBe('then')
  })
})
