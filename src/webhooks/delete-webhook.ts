import { isAsShown, type ShownFields, shownIn } from '../base/fingerprint.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { keptWebhook } from './queries.ts'
import type { Webhook } from './webhook.ts'

/** What a page shows before a webhook is deleted. */
export function deletedWebhookFields({ id, url, types }: Pick<Webhook, 'id' | 'url' | 'types'>): ShownFields {
  return ['delete webhook', id, url, types]
}

/** Deleted. Refused `changed` if it is not as it was shown. */
export type WebhookDeleted = Ok<object> | Refused<'changed'>

/**
 * Deletes a webhook with its secret and its deliveries; what waits does not leave. For people who may keep it. Throws
 * `NotFound`, `Forbidden`.
 */
export async function deleteWebhook(ctx: Ctx, id: string, given: unknown = {}): Promise<WebhookDeleted> {
  const { webhook, row } = await keptWebhook(ctx, id)
  if (!(await isAsShown(shownIn(given), deletedWebhookFields(webhook)))) return refused('changed')
  const { db } = ctx.store
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'webhook', row),
    db.deleteFrom('webhook_delivery').where('webhook', '=', id),
    db.deleteFrom('webhook').where('id', '=', id),
    note(ctx, 'webhook.deleted', id),
  )
  return done.ok ? ok({}) : refusalFor(done)
}
