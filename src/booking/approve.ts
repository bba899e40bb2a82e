import type { Shown } from '../base/fingerprint.ts'
import { type Ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { staffActs } from './acts-for.ts'
import { wasText } from './booking.ts'
import { changeBooking } from './change-booking.ts'
import { notify } from './write/notify.ts'
import { transitionWrites } from './write/transition.ts'

/**
 * Approved (`again`: it is booked already), or refused: no longer a request, not as `shown`, or changed three times
 * meanwhile.
 */
export type Approved = Ok<{ booking: string; again: boolean }> | Refused<'closed' | 'changed'>

/**
 * Books a request in a session of 承認制 and notifies its holder in the same commit. Idempotent. `told`: the desk has told the holder already. For the desk of its
 * prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function approve(ctx: Ctx, id: string, shown?: Shown, told = false): Promise<Approved> {
  return changeBooking(ctx, { id, shown }, (booking) => {
    if (booking.status === 'booked') return 'again'
    if (!staffActs(booking, ctx.clock.now()).has('approve')) return refused('closed')
    return transitionWrites(
      ctx,
      booking,
      'booked',
      {},
      ...notify(ctx, booking, 'booked', wasText(booking), told),
      note(ctx, 'booking.approved', id, { session: booking.session.id }),
    )
  })
}
