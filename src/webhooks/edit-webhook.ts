import { seenRevision } from '../base/fields.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { keptWebhook } from './queries.ts'
import { typesText, webhookInput } from './webhook.ts'

/** Saved. Refused: faulty fields; `changed` if somebody else edited it since it was read. */
export type WebhookEdited = Ok<{ webhook: string }> | Refused<'invalid', { errors: Faults }> | Refused<'changed'>

/**
 * Changes the address or the types of a webhook; its desk stays. What waits goes to the new address. Saved as it was, it
 * changes nothing. For people who may keep it. Throws `NotFound`, `Forbidden`.
 */
export async function editWebhook(ctx: Ctx, id: string, given: unknown): Promise<WebhookEdited> {
  const { row } = await keptWebhook(ctx, id)
  const parsed = webhookInput(ctx.config).omit({ desk: true }).extend({ revision: seenRevision }).safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const { revision, url, types } = parsed.data
  if (revision !== row.revision) return refused('changed')
  const columns = { url, types: typesText(types) }
  const fields = (['url', 'types'] as const).filter((name) => columns[name] !== row[name])
  if (fields.length === 0) return ok({ webhook: id })
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'webhook', row),
    ctx.store.db
      .updateTable('webhook')
      .set({ ...columns, revision: revision + 1, updated_at: ctx.clock.now() })
      .where('id', '=', id),
    note(ctx, 'webhook.edited', id, { fields }),
  )
  return done.ok ? ok({ webhook: id }) : refusalFor(done)
}
