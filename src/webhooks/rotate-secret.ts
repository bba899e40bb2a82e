import { type Ok, ok, type Refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { keptWebhook } from './queries.ts'
import { newSecret, sealedSecret, untilBoth } from './secret.ts'

/** Rotated, and until when the secret before signs too. Refused `changed` if somebody else changed the webhook. */
export type SecretRotated = Ok<{ until: string }> | Refused<'changed'>

/**
 * Gives a webhook a new secret. For a day both sign, so that the receiver loses nothing; the secret before that is gone.
 * For people who may keep it. Throws `NotFound`, `Forbidden`.
 */
export async function rotateSecret(ctx: Ctx, id: string): Promise<SecretRotated> {
  const { row } = await keptWebhook(ctx, id)
  const now = ctx.clock.now()
  const until = untilBoth(now)
  const secret = await sealedSecret(ctx, newSecret())
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'webhook', row),
    ctx.store.db
      .updateTable('webhook')
      .set({ secret, secret_before: row.secret, before_until: until, revision: row.revision + 1, updated_at: now })
      .where('id', '=', id),
    note(ctx, 'webhook.rotated', id, { until }),
  )
  return done.ok ? ok({ until }) : refusalFor(done)
}
