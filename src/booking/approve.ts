import { requireDesk } from '../base/actor.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import { actsFor } from './acts-for.ts'
import { bookingById } from './queries.ts'
import { notify } from './write/notify.ts'
import { transitionWrites } from './write/transition.ts'

/** Approved (`again`: it is booked already), or refused: nothing is asked for any more, or it changed three times meanwhile. */
export type Approved = Ok<{ booking: string; again: boolean }> | Refused<'closed' | 'changed'>

/**
 * Approves what somebody asked for in a session of 承認制: it is booked, and its holder is told in the same commit. For the
 * desk of its prefecture. A second time is harmless. Throws `NotFound`, `Forbidden`.
 */
export async function approve(ctx: Ctx, id: string): Promise<Approved> {
  return retryOnConflict(async () => {
    const booking = await bookingById(ctx, id)
    if (!booking) throw new NotFound('booking')
    const { session, status } = booking
    requireDesk(ctx.actor, session.prefecture)
    if (status === 'booked') return ok({ booking: id, again: true })
    if (!actsFor(booking, { now: ctx.clock.now(), asStaff: true }).has('approve')) return refused('closed')
    const done = await ctx.store.commit(
      ...transitionWrites(
        ctx,
        booking,
        'booked',
        {},
        notify(ctx, booking, 'booked'),
        note(ctx, 'booking.approved', id, { session: session.id }),
      ),
    )
    return isCommitted(done) ? ok({ booking: id, again: false }) : null
  })
}
