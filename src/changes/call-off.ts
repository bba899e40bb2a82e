import { requireDesk } from '../base/actor.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { LIVE } from '../base/vocabulary.ts'
import { notifyAll } from '../booking/write/notify.ts'
import { expecting, placesOf, withSeatRecount } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { actsFor } from '../schedule/acts-for.ts'
import { sessionChange } from '../schedule/change-session.ts'
import { sessionById } from '../schedule/queries.ts'
import { ReasonInput, reasonColumns } from '../schedule/reason.ts'
import { note } from '../store/journal.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'

/** Called off (`again`: it was already), or refused: faulty fields, it is over, or it changed three times meanwhile. */
export type CalledOff =
  | Ok<{ session: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed'>

/**
 * Calls a session off (中止), for a reason: every booking in it is cancelled, every party that waits is let go, and each is
 * told once in the same commit. For the desk of its prefecture. A second time is harmless. Throws `NotFound`, `Forbidden`.
 */
export async function callOff(ctx: Ctx, id: string, given: unknown): Promise<CalledOff> {
  return retryOnConflict(async () => {
    const session = await sessionById(ctx, id)
    if (!session) throw new NotFound('session')
    requireDesk(ctx.actor, session.prefecture)
    const parsed = ReasonInput.safeParse(given)
    if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
    if (session.status === 'called_off') return ok({ session: id, again: true })
    if (!actsFor(session).has('call-off')) return refused('closed')
    const done = await ctx.store.commit(
      ...withSeatRecount(
        ctx,
        placesOf(session),
        expecting(ctx, 'session', session),
        ...notifyAll(ctx, session, {
          of: LIVE,
          set: { status: 'cancelled', cancelled_at: ctx.clock.now() },
          kind: 'called_off',
          act: 'booking.called_off',
        }),
        sessionChange(ctx, session, { state: 'called_off', ...reasonColumns(parsed.data) }),
        note(ctx, 'session.called_off', id),
      ),
    )
    return isCommitted(done) ? ok({ session: id, again: false }) : null
  })
}
