import { requireAccount } from '../base/actor.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { orThrow } from '../store/store.ts'

/** Removes saved filters of the actor. Idempotent. Throws `Forbidden`. */
export async function dropView(ctx: Ctx, id: string): Promise<Ok<object>> {
  const account = requireAccount(ctx.actor)
  const { db } = ctx.store
  orThrow(await ctx.store.commit(db.deleteFrom('ledger_view').where('id', '=', id).where('account', '=', account)))
  return ok({})
}
