import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import { accessibleBooking, type BookingRef, isStaff } from './access.ts'
import { actsFor, isOfferOver } from './acts-for.ts'
import { withdrawalWrites } from './write/withdraw.ts'

/** Cancelled (`again`: it was already, or its offer ran out), or refused: its time has passed, or it changed three times meanwhile. */
export type Cancelled = Ok<{ booking: string; again: boolean }> | Refused<'closed' | 'changed'>

/**
 * Cancels a booking and frees its place, or leaves the waiting list; the letter follows in the same commit. Whoever holds
 * its link may do it until the deadline, the desk of its prefecture until its day is over. A second time is harmless.
 * Throws `NotFound`, `Forbidden`.
 */
export async function cancel(ctx: Ctx, held: BookingRef): Promise<Cancelled> {
  return retryOnConflict(async () => {
    const booking = await accessibleBooking(ctx, held)
    const now = ctx.clock.now()
    const asStaff = isStaff(held)
    if (booking.status === 'cancelled' || (!asStaff && isOfferOver(booking, now)))
      return ok({ booking: booking.id, again: true })
    if (!actsFor(booking, { now, asStaff }).has('cancel')) return refused('closed')
    const done = await ctx.store.commit(...withdrawalWrites(ctx, booking, 'booking.cancelled'))
    return isCommitted(done) ? ok({ booking: booking.id, again: false }) : null
  })
}
