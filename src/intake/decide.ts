import { requireDesk } from '../base/actor.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { decisionsIn } from './decision.ts'
import { intakeById } from './queries.ts'

/** Decided. Refused `over` if it was taken in already, `changed` if it was saved by somebody else since. */
export type Decided = Ok<object> | Refused<'over' | 'changed'>

/**
 * Keeps what a person decided about the rows of a schedule, as typed. `revision` is the one that the form had. For the
 * desk that reads it in. Throws `NotFound`, `Forbidden`.
 */
export async function decideIntake(ctx: Ctx, id: string, given: Readonly<Record<string, unknown>>): Promise<Decided> {
  requireDesk(ctx.actor)
  const intake = await intakeById(ctx, id)
  if (intake.state !== 'open') return refused('over')
  const { revision = intake.revision } = given
  if (Number(revision) !== intake.revision) return refused('changed')
  const decisions = JSON.stringify(decisionsIn(given, intake.decisions))
  if (decisions === JSON.stringify(intake.decisions)) return ok({})
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'intake', intake),
    ctx.store.db
      .updateTable('intake')
      .set({ decisions, revision: intake.revision + 1, updated_at: ctx.clock.now() })
      .where('id', '=', id),
    note(ctx, 'intake.decided', id),
  )
  return done.ok ? ok({}) : refusalFor(done)
}
