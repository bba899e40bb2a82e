import type { Ctx } from '../context.ts'
import { actorOf } from '../people/account.ts'
import { type Desk, deskOf } from '../people/desk.ts'
import { activeAccounts } from '../people/queries.ts'
import { tellAccount } from '../people/write/tell-account.ts'
import { deskById } from '../schedule/place-queries.ts'
import { expectSome } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { isCommitted } from '../store/retry.ts'
import type { WebhookRow } from '../store/schema.ts'
import { orThrow, type Write } from '../store/store.ts'
import type { Claimed } from './claim.ts'
import { mayKeepOf } from './webhook.ts'

/** The accounts of a desk that may keep its webhooks; those of the secretariat if it has none. */
async function keepersOf(ctx: Ctx, desk: Desk | null): Promise<string[]> {
  const all = await activeAccounts(ctx)
  const keepers = all.filter((account) => mayKeepOf(actorOf(account, null), desk))
  const own = keepers.filter(({ role }) => role === 'desk')
  return (own.length > 0 ? own : keepers).map(({ id }) => id)
}

/** Whether a webhook took another delivery since this one was due first. Then only this one is given up. */
const isAlive = ({ answered_at }: WebhookRow, since: string) => answered_at !== null && answered_at >= since

/**
 * Gives a delivery up (`write`). Stops its webhook too if that is gone, or took nothing since. What waits then fails, and
 * its desk gets a letter. In one commit. For the sender.
 */
export async function stopWebhook(
  ctx: Ctx,
  { delivery, webhook }: Claimed,
  why: 'gone' | 'failed',
  write: Write,
): Promise<void> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const active = db.selectFrom('webhook').select('id').where('id', '=', webhook.id).where('state', '=', 'active')
  const since = delivery.happened_at
  const silent = active.where((eb) => eb.or([eb('answered_at', 'is', null), eb('answered_at', '<', since)]))
  if (why === 'failed' && isAlive(webhook, since)) {
    orThrow(await ctx.store.commit(write))
    return
  }
  const row = webhook.desk === null ? undefined : await deskById(ctx, webhook.desk)
  const keepers = await keepersOf(ctx, row ? deskOf(row) : null)
  const news = { webhook: { host: new URL(webhook.url).hostname, why } }
  const done = await ctx.store.commit(
    expectSome(ctx, why === 'gone' ? active : silent),
    write,
    db
      .updateTable('webhook')
      .set((eb) => ({ state: 'stopped', revision: eb('revision', '+', 1), updated_at: now }))
      .where('id', '=', webhook.id),
    db
      .updateTable('webhook_delivery')
      .set({ state: 'failed', fault: 'stopped', updated_at: now })
      .where('webhook', '=', webhook.id)
      .where('state', '=', 'waiting'),
    note(ctx, 'webhook.stopped', webhook.id, { why }),
    ...keepers.map((account) => tellAccount(ctx, 'webhook_stopped', account, news)),
  )
  // Somebody stopped or paused it meanwhile, or it took another delivery.
  if (!isCommitted(done)) orThrow(await ctx.store.commit(write))
}
