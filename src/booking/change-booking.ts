import { type Ok, ok, type Refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import type { Write } from '../store/store.ts'
import { accessibleBooking, type BookingRef } from './access.ts'
import type { Booking } from './booking.ts'

/** What an act decides about a booking: its writes, `again` if it is so already, or a refusal. */
export type Decision<Refusal> = Write[] | 'again' | Refusal

/** What breaks when a concurrent commit changed the booking or its session, or took the place. */
const RETRYABLE = ['still_true', 'session_has_room', 'slot_has_room']

/**
 * Changes a booking: reads it, lets the act decide, and commits its writes. The writes expect the revision that was read
 * (`transitionWrites`, `unchanged`). Decides again if the booking changed meanwhile, then refuses `changed`. For the holder
 * of its link, or the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function changeBooking<Refusal extends Refused<string>>(
  ctx: Ctx,
  ref: BookingRef,
  decide: (booking: Booking) => Decision<Refusal>,
): Promise<Ok<{ booking: string; again: boolean }> | Refused<'changed'> | Refusal> {
  return retryOnConflict(async () => {
    const booking = await accessibleBooking(ctx, ref)
    const decided = decide(booking)
    if (decided === 'again') return ok({ booking: booking.id, again: true })
    if (!Array.isArray(decided)) return decided
    const done = await ctx.store.commit(...decided)
    return isCommitted(done, RETRYABLE) ? ok({ booking: booking.id, again: false }) : null
  })
}
