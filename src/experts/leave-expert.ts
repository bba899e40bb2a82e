import * as z from 'zod'
import { requireSecretariat } from '../base/actor.ts'
import { day, seenRevision } from '../base/fields.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { LIVE_MATCH } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { expectNone, unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { mayBecomeExpert } from './expert.ts'
import { expertById } from './queries.ts'

const LeaveInput = z.object({ on: day, revision: seenRevision })

/**
 * Left. Refused: faulty fields. `left` if gone already. `cases` while offers or cases are open. `changed` if edited, or
 * offered a request, meanwhile.
 */
export type ExpertLeft =
  | Ok<{ expert: string }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'left' | 'cases' | 'changed'>

/**
 * Ends an expert's work for good, with the last day. Nothing is offered any more; hours and absences go, ties to firms and
 * the profile stay. Offers and cases have to end before. For the secretariat. Throws `NotFound`, `Forbidden`.
 */
export async function leaveExpert(ctx: Ctx, id: string, given: unknown): Promise<ExpertLeft> {
  requireSecretariat(ctx.actor)
  const parsed = LeaveInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const expert = await expertById(ctx, id)
  if (!expert) throw new NotFound('expert')
  const { on, revision } = parsed.data
  if (!mayBecomeExpert(expert.state, 'left')) return refused('left')
  if (revision !== expert.revision) return refused('changed')
  if (on < expert.starts_on) return refused('invalid', { errors: { on: 'choice' } })
  if (expert.taken > 0) return refused('cases')
  const { db } = ctx.store
  const live = db
    .selectFrom('match')
    .select('id')
    .where('expert', '=', id)
    .where('state', 'in', [...LIVE_MATCH])
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'expert', expert),
    expectNone(ctx, live),
    db
      .updateTable('expert')
      .set({ state: 'left', ends_on: on, paused_until: null, revision: revision + 1, updated_at: ctx.clock.now() })
      .where('id', '=', id),
    db.deleteFrom('expert_hours').where('expert', '=', id),
    db.deleteFrom('absence').where('expert', '=', id),
    note(ctx, 'expert.left', id, { on }),
  )
  return done.ok ? ok({ expert: id }) : refusalFor(done)
}
