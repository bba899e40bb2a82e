import * as z from 'zod'
import { seenRevision } from '../../base/fields.ts'
import { type Faults, faultsOf } from '../../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { refusalFor } from '../../store/retry.ts'
import { QuestionInput, questionColumns } from './input.ts'
import { requireQuestion } from './queries.ts'

const Seen = z.object({ revision: seenRevision })

/** Edited. Refuses `invalid` with the fault of each field, `changed` if it changed since it was read. */
export type QuestionEdited = Ok<{ question: string }> | Refused<'invalid', { errors: Faults }> | Refused<'changed'>

/**
 * Edits the words, the options and the need of a question, from the `revision` on the page; its kind stays. Options that
 * are left out stay for the answers that chose them. Saved as it was, it changes nothing. For the desk of its prefecture.
 * Throws `NotFound`, `Forbidden`.
 */
export async function editQuestion(ctx: Ctx, id: string, given: unknown): Promise<QuestionEdited> {
  const row = await requireQuestion(ctx, id)
  const parsed = QuestionInput.safeParse({ ...Object(given), kind: row.kind })
  const seen = Seen.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  if (!seen.success || seen.data.revision !== row.revision) return refused('changed')
  const columns = questionColumns(parsed.data, row)
  const names = Object.keys(columns) as (keyof typeof columns)[]
  const fields = names.filter((name) => columns[name] !== row[name])
  if (fields.length === 0) return ok({ question: id })
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'question', row),
    ctx.store.db
      .updateTable('question')
      .set({ ...columns, revision: row.revision + 1, updated_at: ctx.clock.now() })
      .where('id', '=', id),
    note(ctx, 'question.edited', id, { fields }),
  )
  return done.ok ? ok({ question: id }) : refusalFor(done)
}
