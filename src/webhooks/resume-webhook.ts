import { type Ok, ok, type Refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { keptWebhook } from './queries.ts'

/** Resumed. Refused `changed` if somebody else changed it meanwhile. */
export type WebhookResumed = Ok<object> | Refused<'changed'>

/**
 * Delivers again to a webhook that was paused or stopped. What failed stays failed until it is sent again. Idempotent.
 * For people who may keep it. Throws `NotFound`, `Forbidden`.
 */
export async function resumeWebhook(ctx: Ctx, id: string): Promise<WebhookResumed> {
  const { row } = await keptWebhook(ctx, id)
  if (row.state === 'active') return ok({})
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'webhook', row),
    ctx.store.db
      .updateTable('webhook')
      .set({ state: 'active', revision: row.revision + 1, updated_at: ctx.clock.now() })
      .where('id', '=', id),
    note(ctx, 'webhook.resumed', id),
  )
  return done.ok ? ok({}) : refusalFor(done)
}
