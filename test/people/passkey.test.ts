import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { addPasskey } from '../../src/people/add-passkey.ts'
import { challenge } from '../../src/people/challenge.ts'
import { dropFactor } from '../../src/people/drop-factor.ts'
import { provePasskey } from '../../src/people/prove-passkey.ts'
import { as, lines, mayDo, STAFF } from '../acts.ts'
import { meanwhile } from '../meanwhile.ts'
import { NOW, type World } from '../world.ts'
import { type Authenticator, authenticator } from './authenticator.ts'
import { browser, countOf, passOf, staffed } from './fixtures.ts'

let w: World
let token: string
beforeAll(async () => {
  w = await staffed()
})
afterAll(() => w.close())
beforeEach(async () => {
  for (const table of ['passkey', 'pass', 'journal']) await w.run(`delete from ${table}`)
  token = await browser(w, 'desk')
})

const pass = () => passOf(w, token)

/** The token that the browser has after a proof. Throws if it was refused. */
function tokenOf(done: { ok: true; token: string } | { ok: false; why: string }): string {
  if (!done.ok) throw new Error(done.why)
  return done.token
}

/** Asks for a challenge. Returns what the browser gets. */
async function options(to: 'add' | 'prove') {
  const done = await challenge(as(w, 'desk'), await pass(), to)
  return done.options as Record<string, unknown> & { challenge: string }
}

/** Adds the passkey of a new device. */
async function added(): Promise<Authenticator> {
  const device = authenticator()
  const { challenge: given } = await options('add')
  token = tokenOf(await addPasskey(as(w, 'desk'), await pass(), device.made(given), '携帯'))
  return device
}

describe('a challenge', () => {
  test('for a new passkey names site, account and the passkeys there are, and is kept with the pass', async () => {
    const { id } = await added()
    const given = await options('add')
    expect(given).toMatchObject({
      rp: { id: 'localhost' },
      user: { name: 'desk@example.jp' },
      excludeCredentials: [{ id, transports: ['internal'] }],
    })
    expect((await pass()).challenge).toBe(given.challenge)
  })

  test('to show one names one’s own passkeys only, and takes the place of the challenge before', async () => {
    const { id } = await added()
    await w.run(
      "insert into passkey (id, account, public_key, counter, transports, name, created_at) values ('other', 'viewer', 'k', 0, '', '', '')",
    )
    const before = await options('prove')
    const given = await options('prove')
    expect(given).toMatchObject({ rpId: 'localhost', allowCredentials: [{ id }] })
    expect(given.allowCredentials).toHaveLength(1)
    expect(given.challenge).not.toBe(before.challenge)
    expect((await pass()).challenge).toBe(given.challenge)
  })

  test('is for everybody who signed in', async () => {
    const mine = await pass()
    expect(await mayDo(w, (ctx) => challenge(ctx, mine, 'prove'))).toEqual(STAFF)
  })
})

describe('adding a passkey', () => {
  test('keeps it under its name, proves the pass and uses the challenge up', async () => {
    const device = await added()
    expect(await w.rows('select id, account, counter, transports, name, created_at, used_at from passkey')).toEqual([
      {
        id: device.id,
        account: 'desk',
        counter: 0,
        transports: 'internal',
        name: '携帯',
        created_at: NOW,
        used_at: null,
      },
    ])
    expect(await pass()).toMatchObject({ proven: true, challenge: null, account: { passkeys: 1 } })
  })

  test('shortens a long name', async () => {
    const { challenge: given } = await options('add')
    await addPasskey(as(w, 'desk'), await pass(), authenticator().made(given), 'あ'.repeat(100))
    expect(await w.column('select name from passkey')).toEqual(['あ'.repeat(60)])
  })

  test('leaves a line without its id', async () => {
    await added()
    expect(await lines(w, 'desk')).toEqual([{ actor: 'desk', act: 'account.passkey_added', detail: {} }])
  })

  test('is refused without a challenge, and for the challenge that was used', async () => {
    const device = authenticator()
    expect(await addPasskey(as(w, 'desk'), await pass(), device.made('x'), '')).toEqual({ ok: false, why: 'closed' })
    const { challenge: given } = await options('add')
    token = tokenOf(await addPasskey(as(w, 'desk'), await pass(), device.made(given), ''))
    const again = await addPasskey(as(w, 'desk'), await pass(), authenticator().made(given), '')
    expect(again).toEqual({ ok: false, why: 'closed' })
    expect(await countOf(w, 'passkey', 'desk')).toBe(1)
  })

  test.each([
    ['nothing', () => null],
    ['another challenge', () => authenticator().made('another')],
    ['another site', (given: string) => authenticator().made(given, 'https://evil.example')],
    ['a passkey shown instead of made', (given: string) => authenticator().shown(given)],
  ])('is refused for %s, and nothing is proven', async (_, answer) => {
    const { challenge: given } = await options('add')
    expect(await addPasskey(as(w, 'desk'), await pass(), answer(given), '')).toEqual({ ok: false, why: 'closed' })
    expect([await countOf(w, 'passkey', 'desk'), (await pass()).proven]).toEqual([0, false])
    expect(await lines(w, 'desk')).toEqual([])
  })

  test('is for everybody who signed in', async () => {
    const mine = await pass()
    expect(await mayDo(w, (ctx) => addPasskey(ctx, mine, null, ''))).toEqual(STAFF)
  })
})

test('a passkey that another account holds proves nothing', async () => {
  const { challenge: given } = await options('add')
  const device = authenticator()
  await w.run(
    "insert into passkey (id, account, public_key, counter, transports, name, created_at) values (?, 'viewer', 'k', 0, '', '', '')",
    device.id,
  )
  const done = await addPasskey(as(w, 'desk'), await pass(), device.made(given), '')
  expect([done.ok, (await pass()).proven]).toEqual([false, false])
})

describe('showing a passkey', () => {
  test('proves the pass, uses the challenge up and keeps the counter', async () => {
    const device = await added()
    token = await browser(w, 'desk')
    const { challenge: given } = await options('prove')
    const before = token
    token = tokenOf(await provePasskey(as(w, 'desk'), await pass(), device.shown(given)))
    await expect(passOf(w, before)).rejects.toThrow('signed out')
    expect(await pass()).toMatchObject({ proven: true, proven_at: NOW, challenge: null })
    expect(await w.rows('select counter, used_at from passkey')).toEqual([{ counter: 1, used_at: NOW }])
    expect(await lines(w, 'desk')).toContainEqual({ actor: 'desk', act: 'account.proven', detail: {} })
  })

  test('proves this browser only', async () => {
    const device = await added()
    const other = await browser(w, 'desk')
    token = await browser(w, 'desk')
    const { challenge: given } = await options('prove')
    await provePasskey(as(w, 'desk'), await pass(), device.shown(given))
    expect((await passOf(w, other)).proven).toBe(false)
  })

  describe('is refused', () => {
    let device: Authenticator
    beforeEach(async () => {
      device = await added()
      token = await browser(w, 'desk')
    })

    const unproven = async () => {
      expect((await pass()).proven).toBe(false)
      expect((await lines(w, 'desk')).map((line) => line.act)).toEqual(['account.passkey_added'])
    }

    test('without a challenge', async () => {
      expect(await provePasskey(as(w, 'desk'), await pass(), device.shown('x'))).toEqual({ ok: false, why: 'closed' })
      await unproven()
    })

    test.each([null, 'text', {}, { id: 5 }])('for an answer that is none: %j', async (answer) => {
      await options('prove')
      expect(await provePasskey(as(w, 'desk'), await pass(), answer)).toEqual({ ok: false, why: 'closed' })
      await unproven()
    })

    test('for another challenge', async () => {
      await options('prove')
      const answer = device.shown('another')
      expect(await provePasskey(as(w, 'desk'), await pass(), answer)).toEqual({ ok: false, why: 'closed' })
      await unproven()
    })

    test('for a device that signs under the id of another one', async () => {
      const { challenge: given } = await options('prove')
      const answer = { ...authenticator().shown(given), id: device.id, rawId: device.id }
      expect(await provePasskey(as(w, 'desk'), await pass(), answer)).toEqual({ ok: false, why: 'closed' })
      await unproven()
    })

    test('for a passkey of somebody else', async () => {
      const theirs = await browser(w, 'viewer')
      await challenge(as(w, 'viewer'), await passOf(w, theirs), 'prove')
      const mine = await passOf(w, theirs)
      const answer = device.shown(mine.challenge ?? '')
      expect(await provePasskey(as(w, 'viewer'), mine, answer)).toEqual({ ok: false, why: 'closed' })
    })

    test('once the passkey was dropped meanwhile', async () => {
      const { challenge: given } = await options('prove')
      const mine = await pass()
      const slower = meanwhile(w, () => dropFactor(as(w, 'desk'), mine.id, device.id))
      const done = await provePasskey(as(slower, 'desk'), mine, device.shown(given))
      expect([done, (await pass()).proven]).toEqual([{ ok: false, why: 'closed' }, false])
    })

    test('for an answer that somebody faster has shown', async () => {
      const { challenge: given } = await options('prove')
      const [mine, answer] = [await pass(), device.shown(given)]
      const slower = meanwhile(w, () => provePasskey(as(w, 'desk'), mine, answer))
      expect(await provePasskey(as(slower, 'desk'), mine, answer)).toEqual({ ok: false, why: 'closed' })
    })

    test('for an answer whose counter went back, as of a copied key', async () => {
      await w.run('update passkey set counter = 9')
      const { challenge: given } = await options('prove')
      expect(await provePasskey(as(w, 'desk'), await pass(), device.shown(given))).toEqual({ ok: false, why: 'closed' })
      await unproven()
    })
  })

  test('is for everybody who signed in', async () => {
    const mine = await pass()
    expect(await mayDo(w, (ctx) => provePasskey(ctx, mine, null))).toEqual(STAFF)
  })
})
