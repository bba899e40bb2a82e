import { requireAccount } from '../base/actor.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { expectSome } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { isCommitted } from '../store/retry.ts'

/** Signs out one browser of the actor, by the id of its pass, or all if null. Idempotent. Throws `Forbidden`. */
export async function endPass(ctx: Ctx, id: string | null): Promise<Ok<{ ended: number }>> {
  const account = requireAccount(ctx.actor)
  const { db } = ctx.store
  const own = db.selectFrom('pass').select('id').where('account', '=', account)
  const asked = id === null ? own : own.where('id', '=', id)
  const done = await ctx.store.commit(
    expectSome(ctx, asked),
    db.deleteFrom('pass').where('id', 'in', asked),
    note(ctx, 'account.signed_out', account),
  )
  isCommitted(done)
  return ok({ ended: done.ok ? (done.changed[1] ?? 0) : 0 })
}
