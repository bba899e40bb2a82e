import { type Ok, ok, type Refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { isCommitted, retryOnConflict } from '../../store/retry.ts'
import { requireQuestion } from './queries.ts'

/** Retired, or asked again; `again` if it was so already. Refuses `changed` if others keep changing it. */
export type QuestionRetired = Ok<{ question: string; again: boolean }> | Refused<'changed'>

async function set(ctx: Ctx, id: string, retires: boolean): Promise<QuestionRetired> {
  return retryOnConflict(async () => {
    const row = await requireQuestion(ctx, id)
    if ((row.retired_at !== null) === retires) return ok({ question: id, again: true })
    const now = ctx.clock.now()
    const done = await ctx.store.commit(
      ...unchanged(ctx, 'question', row),
      ctx.store.db
        .updateTable('question')
        .set({ retired_at: retires ? now : null, revision: row.revision + 1, updated_at: now })
        .where('id', '=', id),
      note(ctx, retires ? 'question.retired' : 'question.restored', id),
    )
    return isCommitted(done) ? ok({ question: id, again: false }) : null
  })
}

/** Asks a question no more; its answers stay. For the desk of its prefecture. Idempotent. Throws `NotFound`, `Forbidden`. */
export async function retireQuestion(ctx: Ctx, id: string): Promise<QuestionRetired> {
  return set(ctx, id, true)
}

/** Asks a retired question again. For the desk of its prefecture. Idempotent. Throws `NotFound`, `Forbidden`. */
export async function restoreQuestion(ctx: Ctx, id: string): Promise<QuestionRetired> {
  return set(ctx, id, false)
}
