import { requireDesk } from '../base/actor.ts'
import type { Ok, Refused } from '../base/outcome.ts'
import { changeBooking } from '../booking/change-booking.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'

/** Chosen; `again` if it was so already. Refuses `changed` if the booking changed three times meanwhile. */
export type SmsChosen = Ok<{ booking: string; again: boolean }> | Refused<'changed'>

/**
 * Records whether the holder of a booking agrees to short messages in place of calls. Only the desk does: people without
 * an e-mail address have no link. For the desk of its prefecture. Throws `NotFound`,
 * `Forbidden`.
 */
export async function chooseSms(ctx: Ctx, id: string, agreed: boolean): Promise<SmsChosen> {
  return changeBooking<never>(ctx, { id }, (booking) => {
    requireDesk(ctx.actor, booking.session.prefecture)
    if ((booking.sms === 1) === agreed) return 'again'
    return [
      ...unchanged(ctx, 'booking', booking),
      ctx.store.db
        .updateTable('booking')
        .set({ sms: agreed ? 1 : 0, revision: booking.revision + 1 })
        .where('id', '=', booking.id),
      note(ctx, agreed ? 'booking.sms_agreed' : 'booking.sms_refused', booking.id),
    ]
  })
}
