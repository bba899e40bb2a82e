import { busyWrites } from '../advisers/busy.ts'
import { requireDesk } from '../base/actor.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { actsFor } from '../schedule/acts-for.ts'
import { sessionChange } from '../schedule/change-session.ts'
import { sessionById } from '../schedule/queries.ts'
import { ReasonInput, reasonColumns } from '../schedule/reason.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { type Affected, bookedIn, expectUnbooked } from './affected.ts'
import { plannedById } from './queries.ts'

/**
 * Skipped; `again` if it was already. Refuses a faulty reason, a session that people (`who`) booked, that is over or off,
 * or `changed`.
 */
export type Skipped =
  | Ok<{ session: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'booked', { who: Affected[] }>
  | Refused<'closed' | 'changed'>

/**
 * Skips one date of a series (休止). Refuses if people are booked: call the session off, which notifies them. For the
 * desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function skip(ctx: Ctx, id: string, given: unknown): Promise<Skipped> {
  const session = await plannedById(ctx, id)
  if (!session) throw new NotFound('session')
  requireDesk(ctx.actor, session.prefecture)
  const { state, skipped_by, reason_ja, reason_en, edited, revision } = session
  if (state === 'skipped') return ok({ session: id, again: true })
  const now = await sessionById(ctx, id)
  if (!now || !actsFor(now).has('skip')) return refused('closed')
  const parsed = ReasonInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  if (session.bookings > 0) return refused('booked', { who: await bookedIn(ctx, id) })
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'session', session),
    expectUnbooked(ctx, id),
    sessionChange(ctx, session, { state: 'skipped', skipped_by: 'desk', ...reasonColumns(parsed.data) }),
    ...busyWrites(ctx, id),
    note(ctx, 'session.skipped', id, {
      before: { state, skipped_by, reason_ja, reason_en, edited },
      revision: revision + 1,
    }),
  )
  return done.ok ? ok({ session: id, again: false }) : refusalFor(done)
}
