import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { NotFound } from '../../src/base/outcome.ts'
import { dropFactor } from '../../src/people/drop-factor.ts'
import { type ActorName, as, lines, mayDo, STAFF } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import type { World } from '../world.ts'
import { accountRow, browser, countOf, passOf, staffed } from './fixtures.ts'

let w: World
beforeAll(async () => {
  w = await staffed()
})
afterAll(() => w.close())
beforeEach(async () => {
  for (const table of ['passkey', 'journal']) await w.run(`delete from ${table}`)
  await w.run("update account set totp_secret = 'JBSWY3DP', totp_step = 5")
  for (const account of STAFF) await key(account, `${account}-key`)
})

const key = (account: ActorName, id: string) =>
  w.run(
    "insert into passkey (id, account, public_key, counter, transports, name, created_at) values (?, ?, 'k', 0, '', '', '')",
    id,
    account,
  )
const keys = (account: ActorName) => w.column('select id from passkey where account = ?', account)

test('the app is dropped with its last step, and the passkeys stay', async () => {
  expect(await dropFactor(as(w, 'desk'), 'own', null)).toEqual({ ok: true })
  expect(await accountRow(w, 'desk')).toMatchObject({ totp_secret: null, totp_step: null })
  expect(await keys('desk')).toEqual(['desk-key'])
  expect(await lines(w, 'desk')).toEqual([{ actor: 'desk', act: 'account.factor_dropped', detail: {} }])
})

test('a passkey is dropped by its id, and the app stays', async () => {
  expect(await dropFactor(as(w, 'desk'), 'own', 'desk-key')).toEqual({ ok: true })
  expect([await keys('desk'), (await accountRow(w, 'desk')).totp_secret]).toEqual([[], 'JBSWY3DP'])
})

test('other browsers are signed out, and one’s own and other people’s stay', async () => {
  const own = (await passOf(w, await browser(w, 'desk'))).id
  const other = await browser(w, 'desk')
  const theirs = await browser(w, 'viewer')
  await dropFactor(as(w, 'desk'), own, null)
  await expect(passOf(w, other)).rejects.toThrow('signed out')
  expect([await countOf(w, 'pass', 'desk'), (await passOf(w, theirs)).account.id]).toEqual([1, 'viewer'])
})

test('a passkey of somebody else stays, and so do one’s own browsers', async () => {
  await browser(w, 'desk')
  const before = await countOf(w, 'pass', 'desk')
  await dropFactor(as(w, 'desk'), 'own', 'viewer-key')
  expect(await keys('viewer')).toEqual(['viewer-key'])
  expect([await countOf(w, 'pass', 'desk'), await lines(w, 'desk')]).toEqual([before, []])
})

test('a desk may drop its last factor, and drop it again', async () => {
  for (const one of ['desk-key', null, null, 'desk-key'])
    expect(await dropFactor(as(w, 'desk'), 'own', one)).toEqual({ ok: true })
})

describe('the secretariat', () => {
  test('may drop one of two, and keeps the last', async () => {
    expect(await dropFactor(as(w, 'secretariat'), 'own', null)).toEqual({ ok: true })
    expect(await dropFactor(as(w, 'secretariat'), 'own', 'secretariat-key')).toEqual({ ok: false, why: 'closed' })
    expect(await keys('secretariat')).toEqual(['secretariat-key'])
    expect(await lines(w, 'secretariat')).toHaveLength(1)
  })

  test('keeps one when both are dropped at once', async () => {
    const slower = meanwhile(w, () => dropFactor(as(w, 'secretariat'), 'own', null))
    expect(await dropFactor(as(slower, 'secretariat'), 'own', 'secretariat-key')).toEqual({ ok: false, why: 'closed' })
    expect([await keys('secretariat'), (await accountRow(w, 'secretariat')).totp_secret]).toEqual([
      ['secretariat-key'],
      null,
    ])
  })
})

test('an account that is no longer there is not found', async () => {
  const provenAt = w.ctx.clock.now()
  const actor = { kind: 'staff', id: 'nobody', role: 'desk', prefectures: ['08'], provenAt } as const
  await expect(dropFactor({ ...w.ctx, actor }, 'own', null)).rejects.toThrow(NotFound)
})

test('is for everybody who signed in', async () => {
  expect(await mayDo(w, (ctx) => dropFactor(ctx, 'own', null))).toEqual(STAFF)
})
