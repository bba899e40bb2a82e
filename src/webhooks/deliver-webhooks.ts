import { requireSystem } from '../base/actor.ts'
import { VERSION } from '../base/version.ts'
import type { Ctx } from '../context.ts'
import { type Claimed, claimNext, dueWebhooks, release } from './claim.ts'
import { bodyOf, type Outcome, outcomeOf, type Poster } from './delivery.ts'
import { secretsOf } from './secret.ts'
import { signedHeaders } from './sign.ts'
import { stopWebhook } from './stop-webhook.ts'

/** Webhooks that are delivered to at once. One that hangs holds up none of the others. */
const AT_ONCE = 8

/** The most deliveries to one webhook in a round. */
const ROUND = 50

/** The number of attempts by outcome; `waiting` are those to be tried again. */
export type DeliveredWebhooks = Record<Outcome['state'], number>

async function attempt(ctx: Ctx, post: Poster, { delivery, webhook }: Claimed, chance: number): Promise<Outcome> {
  const now = ctx.clock.now()
  const secrets = await secretsOf(ctx, webhook)
  if (secrets.length === 0) return outcomeOf({ fault: 'secret' }, delivery.attempts, now, chance)
  const body = bodyOf(ctx, delivery)
  const timestamp = Math.floor(Date.parse(now) / 1000)
  const headers = {
    'content-type': 'application/json',
    'user-agent': `Madoguchi/${VERSION}`,
    ...(await signedHeaders(secrets, { id: delivery.id, timestamp, body })),
  }
  const answer = await post({ url: webhook.url, headers, body })
  return outcomeOf(answer, delivery.attempts, ctx.clock.now(), chance)
}

/** Writes what came of an attempt. A webhook that took nothing for all that time is stopped. */
async function finish(ctx: Ctx, { delivery, webhook }: Claimed, { stop, ...set }: Outcome): Promise<void> {
  const write = release(ctx, delivery, set)
  if (stop !== undefined) return stopWebhook(ctx, { delivery, webhook }, stop, write)
  const answered = ctx.store.db
    .updateTable('webhook')
    .set({ answered_at: ctx.clock.now() })
    .where('id', '=', webhook.id)
  await ctx.store.commit(write, ...(set.state === 'sent' ? [answered] : []))
}

/**
 * Delivers what is due, as `owner` (a name of this sender alone). Several senders may run at once: each delivery is
 * claimed by compare-and-swap. A delivery whose sender died is sent again after its claim, with the same `webhook-id`.
 * It may come twice, but is never lost. The turn of a webhook ends with its first failure. `chance` spreads the pauses.
 * Returns the counts. For the sender.
 */
export async function deliverWebhooks(
  ctx: Ctx,
  post: Poster,
  owner: string,
  { stop, chance = Math.random }: { stop?: AbortSignal; chance?: () => number } = {},
): Promise<DeliveredWebhooks> {
  requireSystem(ctx.actor)
  const delivered: DeliveredWebhooks = { sent: 0, waiting: 0, failed: 0 }
  const due = await dueWebhooks(ctx)
  async function turn(webhook: string): Promise<void> {
    for (let many = 0; many < ROUND; many++) {
      if (stop?.aborted === true) return
      const claimed = await claimNext(ctx, webhook, owner)
      if (claimed === null) return
      if (claimed === 'busy') continue
      const outcome = await attempt(ctx, post, claimed, chance())
      await finish(ctx, claimed, outcome)
      delivered[outcome.state]++
      if (outcome.state !== 'sent') return
    }
  }
  async function work(): Promise<void> {
    for (let next = due.shift(); next !== undefined; next = due.shift()) await turn(next)
  }
  const ended = await Promise.allSettled(Array.from({ length: AT_ONCE }, work))
  const failed = ended.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
  return delivered
}
