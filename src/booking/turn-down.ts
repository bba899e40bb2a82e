import { requireDesk } from '../base/actor.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import { actsFor } from './acts-for.ts'
import { bookingById } from './queries.ts'
import { notify } from './write/notify.ts'
import { transitionWrites } from './write/transition.ts'

/** Turned down (`again`: it was over already), or refused: it is booked by now, or it changed three times meanwhile. */
export type TurnedDown = Ok<{ booking: string; again: boolean }> | Refused<'closed' | 'changed'>

/**
 * Turns down what somebody asked for in a session of 承認制: its place goes to whoever is next, and they are told in the same
 * commit. For the desk of its prefecture. A second time is harmless. Throws `NotFound`, `Forbidden`.
 */
export async function turnDown(ctx: Ctx, id: string): Promise<TurnedDown> {
  return retryOnConflict(async () => {
    const booking = await bookingById(ctx, id)
    if (!booking) throw new NotFound('booking')
    const { session, status } = booking
    requireDesk(ctx.actor, session.prefecture)
    if (status === 'lapsed' || status === 'cancelled') return ok({ booking: id, again: true })
    if (!actsFor(booking, { now: ctx.clock.now(), asStaff: true }).has('turn-down')) return refused('closed')
    const done = await ctx.store.commit(
      ...transitionWrites(
        ctx,
        booking,
        'lapsed',
        {},
        notify(ctx, booking, 'turned_down'),
        note(ctx, 'booking.turned_down', id, { session: session.id }),
      ),
    )
    return isCommitted(done) ? ok({ booking: id, again: false }) : null
  })
}
