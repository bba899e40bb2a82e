import { type Ok, type Refused, refused } from '../base/outcome.ts'
import type { HolderRef } from '../booking/access.ts'
import { holderActs, isOfferOver } from '../booking/acts-for.ts'
import { changeBooking } from '../booking/change-booking.ts'
import { withdrawalWrites } from '../booking/write/withdraw.ts'
import type { Ctx } from '../context.ts'

/**
 * Declined (`again`: given up already, or its time ran out), or refused: no offer, or it changed three times meanwhile.
 */
export type Declined = Ok<{ booking: string; again: boolean }> | Refused<'closed' | 'changed'>

/**
 * Declines the offer to the booking whose manage link carries this token; the next party that fits gets one.
 * Idempotent. Throws `NotFound` for an unknown token.
 */
export async function decline(ctx: Ctx, ref: HolderRef): Promise<Declined> {
  return changeBooking(ctx, ref, (booking) => {
    const now = ctx.clock.now()
    if (booking.status === 'cancelled' || isOfferOver(booking, now)) return 'again'
    if (!holderActs(booking, now).has('decline')) return refused('closed')
    return withdrawalWrites(ctx, booking, 'booking.declined')
  })
}
