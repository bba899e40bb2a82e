import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Ctx } from '../../src/context.ts'
import { announce } from '../../src/store/webhooks/announce.ts'
import { addWebhook } from '../../src/webhooks/add-webhook.ts'
import { claimNext, dueWebhooks, release } from '../../src/webhooks/claim.ts'
import { deleteWebhook } from '../../src/webhooks/delete-webhook.ts'
import { editWebhook } from '../../src/webhooks/edit-webhook.ts'
import { pauseWebhook } from '../../src/webhooks/pause-webhook.ts'
import { resumeWebhook } from '../../src/webhooks/resume-webhook.ts'
import { rotateSecret } from '../../src/webhooks/rotate-secret.ts'
import { sendAgain } from '../../src/webhooks/send-again.ts'
import { showSecret } from '../../src/webhooks/show-secret.ts'
import { stopWebhook } from '../../src/webhooks/stop-webhook.ts'
import { as, mayDo } from '../acts.ts'
import { mito } from '../booking/fixtures.ts'
import { MITO, type World } from '../world.ts'
import { deliveries, webhook } from './fixtures.ts'

let w: World
beforeEach(async () => {
  w = await mito()
})
afterEach(() => w.close())

const given = { url: 'https://hooks.example.jp/', types: ['session.full'] }
const keepers = ['desk', 'secretariat', 'system']

describe('of the webhooks of a desk', () => {
  const acts: [string, (ctx: Ctx, id: string) => Promise<unknown>][] = [
    ['adding', (ctx) => addWebhook(ctx, { ...given, desk: 'mito' })],
    ['editing', (ctx, id) => editWebhook(ctx, id, { ...given, revision: '0' })],
    ['showing the secret', showSecret],
    ['a new secret', rotateSecret],
    ['pausing', pauseWebhook],
    ['resuming', resumeWebhook],
    ['sending again', (ctx, id) => sendAgain(ctx, id, 'all')],
  ]
  test.each(acts)('%s is for its desk and the secretariat', async (_, act) => {
    const own = await webhook(w, given.url, { desk: 'mito' })
    expect(await mayDo(w, (ctx) => act(ctx, own.id))).toEqual(keepers)
  })

  test.each(acts.slice(1))('%s is for the secretariat alone if it hears of all desks', async (_, act) => {
    const all = await webhook(w, given.url)
    expect(await mayDo(w, (ctx) => act(ctx, all.id))).toEqual(keepers.slice(1))
  })

  test('deleting is too, and takes what waits with it', async () => {
    expect(
      await mayDo(w, async (ctx) => deleteWebhook(ctx, (await webhook(w, given.url, { desk: 'mito' })).id)),
    ).toEqual(keepers)
    expect(await mayDo(w, async (ctx) => deleteWebhook(ctx, (await webhook(w, given.url)).id))).toEqual(
      keepers.slice(1),
    )
    const { id } = await webhook(w, given.url, { types: ['session.full'] })
    await w.ctx.store.commit(announce(w.ctx, 'session.full', MITO))
    expect(new Set((await deliveries(w)).map((one) => one.webhook))).toContain(id)
    await deleteWebhook(w.system, id)
    expect((await deliveries(w)).filter((one) => one.webhook === id)).toEqual([])
  })
})

test('for all desks at once only the secretariat adds one', async () => {
  expect(await mayDo(w, (ctx) => addWebhook(ctx, given))).toEqual(keepers.slice(1))
})

test('a webhook that somebody paused while it failed stays paused', async () => {
  const { id } = await webhook(w, given.url, { types: ['session.full'] })
  await w.ctx.store.commit(announce(w.ctx, 'session.full', MITO))
  expect(await dueWebhooks(w.system)).toEqual([id])
  const claimed = await claimNext(w.system, id, 'sender')
  if (claimed === null || claimed === 'busy') throw new Error('nothing claimed')
  await pauseWebhook(as(w, 'secretariat'), id)
  const write = release(w.system, claimed.delivery, { state: 'failed', fault: 'HTTP 410' })
  await stopWebhook(w.system, claimed, 'gone', write)
  expect(await w.column('select state from webhook')).toEqual(['paused'])
  expect(await deliveries(w)).toMatchObject([{ state: 'failed', fault: 'HTTP 410' }])
})
