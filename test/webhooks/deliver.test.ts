import type { LookupAddress } from 'node:dns'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { plusMinutes } from '../../src/base/clock.ts'
import { callOff } from '../../src/changes/call-off.ts'
import { mayReach, postWebhook } from '../../src/node/webhooks/post-webhook.ts'
import { addDesk } from '../../src/people/add-desk.ts'
import { claimNext } from '../../src/webhooks/claim.ts'
import { deliverWebhooks } from '../../src/webhooks/deliver-webhooks.ts'
import { MOST_ATTEMPTS, outcomeOf, type Poster } from '../../src/webhooks/delivery.ts'
import { editWebhook } from '../../src/webhooks/edit-webhook.ts'
import { forgetDeliveries } from '../../src/webhooks/forget-deliveries.ts'
import { pauseWebhook } from '../../src/webhooks/pause-webhook.ts'
import { resumeWebhook } from '../../src/webhooks/resume-webhook.ts'
import { rotateSecret } from '../../src/webhooks/rotate-secret.ts'
import { sendAgain } from '../../src/webhooks/send-again.ts'
import { showSecret } from '../../src/webhooks/show-secret.ts'
import { withAccounts } from '../acts.ts'
import { mito } from '../booking/fixtures.ts'
import { desk as office } from '../schedule/fixtures.ts'
import { MITO, NOW, PRODUCTION, testConfig, type World } from '../world.ts'
import { deliveries, receiver, verified, webhook } from './fixtures.ts'

const WHY = { reason_ja: '大雪のため', reason_en: 'heavy snow' }
const DAYS = ['ibaraki-2026-12-04', 'ibaraki-2026-12-11', 'ibaraki-2026-12-18']

let w: World
beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

const send = (post: Poster = postWebhook(w.ctx.config), owner = 'sender') =>
  deliverWebhooks(w.system, post, owner, { chance: () => 0 })
const calledOff = (id: string = MITO) => callOff(w.system, id, WHY)
const failing = (status: number, retryAfter: string | null = null): Poster => {
  return async () => ({ status, retryAfter })
}

/** Moves the clock to when the only delivery is due. */
async function untilDue(): Promise<void> {
  const [one] = await deliveries(w)
  w.at(one?.due_at ?? '')
}

describe('a delivery', () => {
  test('is read by the library of the standard, and says of which session and nothing of any person', async () => {
    const to = await receiver()
    const { secret } = await webhook(w, to.url)
    await calledOff()
    expect(await send()).toEqual({ sent: 1, waiting: 0, failed: 0 })
    const [got] = to.got
    if (!got) throw new Error('nothing came')
    expect(verified(secret, got)).toEqual({
      type: 'session.called_off',
      timestamp: w.ctx.clock.now(),
      data: {
        id: MITO,
        sequence: 1,
        url: `http://localhost:8787/sessions/${MITO}`,
        api_url: `http://localhost:8787/api/v1/sessions/${MITO}`,
      },
    })
    const [delivery] = await deliveries(w)
    expect(got.headers).toMatchObject({ 'content-type': 'application/json', 'webhook-id': delivery?.id })
    expect(got.headers['webhook-id']).not.toContain('.')
    expect(got.headers['webhook-timestamp']).toBe(String(Math.floor(Date.parse(w.ctx.clock.now()) / 1000)))
    expect(() => verified(`whsec_${btoa('another secret')}`, got)).toThrow('No matching signature found')
    expect(() => verified(secret, { ...got, body: got.body.replace(MITO, 'another') })).toThrow(
      'No matching signature found',
    )
    expect(delivery).toMatchObject({ state: 'sent', attempts: 1, fault: null, sent_at: w.ctx.clock.now() })
    expect(await send()).toEqual({ sent: 0, waiting: 0, failed: 0 })
  })

  test('is signed by the old and the new secret for a day after a change, then by the new one alone', async () => {
    const to = await receiver()
    const { id, secret } = await webhook(w, to.url)
    await rotateSecret(w.system, id)
    const fresh = await showSecret(w.system, id)
    if (!fresh.ok) throw new Error('no secret')
    expect(fresh.secret).not.toBe(secret)
    await calledOff()
    await send()
    const [got] = to.got
    if (!got) throw new Error('nothing came')
    expect(got.headers['webhook-signature']).toMatch(/^v1,\S+ v1,\S+$/)
    expect([verified(secret, got), verified(fresh.secret, got)]).toHaveLength(2)
    await w.run('update webhook set before_until = ?', w.ctx.clock.now())
    await calledOff(DAYS[0])
    await send()
    const last = to.got.at(-1)
    if (!last) throw new Error('nothing came')
    expect(verified(fresh.secret, last)).toMatchObject({ data: { id: DAYS[0] } })
    expect(() => verified(secret, last)).toThrow('No matching signature found')
  })

  test('that fails, hangs or redirects is tried again with the same id and a new time; nobody follows', async () => {
    const elsewhere = await receiver()
    const to = await receiver((answer) => answer.writeHead(500).end('no'))
    await webhook(w, to.url)
    await calledOff()
    const waits = { sent: 0, waiting: 1, failed: 0 }
    const faults: (string | null)[] = []
    async function attempt(post?: Poster) {
      expect(await send(post)).toEqual(waits)
      faults.push(...(await deliveries(w)).map(({ fault }) => fault))
      await untilDue()
    }
    await attempt()
    to.answer((answer) => answer.writeHead(307, { location: elsewhere.url }).end())
    await attempt()
    to.answer(() => undefined)
    await attempt(postWebhook(w.ctx.config, { seconds: 0.2 }))
    to.answer((answer) => answer.destroy())
    await attempt()
    expect(faults).toEqual(['HTTP 500', 'HTTP 307', 'timeout', 'unreachable'])
    to.answer((answer) => answer.writeHead(200).write('x'.repeat(100_000))) // and never ends
    expect(await send()).toEqual({ sent: 1, waiting: 0, failed: 0 })
    expect(elsewhere.got).toEqual([])
    expect(new Set(to.got.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    expect(new Set(to.got.map(({ headers }) => headers['webhook-timestamp'])).size).toBeGreaterThan(3)
    expect(new Set(to.got.map(({ body }) => body)).size).toBe(1)
  })

  test('is tried again after longer and longer pauses, for 75 hours, and as late as the receiver asks', () => {
    const at = (attempts: number, chance = 0) => {
      const { due_at } = outcomeOf({ status: 500, retryAfter: null }, attempts, NOW, chance)
      return due_at === undefined ? null : (Date.parse(due_at) - Date.parse(NOW)) / 1000
    }
    const pauses = Array.from({ length: MOST_ATTEMPTS }, (_, i) => at(i + 1))
    expect(pauses).toEqual([5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400, null])
    expect(pauses.reduce<number>((sum, one) => sum + (one ?? 0), 0) / 3600).toBeCloseTo(75.6, 1)
    expect(at(2, 1)).toBe(330)
    const put = (retryAfter: string) => outcomeOf({ status: 429, retryAfter }, 1, NOW, 0).due_at
    expect(put('600')).toBe(plusMinutes(NOW, 10))
    expect(put(new Date(Date.parse(NOW) + 3_600_000).toUTCString())).toBe(plusMinutes(NOW, 60))
    expect(put('999999999')).toBe(plusMinutes(NOW, 24 * 60))
    expect([put('soon'), put('-1')]).toEqual([plusMinutes(NOW, 1 / 12), plusMinutes(NOW, 1 / 12)])
  })

  test('is given up after the last pause; its webhook is stopped, and the desk gets a letter', async () => {
    await withAccounts(w)
    const { id } = await webhook(w, 'http://127.0.0.1:9/hook', { desk: 'mito' })
    await calledOff()
    for (let i = 0; i < MOST_ATTEMPTS; i++) {
      if (i === MOST_ATTEMPTS - 1) await calledOff(DAYS[0])
      await send(failing(503))
      await w.run("update webhook_delivery set due_at = '' where session = ? and state = 'waiting'", MITO)
      await w.run("update webhook_delivery set due_at = '9999' where session <> ? and state = 'waiting'", MITO)
    }
    expect(await w.rows('select state from webhook where id = ?', id)).toEqual([{ state: 'stopped' }])
    const after = (await deliveries(w)).map(({ session, state, fault }) => [session, `${state} ${fault}`] as const)
    expect(new Map(after)).toEqual(
      new Map([
        [MITO, 'failed HTTP 503'],
        [DAYS[0] ?? '', 'failed stopped'],
      ]),
    )
    const letters = await w.rows("select subject, before from outbox where kind = 'webhook_stopped'")
    expect(letters).toEqual([{ subject: 'desk', before: '{"webhook":{"host":"127.0.0.1","why":"failed"}}' }])
    expect(await w.column("select detail from journal where act = 'webhook.stopped'")).toEqual(['{"why":"failed"}'])
    await calledOff(DAYS[1])
    expect(await deliveries(w)).toHaveLength(2)
    expect(await sendAgain(w.system, id, 'all')).toEqual({ ok: false, why: 'closed' })
    await resumeWebhook(w.system, id)
    expect(await sendAgain(w.system, id, 'all')).toEqual({ ok: true, deliveries: 2 })
    expect(await send(failing(204))).toEqual({ sent: 2, waiting: 0, failed: 0 })
  })

  test('that nobody took does not stop a webhook that took others since', async () => {
    await webhook(w, 'http://127.0.0.1:9/hook')
    await calledOff()
    await w.run('update webhook_delivery set attempts = ?', MOST_ATTEMPTS - 1)
    await w.run('update webhook set answered_at = ?', plusMinutes(w.ctx.clock.now(), 1))
    expect(await send(failing(500))).toEqual({ sent: 0, waiting: 0, failed: 1 })
    expect(await w.column('select state from webhook')).toEqual(['active'])
  })

  test('answered 410 stops its webhook at once', async () => {
    await webhook(w, 'http://127.0.0.1:9/hook')
    await calledOff()
    expect(await send(failing(410))).toEqual({ sent: 0, waiting: 0, failed: 1 })
    expect(await w.column('select state from webhook')).toEqual(['stopped'])
  })

  test('waits while its webhook is paused, and goes to the address of now', async () => {
    const to = await receiver()
    const { id } = await webhook(w, 'http://127.0.0.1:9/old')
    await calledOff()
    await pauseWebhook(w.system, id)
    expect(await send()).toEqual({ sent: 0, waiting: 0, failed: 0 })
    const [revision] = await w.column<number>('select revision from webhook')
    await editWebhook(w.system, id, { url: to.url, types: ['session.called_off'], revision })
    await resumeWebhook(w.system, id)
    expect(await send()).toEqual({ sent: 1, waiting: 0, failed: 0 })
    expect(to.got).toHaveLength(1)
  })

  test('that was sent is forgotten after a month; one that waits stays', async () => {
    await webhook(w, 'http://127.0.0.1:9/hook')
    await calledOff()
    await send(failing(204))
    await calledOff(DAYS[0])
    w.at(plusMinutes(w.ctx.clock.now(), 31 * 24 * 60))
    expect(await forgetDeliveries(w.system)).toEqual({ ok: true, forgotten: 1 })
    expect(await deliveries(w)).toMatchObject([{ session: DAYS[0] }])
  })
})

describe('several senders', () => {
  test('never send one delivery at the same time, and send each once', async () => {
    const to = await receiver()
    await webhook(w, to.url)
    await webhook(w, to.url)
    for (const id of [MITO, ...DAYS]) await calledOff(id)
    const counts = await Promise.all(['east', 'west', 'north'].map((owner) => send(undefined, owner)))
    expect(counts.reduce((sum, { sent }) => sum + sent, 0)).toBe(8)
    expect(new Set(to.got.map(({ headers }) => headers['webhook-id'])).size).toBe(8)
    expect(to.got).toHaveLength(8)
  })

  test('lose nothing if one dies with a delivery in its hands: another sends it after a minute, under the same id', async () => {
    const to = await receiver()
    const { id } = await webhook(w, to.url)
    await calledOff()
    const dead = await claimNext(w.system, id, 'dead')
    if (dead === null || dead === 'busy') throw new Error('nothing claimed')
    expect(await send()).toEqual({ sent: 0, waiting: 0, failed: 0 })
    w.at(plusMinutes(w.ctx.clock.now(), 1))
    expect(await send()).toEqual({ sent: 1, waiting: 0, failed: 0 })
    expect(to.got.map(({ headers }) => headers['webhook-id'])).toEqual([dead.delivery.id])
  })

  test('are not held up by a receiver that hangs', async () => {
    const slow = await receiver(() => undefined)
    const quick = await receiver()
    await webhook(w, slow.url)
    await webhook(w, quick.url)
    for (const id of [MITO, ...DAYS]) await calledOff(id)
    expect(await send(postWebhook(w.ctx.config, { seconds: 0.5 }))).toEqual({ sent: 4, waiting: 1, failed: 0 })
    expect(slow.got).toHaveLength(1) // its turn ends with its first failure
  })
})

describe('a private address', () => {
  const production = testConfig(PRODUCTION)

  /** A resolver that answers these addresses one after the other, and the last one from then on. */
  const moving = (...addresses: LookupAddress[][]) =>
    ((_host: string, _options: object, done: (error: null, found: LookupAddress[]) => void) => {
      done(null, (addresses.length > 1 ? addresses.shift() : addresses[0]) ?? [])
    }) as unknown as typeof import('node:dns').lookup

  test('is refused when the connection is made, also if the name led elsewhere before', async () => {
    const to = await receiver()
    const here = [{ address: '127.0.0.1', family: 4 }]
    const inside = [{ address: '10.0.0.8', family: 4 }]
    const post = postWebhook(w.ctx.config, { resolve: moving(here, inside, [...here, ...inside]) })
    const posting = { url: `http://hook.example:${to.port}/`, headers: {}, body: '{}' }
    expect(await post(posting)).toMatchObject({ status: 204 })
    expect(await post(posting)).toEqual({ fault: 'private' })
    expect(await post(posting)).toEqual({ fault: 'private' })
    expect(to.got).toHaveLength(1)
    const strict = postWebhook(production, { resolve: moving(here) })
    expect(await strict(posting)).toEqual({ fault: 'private' })
    expect(await postWebhook(production)({ ...posting, url: to.url })).toEqual({ fault: 'private' })
    expect(to.got).toHaveLength(1)
  })

  test.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:10.0.0.1',
    '64:ff9b::a00:1',
    '2002:a00:1::',
    '2001:db8::1',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'ff02::1',
    'nonsense',
  ])('%s is none that production reaches', (address) => {
    expect(mayReach(address, production)).toBe(false)
  })

  test.each(['8.8.8.8', '172.32.0.1', '192.0.3.1', '2606:4700::1111', '2400:cb00::1'])('%s is one', (address) => {
    expect(mayReach(address, production)).toBe(true)
  })

  test('of this machine is reached outside of production alone', () => {
    expect(['127.0.0.1', '::1'].map((one) => mayReach(one, w.ctx.config))).toEqual([true, true])
    expect(['10.0.0.1', '169.254.169.254', '::ffff:10.0.0.1'].map((one) => mayReach(one, w.ctx.config))).toEqual([
      false,
      false,
      false,
    ])
  })
})

test('a webhook of a desk without staff that is stopped is told to the secretariat', async () => {
  await withAccounts(w)
  await addDesk(w.system, office({ id: 'far', prefecture: '47', name_ja: '那覇の窓口' }))
  await webhook(w, 'http://127.0.0.1:9/hook', { desk: 'far' })
  await w.run("update session set desk = 'far' where id = ?", MITO)
  await calledOff()
  await send(failing(410))
  expect(await w.column("select subject from outbox where kind = 'webhook_stopped'")).toEqual(['secretariat'])
})
