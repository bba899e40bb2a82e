import type { Ok, Refused } from '../base/outcome.ts'
import { promotion } from '../booking/acts-for.ts'
import { wasText } from '../booking/booking.ts'
import { changeBooking } from '../booking/change-booking.ts'
import { notify } from '../booking/write/notify.ts'
import { transitionWrites } from '../booking/write/transition.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'

/** Booked (`again`: it was already), or refused: not waiting, in a draw, no room, day over, or changed meanwhile. */
export type Promoted = Ok<{ booking: string; again: boolean }> | Refused<'closed' | 'full' | 'changed'>

/**
 * Books a waiting or offered party, as agreed on the telephone. Allowed after the booking deadline, when no offers
 * leave any more. Never exceeds capacity. `told`: the desk has told the holder already. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function promote(ctx: Ctx, id: string, told = false): Promise<Promoted> {
  return changeBooking(ctx, { id }, (booking) => {
    const { session, status } = booking
    if (status === 'booked') return 'again'
    const place = promotion(booking, ctx.clock.now())
    if (!place.ok) return place
    return transitionWrites(
      ctx,
      booking,
      'booked',
      { slot: place.slot },
      ...notify(ctx, booking, 'promoted', wasText(booking), told),
      note(ctx, 'booking.promoted', id, { session: session.id }),
    )
  })
}
