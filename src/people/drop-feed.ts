import { requireAccount } from '../base/actor.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { orThrow } from '../store/store.ts'

/** Removes a private calendar feed of the actor. Its address then answers 404. Idempotent. Throws `Forbidden`. */
export async function dropFeed(ctx: Ctx, id: string): Promise<Ok<object>> {
  const account = requireAccount(ctx.actor)
  const { db } = ctx.store
  orThrow(
    await ctx.store.commit(
      db.deleteFrom('staff_feed').where('id', '=', id).where('account', '=', account),
      note(ctx, 'account.feed_dropped', account),
    ),
  )
  return ok({})
}
