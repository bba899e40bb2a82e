import { type Ok, ok, type Refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { keptWebhook } from './queries.ts'

/** Paused. Refused `changed` if somebody else changed it meanwhile. */
export type WebhookPaused = Ok<object> | Refused<'changed'>

/**
 * Ends deliveries to a webhook for a while. What happens meanwhile is not told later; what waits is tried again after
 * `resumeWebhook`. Idempotent. For people who may keep it. Throws `NotFound`, `Forbidden`.
 */
export async function pauseWebhook(ctx: Ctx, id: string): Promise<WebhookPaused> {
  const { row } = await keptWebhook(ctx, id)
  if (row.state !== 'active') return ok({})
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'webhook', row),
    ctx.store.db
      .updateTable('webhook')
      .set({ state: 'paused', revision: row.revision + 1, updated_at: ctx.clock.now() })
      .where('id', '=', id),
    note(ctx, 'webhook.paused', id),
  )
  return done.ok ? ok({}) : refusalFor(done)
}
