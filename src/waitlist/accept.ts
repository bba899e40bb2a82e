import { type Ok, type Refused, refused } from '../base/outcome.ts'
import type { HolderRef } from '../booking/access.ts'
import { holderActs } from '../booking/acts-for.ts'
import { changeBooking } from '../booking/change-booking.ts'
import { confirm } from '../booking/write/notify.ts'
import { transitionWrites } from '../booking/write/transition.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'

/** Accepted (`again`: it is booked already), or refused: no open offer, or it changed three times meanwhile. */
export type Accepted = Ok<{ booking: string; again: boolean }> | Refused<'closed' | 'changed'>

/**
 * Accepts the place offered to the booking whose manage link carries this token, while the offer is open. The
 * confirmation follows in the same commit. Idempotent. Throws `NotFound` for an unknown token.
 */
export async function accept(ctx: Ctx, ref: HolderRef): Promise<Accepted> {
  return changeBooking(ctx, ref, async (booking) => {
    if (booking.status === 'booked') return 'again'
    if (!holderActs(booking, ctx.clock.now()).has('accept')) return refused('closed')
    const { id, session } = booking
    return transitionWrites(
      ctx,
      booking,
      'booked',
      {},
      ...(await confirm(ctx, booking, 'booked')),
      note(ctx, 'booking.accepted', id, { session: session.id }),
    )
  })
}
