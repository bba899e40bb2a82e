import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { actsFor, isOfferOver } from '../booking/acts-for.ts'
import { bookingByToken } from '../booking/queries.ts'
import { withdrawalWrites } from '../booking/write/withdraw.ts'
import type { Ctx } from '../context.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'

/** Declined (`again`: it was already given up, or its time ran out), or refused: nothing is on offer, or it changed three times meanwhile. */
export type Declined = Ok<{ booking: string; again: boolean }> | Refused<'closed' | 'changed'>

/**
 * Gives up the place offered to the booking whose manage link carries this token; the next who fits is offered it. A
 * second time is harmless. Throws `NotFound` for an unknown token.
 */
export async function decline(ctx: Ctx, token: string): Promise<Declined> {
  return retryOnConflict(async () => {
    const booking = await bookingByToken(ctx, token)
    if (!booking) throw new NotFound('booking')
    const now = ctx.clock.now()
    if (booking.status === 'cancelled' || isOfferOver(booking, now)) return ok({ booking: booking.id, again: true })
    if (!actsFor(booking, { now, asStaff: false }).has('decline')) return refused('closed')
    const done = await ctx.store.commit(...withdrawalWrites(ctx, booking, 'booking.declined'))
    return isCommitted(done) ? ok({ booking: booking.id, again: false }) : null
  })
}
