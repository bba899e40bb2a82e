import { requireAccount } from '../base/actor.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { orThrow } from '../store/store.ts'

/** Signs out one browser of the actor, by the id of its pass, or all if null. Idempotent. Throws `Forbidden`. */
export async function endPass(ctx: Ctx, id: string | null): Promise<Ok<{ ended: number }>> {
  const account = requireAccount(ctx.actor)
  const own = ctx.store.db.deleteFrom('pass').where('account', '=', account)
  const [ended = 0] = orThrow(
    await ctx.store.commit(id === null ? own : own.where('id', '=', id), note(ctx, 'account.signed_out', account)),
  )
  return ok({ ended })
}
