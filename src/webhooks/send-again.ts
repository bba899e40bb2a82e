import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { expectSome, lockRow } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { keptWebhook } from './queries.ts'

/** Queued again. Refused `closed` if the webhook is not active, or nothing of it can be sent again. */
export type SentAgain = Ok<{ deliveries: number }> | Refused<'closed'>

/**
 * Sends a delivery again that failed or was sent, or with `all` every one that failed. It keeps its `webhook-id`, and its
 * attempts start from zero. For people who may keep the webhook. Throws `NotFound`, `Forbidden`.
 */
export async function sendAgain(ctx: Ctx, id: string, which: { delivery: string } | 'all'): Promise<SentAgain> {
  const { row } = await keptWebhook(ctx, id)
  if (row.state !== 'active') return refused('closed')
  const { db } = ctx.store
  const now = ctx.clock.now()
  const found = db.selectFrom('webhook_delivery').select('id').where('webhook', '=', id)
  const again =
    which === 'all'
      ? found.where('state', '=', 'failed')
      : found.where('id', '=', which.delivery).where('state', 'in', ['failed', 'sent'])
  const many = (await again.execute()).length
  if (many === 0) return refused('closed')
  const done = await ctx.store.commit(
    lockRow(ctx, 'webhook', id),
    expectSome(ctx, again),
    db
      .updateTable('webhook_delivery')
      .set({ state: 'waiting', due_at: now, attempts: 0, fault: null, updated_at: now })
      .where('id', 'in', again),
    note(ctx, 'webhook.sent_again', id, { deliveries: many }),
  )
  return done.ok ? ok({ deliveries: many }) : refusalFor(done, { still_true: 'closed' })
}
