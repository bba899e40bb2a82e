import { requireFreshProof } from '../base/actor.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { orThrow } from '../store/store.ts'
import { keptWebhook } from './queries.ts'
import { secretsOf } from './secret.ts'

/** The present secret. Refused `lost` if it was sealed under a `SECRET` that is out of service. Staff rotate it then. */
export type SecretShown = Ok<{ secret: string }> | Refused<'lost'>

/**
 * Shows the secret of a webhook to people who may keep it, for the receiver. The journal says so. Throws `NotFound`,
 * `Forbidden`, `StaleProof`.
 */
export async function showSecret(ctx: Ctx, id: string): Promise<SecretShown> {
  const { row } = await keptWebhook(ctx, id)
  requireFreshProof(ctx)
  const [secret] = await secretsOf(ctx, { ...row, secret_before: null })
  if (secret === undefined) return refused('lost')
  orThrow(await ctx.store.commit(note(ctx, 'webhook.secret_shown', id)))
  return ok({ secret })
}
