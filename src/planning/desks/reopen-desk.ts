import { NotFound, type Ok, ok, type Refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { deskOf } from '../../people/desk.ts'
import { deskById } from '../../schedule/place-queries.ts'
import { unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { isCommitted, retryOnConflict } from '../../store/retry.ts'
import { requireKeeper } from './input.ts'

/** Open again; `again` if it had not ended. Refuses `changed` if others keep changing it. */
export type DeskReopened = Ok<{ desk: string; again: boolean }> | Refused<'changed'>

/**
 * Opens a desk again that has ended. What its successor took over stays there. For the staff of its prefectures; others
 * than local desks for the secretariat. Idempotent. Throws `NotFound`, `Forbidden`.
 */
export async function reopenDesk(ctx: Ctx, id: string): Promise<DeskReopened> {
  return retryOnConflict(async () => {
    const row = await deskById(ctx, id)
    if (!row) throw new NotFound('desk')
    requireKeeper(ctx.actor, deskOf(row))
    if (row.ended_at === null) return ok({ desk: id, again: true })
    const done = await ctx.store.commit(
      ...unchanged(ctx, 'desk', row),
      ctx.store.db
        .updateTable('desk')
        .set({ ended_at: null, revision: row.revision + 1 })
        .where('id', '=', id),
      note(ctx, 'desk.reopened', id),
    )
    return isCommitted(done) ? ok({ desk: id, again: false }) : null
  })
}
