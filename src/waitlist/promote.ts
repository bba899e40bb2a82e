import type { Instant } from '../base/clock.ts'
import type { Shown } from '../base/fingerprint.ts'
import type { Ok, Refused } from '../base/outcome.ts'
import { promotion } from '../booking/acts-for.ts'
import { type Booking, wasText } from '../booking/booking.ts'
import { changeBooking } from '../booking/change-booking.ts'
import { notify } from '../booking/write/notify.ts'
import { transitionWrites } from '../booking/write/transition.ts'
import type { Ctx } from '../context.ts'
import { deskBookingFields } from '../schedule/shown.ts'
import { note } from '../store/journal.ts'
import type { Decision } from '../store/retry.ts'

/**
 * Booked (`again`: it was already), or refused: not waiting, in a draw, no room, or day over. Refused as `changed` if it
 * is not as `shown`, or changed meanwhile.
 */
export type Promoted = Ok<{ booking: string; again: boolean }> | Refused<'closed' | 'full' | 'changed'>

/** A booking after the desk gives it a place; as it is if there is none for it. */
export function promoted(booking: Booking, now: Instant): Booking {
  const place = promotion(booking, now)
  if (!place.ok) return booking
  const slot = booking.session.slots.find(({ id }) => id === place.slot) ?? null
  return { ...booking, slot, status: 'booked' }
}

/**
 * Books a waiting or offered party, as agreed on the telephone. Allowed after the booking deadline, when no offers
 * leave any more. Never exceeds capacity. `told`: the desk has told the holder already. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function promote(ctx: Ctx, id: string, shown?: Shown, told = false): Promise<Promoted> {
  const now = ctx.clock.now()
  const decide = (booking: Booking): Decision<Refused<'closed' | 'full'>> => {
    const { session, status } = booking
    if (status === 'booked') return 'again'
    const place = promotion(booking, now)
    if (!place.ok) return place
    return transitionWrites(
      ctx,
      booking,
      'booked',
      { slot: place.slot },
      ...notify(ctx, booking, 'promoted', wasText(booking), told),
      note(ctx, 'booking.promoted', id, { session: session.id }),
    )
  }
  return changeBooking(ctx, { id, shown }, decide, (booking) => deskBookingFields(promoted(booking, now)))
}
