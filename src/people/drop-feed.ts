import { requireAccount } from '../base/actor.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { expectSome } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { isCommitted } from '../store/retry.ts'

/** Removes a private calendar feed of the actor. Its address then answers 404. Idempotent. Throws `Forbidden`. */
export async function dropFeed(ctx: Ctx, id: string): Promise<Ok<object>> {
  const account = requireAccount(ctx.actor)
  const { db } = ctx.store
  const own = db.selectFrom('staff_feed').select('id').where('id', '=', id).where('account', '=', account)
  isCommitted(
    await ctx.store.commit(
      expectSome(ctx, own),
      db.deleteFrom('staff_feed').where('id', 'in', own),
      note(ctx, 'account.feed_dropped', account),
    ),
  )
  return ok({})
}
