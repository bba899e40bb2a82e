import type { Shown } from '../base/fingerprint.ts'
import { type Ok, type Refused, refused } from '../base/outcome.ts'
import { STATUS } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { staffActs } from './acts-for.ts'
import { wasText } from './booking.ts'
import { changeBooking } from './change-booking.ts'
import { notify } from './write/notify.ts'
import { transitionWrites } from './write/transition.ts'

/**
 * Turned down (`again`: it was over already). Refused if it is booked by now, not as `shown`, or changed three times
 * meanwhile.
 */
export type TurnedDown = Ok<{ booking: string; again: boolean }> | Refused<'closed' | 'changed'>

/**
 * Turns down a request in a session of 承認制 and notifies its holder in the same commit. The place goes to the next
 * party. Idempotent. `told`: the desk has told the holder already. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function turnDown(ctx: Ctx, id: string, shown?: Shown, told = false): Promise<TurnedDown> {
  return changeBooking(ctx, { id, shown }, (booking) => {
    if (STATUS[booking.status].over) return 'again'
    if (!staffActs(booking, ctx.clock.now()).has('turn-down')) return refused('closed')
    return transitionWrites(
      ctx,
      booking,
      'turned_down',
      {},
      ...notify(ctx, booking, 'turned_down', wasText(booking), told),
      note(ctx, 'booking.turned_down', id, { session: booking.session.id }),
    )
  })
}
