import { type Ok, ok, type Refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { isCommitted, retryOnConflict } from '../../store/retry.ts'
import { ownerOf, questionsOfOwner, requireQuestion } from './queries.ts'

/** Moved; `again` if it is the first or last already. Refuses `changed` if others keep changing the questions. */
export type QuestionMoved = Ok<{ question: string; again: boolean }> | Refused<'changed'>

/**
 * Moves a question one place up or down among those that are asked. Its words stay as they were read by anybody. For the
 * desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function moveQuestion(ctx: Ctx, id: string, way: 'up' | 'down'): Promise<QuestionMoved> {
  return retryOnConflict(async () => {
    const row = await requireQuestion(ctx, id)
    const asked = (await questionsOfOwner(ctx, ownerOf(row))).filter(({ retired_at }) => retired_at === null)
    const at = asked.findIndex((one) => one.id === id)
    const other = at < 0 ? undefined : asked[way === 'up' ? at - 1 : at + 1]
    if (!other) return ok({ question: id, again: true })
    const place = (one: typeof row, position: number) =>
      ctx.store.db
        .updateTable('question')
        .set({ position, revision: one.revision + 1 })
        .where('id', '=', one.id)
    const both = [row, other].toSorted((a, b) => (a.id < b.id ? -1 : 1))
    const done = await ctx.store.commit(
      ...both.flatMap((one) => unchanged(ctx, 'question', one)),
      place(row, other.position),
      place(other, row.position),
      note(ctx, 'question.moved', id, { position: other.position }),
    )
    return isCommitted(done) ? ok({ question: id, again: false }) : null
  })
}
