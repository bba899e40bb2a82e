import { requireDesk } from '../base/actor.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { deskOf } from '../people/desk.ts'
import { deskById } from '../schedule/place-queries.ts'
import { note } from '../store/journal.ts'
import { keyIn, makeOnce } from '../store/submission.ts'
import { newSecret, sealedSecret } from './secret.ts'
import { requireKeeperOf, typesText, webhookInput } from './webhook.ts'

/** Added. Refused: faulty fields; `used` if the form was sent before with other content. */
export type WebhookAdded =
  | Ok<{ webhook: string }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'used' | 'changed'>

/**
 * Adds an address that hears what happens to the sessions of a desk, or of all desks. Its secret is made here
 * (`showSecret`). Once for each `key`. For the staff of the desk; for all desks for the secretariat. Throws `Forbidden`.
 */
export async function addWebhook(ctx: Ctx, given: unknown): Promise<WebhookAdded> {
  requireDesk(ctx.actor)
  const parsed = webhookInput(ctx.config).safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const input = parsed.data
  const desk = input.desk === null ? null : ((await deskById(ctx, input.desk)) ?? undefined)
  if (desk === undefined || (desk !== null && desk.ended_at !== null)) {
    return refused('invalid', { errors: { desk: 'choice' } })
  }
  requireKeeperOf(ctx.actor, desk && deskOf(desk))
  const now = ctx.clock.now()
  const secret = await sealedSecret(ctx, newSecret())
  const blank = { secret_before: null, before_until: null, answered_at: null, revision: 0 }
  const columns = { desk: input.desk, url: input.url, types: typesText(input.types), state: 'active' as const }
  const made = await makeOnce(ctx, { act: 'webhook.added', key: keyIn(given), input }, (id) => [
    ctx.store.db.insertInto('webhook').values({ ...blank, ...columns, id, secret, created_at: now, updated_at: now }),
    note(ctx, 'webhook.added', id, { desk: input.desk }),
  ])
  return made.ok ? ok({ webhook: made.made }) : made
}
