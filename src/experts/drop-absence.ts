import { requireExpert } from '../base/actor.ts'
import { NotFound, type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { expectSome } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { isCommitted } from '../store/retry.ts'

/**
 * Takes an absence back. What was read from the expert's own calendar ends there. For the expert and the secretariat.
 * Throws `NotFound`, also if somebody else took it back meanwhile, and `Forbidden`.
 */
export async function dropAbsence(ctx: Ctx, expert: string, id: string): Promise<Ok<{ absence: string }>> {
  requireExpert(ctx.actor, expert)
  const { db } = ctx.store
  const own = db.selectFrom('absence').where('id', '=', id).where('expert', '=', expert).where('source', '=', 'hand')
  const row = await own.selectAll().executeTakeFirst()
  if (!row) throw new NotFound('absence')
  const done = await ctx.store.commit(
    expectSome(ctx, own.select('id')),
    db.deleteFrom('absence').where('id', '=', id),
    note(ctx, 'expert.absence_dropped', expert, { from: row.starts_at, to: row.ends_at }),
  )
  if (!isCommitted(done)) throw new NotFound('absence')
  return ok({ absence: id })
}
