import { type Ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { type BookingRef, isStaff, isTold } from './access.ts'
import { holderActs, isAnswerOver, staffActs } from './acts-for.ts'
import { changeBooking } from './change-booking.ts'
import { withdrawalWrites } from './write/withdraw.ts'

/**
 * Cancelled (`again`: it was already, or its offer ran out), or refused: too late, or changed three times meanwhile.
 */
export type Cancelled = Ok<{ booking: string; again: boolean }> | Refused<'closed' | 'changed'>

/**
 * Cancels a booking and frees its place, or leaves the waiting list; the letter follows in the same commit. Its holder
 * may cancel until the deadline, the desk of its prefecture until its day is over. Idempotent. Throws `NotFound`,
 * `Forbidden`.
 */
export async function cancel(ctx: Ctx, ref: BookingRef): Promise<Cancelled> {
  return changeBooking(ctx, ref, (booking) => {
    const now = ctx.clock.now()
    const staff = isStaff(ref)
    if (booking.status === 'cancelled' || (!staff && isAnswerOver(booking, now))) return 'again'
    if (!(staff ? staffActs(booking, now) : holderActs(booking, now)).has('cancel')) return refused('closed')
    const ended = staff ? 'cancelled_by_desk' : 'cancelled'
    return withdrawalWrites(ctx, booking, 'booking.cancelled', ended, isTold(ref))
  })
}
