import * as z from 'zod'
import { requireAccount, visiblePrefectures } from '../base/actor.ts'
import { newId } from '../base/id.ts'
import { type Faults, faultsOf, line } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { sha256 } from '../base/token.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { orThrow } from '../store/store.ts'
import { newToken } from './account.ts'

const FeedInput = z.object({
  name: line(40),
  own: z
    .literal('true')
    .optional()
    .transform((own) => (own === undefined ? (0 as const) : (1 as const))),
})

/** Made: the secret of its address, which is shown once. Refused for a faulty name. */
export type FeedMade = Ok<{ token: string }> | Refused<'invalid', { errors: Faults }>

/**
 * Makes a private calendar feed of the prefectures that the actor may read. With `own` of the times at which they
 * advise. Anybody with its address can read it until the actor removes it. Throws `Forbidden`.
 */
export async function makeFeed(ctx: Ctx, given: unknown): Promise<FeedMade> {
  const account = requireAccount(ctx.actor)
  const parsed = FeedInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const now = ctx.clock.now()
  const token = newToken()
  const id = newId(now)
  const prefectures = (visiblePrefectures(ctx.actor) ?? []).join(',')
  const { name, own } = parsed.data
  const row = { id, account, prefectures, name, own, token_hash: await sha256(token), created_at: now }
  orThrow(
    await ctx.store.commit(ctx.store.db.insertInto('staff_feed').values(row), note(ctx, 'account.feed_made', account)),
  )
  return ok({ token })
}
