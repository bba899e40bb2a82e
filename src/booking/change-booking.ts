import { isAsShown, type ShownFields } from '../base/fingerprint.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { bookingFields, deskBookingFields } from '../schedule/shown.ts'
import { type Decision, isCommitted, retryOnConflict } from '../store/retry.ts'
import { accessibleBooking, type BookingRef, isStaff } from './access.ts'
import type { Booking } from './booking.ts'
import { isOutOfRoom } from './write/seats.ts'

/**
 * Changes a booking: reads it, lets the act decide, and commits its writes. The writes expect the revision that was read
 * (`transitionWrites`, `unchanged`). Decides again if the booking changed or its place went meanwhile, then refuses
 * `changed`. Refuses `changed` too if `ref.shown` is not the fingerprint of what a page shows now (`fieldsOf`). For the
 * holder of its link, or the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function changeBooking<Refusal extends Refused<string>>(
  ctx: Ctx,
  ref: BookingRef,
  decide: (booking: Booking) => Decision<Refusal> | Promise<Decision<Refusal>>,
  fieldsOf: (booking: Booking) => ShownFields = isStaff(ref) ? deskBookingFields : bookingFields,
): Promise<Ok<{ booking: string; again: boolean }> | Refused<'changed'> | Refusal> {
  return retryOnConflict(async () => {
    const booking = await accessibleBooking(ctx, ref)
    const decided = await decide(booking)
    if (decided === 'again') return ok({ booking: booking.id, again: true })
    if (!Array.isArray(decided)) return decided
    if (!(await isAsShown(ref.shown, fieldsOf(booking)))) return refused('changed')
    const done = await ctx.store.commit(...decided)
    return !isOutOfRoom(done) && isCommitted(done) ? ok({ booking: booking.id, again: false }) : null
  })
}
