import { requireDesk } from '../base/actor.ts'
import { NotFound, type Ok, ok, type Refused } from '../base/outcome.ts'
import { promotion } from '../booking/acts-for.ts'
import { bookingById } from '../booking/queries.ts'
import { notify } from '../booking/write/notify.ts'
import { isOutOfRoom } from '../booking/write/seats.ts'
import { transitionWrites } from '../booking/write/transition.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'

/** Booked (`again`: it was already), or refused: it waits for nothing or for a draw, there is no room, its day is over, or changed meanwhile. */
export type Promoted = Ok<{ booking: string; again: boolean }> | Refused<'closed' | 'full' | 'changed'>

/**
 * Gives a freed place to somebody who waits or was offered it, as agreed on the telephone: also after the booking deadline,
 * when no offers leave any more. Never more than there is room for. For the desk of its prefecture. Throws `NotFound`,
 * `Forbidden`.
 */
export async function promote(ctx: Ctx, id: string): Promise<Promoted> {
  return retryOnConflict(async () => {
    const booking = await bookingById(ctx, id)
    if (!booking) throw new NotFound('booking')
    const { session, status } = booking
    requireDesk(ctx.actor, session.prefecture)
    if (status === 'booked') return ok({ booking: id, again: true })
    const place = promotion(booking, ctx.clock.now())
    if (!place.ok) return place
    const done = await ctx.store.commit(
      ...transitionWrites(
        ctx,
        booking,
        'booked',
        { slot: place.slot },
        notify(ctx, booking, 'promoted'),
        note(ctx, 'booking.promoted', id, { session: session.id }),
      ),
    )
    return !isOutOfRoom(done) && isCommitted(done) ? ok({ booking: id, again: false }) : null
  })
}
