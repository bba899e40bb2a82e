import * as z from 'zod'
import { requireSecretariat } from '../base/actor.ts'
import { day, seenRevision } from '../base/fields.ts'
import { type Faults, faultsOf, optional } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { ExpertInput, expertColumns } from './expert.ts'

const EditInput = ExpertInput.safeExtend({
  state: z.enum(['active', 'paused'], 'choice'),
  /** The last day of the pause; without one until the secretariat ends it. */
  paused_until: optional(day),
  /** The revision that was on the page. */
  revision: seenRevision,
})

/**
 * Edited. Refused: faulty fields. `left` if the expert has left. `most` if more is open than the new limit. `changed` if
 * edited meanwhile.
 */
export type ExpertEdited =
  | Ok<{ expert: string }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'left' | 'most' | 'changed'>

/**
 * Changes what is known of an expert, and pauses or resumes new offers. What is open stays as it is. Saved as it was, it
 * changes nothing. For the secretariat. Throws `NotFound`, `Forbidden`.
 */
export async function editExpert(ctx: Ctx, id: string, given: unknown): Promise<ExpertEdited> {
  requireSecretariat(ctx.actor)
  const parsed = EditInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const { db } = ctx.store
  const row = await db.selectFrom('expert').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new NotFound('expert')
  const { revision, state, paused_until: until, ...rest } = parsed.data
  if (row.state === 'left') return refused('left')
  if (revision !== row.revision) return refused('changed')
  const columns = { ...expertColumns(rest), state, paused_until: state === 'paused' ? until : null }
  const fields = (Object.keys(columns) as (keyof typeof columns)[]).filter((name) => columns[name] !== row[name])
  if (fields.length === 0) return ok({ expert: id })
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'expert', row),
    db
      .updateTable('expert')
      .set({ ...columns, revision: revision + 1, updated_at: ctx.clock.now() })
      .where('id', '=', id),
    note(ctx, 'expert.edited', id, { fields }),
  )
  return done.ok ? ok({ expert: id }) : refusalFor(done, { expert_has_room: 'most' })
}
