import { requireDesk } from '../base/actor.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { actsFor } from '../schedule/acts-for.ts'
import { sessionChange } from '../schedule/change-session.ts'
import { sessionById } from '../schedule/queries.ts'
import { ReasonInput, reasonColumns } from '../schedule/reason.ts'
import { isActive } from '../store/active.ts'
import { expectNone, unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { plannedById } from './queries.ts'

/** Skipped (`again`: it was already), or refused: a faulty reason, people are booked, it is over or off, or it changed meanwhile. */
export type Skipped =
  | Ok<{ session: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'booked' | 'closed' | 'changed'>

/**
 * Leaves one date of a series out (休止). Refuses if people are booked: such a session is called off, which tells them. For
 * the desk of its prefecture. Throws `NotFound`, `Forbidden`.
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
  if (!actsFor(now, { booked: session.bookings > 0 }).has('skip')) return refused('booked')
  const booked = ctx.store.db.selectFrom('booking').select('id').where('session', '=', id).where(isActive)
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'session', session),
    expectNone(ctx, booked),
    sessionChange(ctx, session, { state: 'skipped', skipped_by: 'desk', ...reasonColumns(parsed.data) }),
    note(ctx, 'session.skipped', id, {
      before: { state, skipped_by, reason_ja, reason_en, edited },
      revision: revision + 1,
    }),
  )
  return done.ok ? ok({ session: id, again: false }) : refusalFor(done)
}
