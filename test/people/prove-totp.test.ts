import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { proveTotp } from '../../src/people/prove-totp.ts'
import { sealTotpSecrets } from '../../src/people/seal-totp-secrets.ts'
import { newTotpSecret } from '../../src/people/totp.ts'
import { openedTotp } from '../../src/people/totp-secret.ts'
import { as, lines, mayDo, STAFF } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import { NOW, type World } from '../world.ts'
import { accountRow, browser, passOf, staffed } from './fixtures.ts'
import { totpCode } from './totp.ts'

let w: World
let token: string
let pass: string
const secret = newTotpSecret()
const STEP = Math.floor(Date.parse(NOW) / 30_000)

beforeAll(async () => {
  w = await staffed()
})
afterAll(() => w.close())
beforeEach(async () => {
  w.at(NOW)
  for (const table of ['pass', 'journal']) await w.run(`delete from ${table}`)
  await w.run('update account set totp_secret = null, totp_step = null, code_tries = null, code_tries_from = null')
  token = await browser(w, 'desk')
  pass = (await passOf(w, token)).id
})

const code = () => totpCode(secret, w.ctx.clock.now())
const prove = (typed: string, setup?: string) => proveTotp(as(w, 'desk'), pass, typed, setup)
/** Whether this browser is proven. A proof gives it another token. */
const proven = async () => (await w.column('select proven from pass where id = ?', pass))[0] === 1
/** The secret of the app as the row's account opens it. */
const kept = async () => openedTotp(w.ctx, 'desk', (await accountRow(w, 'desk')).totp_secret ?? '')
const acts = async () => (await lines(w, 'desk')).map((line) => line.act)
const CLOSED = { ok: false, why: 'closed' }
const PROVEN = { ok: true, token: expect.stringMatching(/^\w{64}$/) }

/** Somebody faster between look and write. The first commit only counts the try. */
function faster(happens: () => unknown) {
  let commits = 0
  return as(
    meanwhile(w, () => (++commits === 2 ? happens() : undefined), 2),
    'desk',
  )
}

/** Sets up the app. Returns another browser and the time of the next code. */
async function setUp() {
  await prove(await code(), secret)
  token = await browser(w, 'desk')
  pass = (await passOf(w, token)).id
  w.at('2026-11-22T01:00:30.000Z')
}

describe('setting the app up', () => {
  test('by a code of the secret just shown keeps it and proves the pass', async () => {
    const before = await browser(w, 'desk')
    expect(await prove(await code(), secret)).toEqual(PROVEN)
    expect([await kept(), (await accountRow(w, 'desk')).totp_step]).toEqual([secret, STEP])
    await expect(passOf(w, before)).rejects.toThrow('signed out')
    expect(await proven()).toBe(true)
    expect(await lines(w, 'desk')).toEqual([{ actor: 'desk', act: 'account.totp_set_up', detail: {} }])
  })

  test('by a wrong code is refused and counted, and nothing is kept', async () => {
    expect(await prove('000 00', secret)).toEqual(CLOSED)
    expect([(await accountRow(w, 'desk')).totp_secret, await proven(), await acts()]).toEqual([
      null,
      false,
      ['account.code_wrong'],
    ])
  })

  test('over an app that is set up already is refused', async () => {
    await setUp()
    const other = newTotpSecret()
    expect(await prove(await totpCode(other, w.ctx.clock.now()), other)).toEqual(CLOSED)
    expect(await kept()).toBe(secret)
  })

  test('while somebody faster sets another one up is refused', async () => {
    const other = newTotpSecret()
    const sets = async () => proveTotp(as(w, 'desk'), pass, await totpCode(other, NOW), other)
    expect(await proveTotp(faster(sets), pass, await code(), secret)).toEqual(CLOSED)
    expect(await kept()).toBe(other)
  })
})

test('setting up is refused while somebody faster sets another app up, also with a later code', async () => {
  const other = newTotpSecret()
  const sets = async () => proveTotp(as(w, 'desk'), pass, await totpCode(other, NOW), other)
  const later = await totpCode(secret, '2026-11-22T01:00:30.000Z')
  expect(await proveTotp(faster(sets), pass, later, secret)).toEqual(CLOSED)
  expect(await kept()).toBe(other)
})

test('forty wrong codes at once are no more than ten tries', async () => {
  await setUp()
  await Promise.all(Array.from({ length: 40 }, () => prove('00000')))
  expect((await acts()).filter((act) => act === 'account.code_wrong')).toHaveLength(10)
})

describe('a code', () => {
  beforeEach(setUp)

  test('proves this browser, not the others, in any width and with spaces', async () => {
    const other = await browser(w, 'desk')
    const wide = [...(await code())].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join(' ')
    expect(await prove(wide)).toEqual(PROVEN)
    expect([await proven(), (await passOf(w, other)).proven]).toEqual([true, false])
    expect((await accountRow(w, 'desk')).totp_step).toBe(STEP + 1)
    expect(await acts()).toEqual(['account.totp_set_up', 'account.proven'])
  })

  test('is taken once', async () => {
    const typed = await code()
    expect(await prove(typed)).toEqual(PROVEN)
    expect(await prove(typed)).toEqual(CLOSED)
  })

  test('that somebody faster has just used is refused', async () => {
    const typed = await code()
    const slower = faster(() => prove(typed))
    const other = (await passOf(w, await browser(w, 'desk'))).id
    expect(await proveTotp(slower, other, typed)).toEqual(CLOSED)
    expect(await w.column('select proven from pass where id = ?', other)).toEqual([0])
  })

  test('is refused once the app was dropped meanwhile', async () => {
    const drop = () => w.run("update account set totp_secret = null, totp_step = null where id = 'desk'")
    const done = await proveTotp(faster(drop), pass, await code())
    expect([done, await proven(), (await accountRow(w, 'desk')).totp_secret]).toEqual([CLOSED, false, null])
  })

  test('does not prove the browser of somebody else', async () => {
    const theirs = await browser(w, 'viewer')
    expect(await proveTotp(as(w, 'desk'), (await passOf(w, theirs)).id, await code())).toEqual(CLOSED)
    expect((await passOf(w, theirs)).proven).toBe(false)
  })

  test('that is wrong is refused and counted; after ten of them in a quarter of an hour the right one too', async () => {
    for (let i = 0; i < 10; i++) expect(await prove('00000')).toEqual(CLOSED)
    expect(await prove(await code())).toEqual(CLOSED)
    expect((await acts()).filter((act) => act === 'account.code_wrong')).toHaveLength(10)
    w.at('2026-11-22T01:15:30.000Z')
    expect(await prove(await code())).toEqual(PROVEN)
  })

  test('of an account without an app is refused', async () => {
    expect(await proveTotp(as(w, 'viewer'), pass, await code())).toEqual(CLOSED)
  })
})

describe('the secret of the app', () => {
  test('is sealed in the row, for its account only', async () => {
    await setUp()
    const { totp_secret: stored } = await accountRow(w, 'desk')
    expect(stored).not.toContain(secret)
    expect(await openedTotp(w.ctx, 'viewer', stored ?? '')).toBeNull()
    await w.run("update account set totp_secret = ?, totp_step = null where id = 'viewer'", stored)
    const theirs = (await passOf(w, await browser(w, 'viewer'))).id
    expect(await proveTotp(as(w, 'viewer'), theirs, await code())).toEqual(CLOSED)
  })

  test('of an earlier version is sealed by the next proof', async () => {
    await w.run("update account set totp_secret = ? where id = 'desk'", secret)
    expect(await prove(await code())).toEqual(PROVEN)
    expect((await accountRow(w, 'desk')).totp_secret).not.toContain(secret)
    expect(await kept()).toBe(secret)
  })

  test('of an earlier version is sealed by the system, once, and opens as before', async () => {
    await w.run("update account set totp_secret = ? where id in ('desk', 'viewer')", secret)
    expect(await sealTotpSecrets(w.system)).toEqual({ ok: true, sealed: 2 })
    const { totp_secret: stored } = await accountRow(w, 'desk')
    expect(stored).not.toContain(secret)
    expect(await kept()).toBe(secret)
    expect(await sealTotpSecrets(w.system)).toEqual({ ok: true, sealed: 0 })
    expect((await accountRow(w, 'desk')).totp_secret).toBe(stored)
    expect(await mayDo(w, (ctx) => sealTotpSecrets(ctx))).toEqual(['system'])
  })
})

test('a proof takes the token that the browser had before out of use', async () => {
  await setUp()
  const done = await prove(await code())
  await expect(passOf(w, token)).rejects.toThrow('signed out')
  expect(await passOf(w, done.ok ? done.token : '')).toMatchObject({
    id: pass,
    proven: true,
    proven_at: w.ctx.clock.now(),
  })
})

test('one code sent by ten browsers at once proves one of them', async () => {
  await setUp()
  const others = await Promise.all(Array.from({ length: 10 }, async () => passOf(w, await browser(w, 'desk'))))
  const typed = await code()
  const done = await Promise.all(others.map((one) => proveTotp(as(w, 'desk'), one.id, typed)))
  expect(done.filter((one) => one.ok)).toHaveLength(1)
  const ids = await w.column('select id from pass where proven = 1')
  expect(others.filter((one) => ids.includes(one.id))).toHaveLength(1)
})

test('is for everybody who signed in', async () => {
  expect(await mayDo(w, (ctx) => proveTotp(ctx, pass, '000000'))).toEqual(STAFF)
})
