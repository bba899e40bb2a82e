import { requireDesk } from '../base/actor.ts'
import { isAsShown, shownIn } from '../base/fingerprint.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { countsOf, intakeFields, lookAt } from './look.ts'
import { makingWrites, type NotMade } from './making.ts'
import { intakeById, type MadeIds } from './queries.ts'

/**
 * Taken in; `again` if it was before. Refused `unclear` while rows are to be decided, and `nothing` if no row is new.
 * `no_programme`: a row has no date, and today has no programme. `invalid`: a clash without its reason.
 */
export type TakenIn = Ok<{ made: MadeIds; again: boolean }> | Refused<'unclear' | 'changed'> | NotMade

/**
 * Makes the new rows of a schedule in one commit, with their printed text. A rule or several days are a series, one day is
 * a session. What the house has already is not changed. Booking opens at once. Idempotent. For the desk of all prefectures
 * of its new rows. Throws `NotFound`, `Forbidden`.
 */
export async function takeIn(ctx: Ctx, id: string, given: unknown = {}): Promise<TakenIn> {
  requireDesk(ctx.actor)
  const intake = await intakeById(ctx, id)
  if (intake.state !== 'open') return ok({ made: intake.made, again: true })
  const look = await lookAt(ctx, intake)
  if (countsOf(look).open > 0) return refused('unclear')
  if (!(await isAsShown(shownIn(given), intakeFields(intake, look)))) return refused('changed')
  const making = await makingWrites(ctx, look, given)
  if (!making.ok) return making
  const { made, beside, writes } = making
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'intake', intake),
    ...writes,
    ctx.store.db
      .updateTable('intake')
      .set({
        state: 'taken',
        made: JSON.stringify(made),
        revision: intake.revision + 1,
        updated_at: ctx.clock.now(),
      })
      .where('id', '=', id),
    note(ctx, 'intake.taken', id, { series: made.series.length, sessions: made.sessions.length, ...beside }),
  )
  if (done.ok) return ok({ made, again: false })
  const now = await intakeById(ctx, id)
  return now.state === 'open' ? refusalFor(done) : ok({ made: now.made, again: true })
}
