import { type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { expectNone, unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { refusalFor } from '../../store/retry.ts'
import { answeredBy, requireQuestion } from './queries.ts'

/** Removed. Refuses `asked` while it is still asked, `answered` if a booking has an answer, `changed` after a conflict. */
export type QuestionRemoved = Ok<{ question: string }> | Refused<'asked' | 'answered' | 'changed'>

/**
 * Removes a question for good that is retired and that nobody answered. For the desk of its prefecture. Throws
 * `NotFound`, `Forbidden`.
 */
export async function removeQuestion(ctx: Ctx, id: string): Promise<QuestionRemoved> {
  const row = await requireQuestion(ctx, id)
  if (row.retired_at === null) return refused('asked')
  if (await answeredBy(ctx, id).executeTakeFirst()) return refused('answered')
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'question', row),
    expectNone(ctx, answeredBy(ctx, id)),
    ctx.store.db.deleteFrom('question').where('id', '=', id),
    note(ctx, 'question.removed', id, { name: { ja: row.label_ja, en: row.label_en } }),
  )
  return done.ok ? ok({ question: id }) : refusalFor(done)
}
