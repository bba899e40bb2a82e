import { type Faults, faultsOf } from '../../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { note } from '../../store/journal.ts'
import { keyIn, makeOnce } from '../../store/submission.ts'
import { QuestionInput, questionColumns } from './input.ts'
import { type Owner, questionsOfOwner, requireOwner } from './queries.ts'

/** The most questions of one series or session, without those that are retired. */
const MOST = 20

/**
 * Added. Refuses `invalid` with the fault of each field, or `many` if there are 20 already. Refuses `used` if the key
 * came with other input.
 */
export type QuestionAdded =
  | Ok<{ question: string }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'many' | 'used' | 'changed'>

/**
 * Adds a question to a series or to one session, after its others. Each `key` of the account adds one. From then on it is
 * asked of everybody who books. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function addQuestion(ctx: Ctx, owner: Owner, given: unknown): Promise<QuestionAdded> {
  await requireOwner(ctx, owner)
  const parsed = QuestionInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const { db } = ctx.store
  const now = ctx.clock.now()
  const others = await questionsOfOwner(ctx, owner)
  const row = {
    ...owner,
    ...questionColumns(parsed.data),
    position: Math.max(0, ...others.map(({ position }) => position)) + 1,
    retired_at: null,
    revision: 0,
    created_at: now,
    updated_at: now,
  }
  const input = { ...owner, ...parsed.data }
  const made = await makeOnce(
    ctx,
    { act: 'question.added', key: keyIn(given), input },
    (id) => [
      db.insertInto('question').values({ ...row, id }),
      note(ctx, 'question.added', id, { ...owner, kind: row.kind }),
    ],
    async () => (others.filter(({ retired_at }) => retired_at === null).length < MOST ? null : refused('many')),
  )
  return made.ok ? ok({ question: made.made }) : made
}
