import type { Ok, Refused } from '../base/outcome.ts'
import type { BookingRef } from '../booking/access.ts'
import { changeBooking } from '../booking/change-booking.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { getsMessages } from './queries.ts'

/** Chosen; `again` if it was so already. Refuses `changed` if the booking changed three times meanwhile. */
export type MessagesChosen = Ok<{ booking: string; again: boolean }> | Refused<'changed'>

/**
 * Stops the messages and the survey to the holder of a booking, at all their bookings. Letters about their bookings still
 * come. For the holder of its link, or the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function stopMessages(ctx: Ctx, ref: BookingRef): Promise<MessagesChosen> {
  return changeBooking<never>(ctx, ref, async (booking) => {
    if (!(await getsMessages(ctx, booking.id))) return 'again'
    const { db } = ctx.store
    const theirs = db.selectFrom('booking as own').select('own.person_key').where('own.id', '=', booking.id)
    const all = db.selectFrom('booking').select('booking.id').where('booking.person_key', 'in', theirs)
    return [
      ...unchanged(ctx, 'booking', booking),
      db
        .updateTable('outbox')
        .set({ state: 'superseded', updated_at: ctx.clock.now() })
        .where('about', '=', 'booking')
        .where('kind', '=', 'message')
        .where('channel', 'in', ['phone', 'sms'])
        .where('state', '=', 'waiting')
        .where('subject', 'in', all),
      // At each of their bookings: one of them may be erased, or become another person's.
      db
        .updateTable('booking')
        .set((eb) => ({ no_messages: 1, revision: eb('revision', '+', 1) }))
        .where('id', 'in', all),
      note(ctx, 'booking.messages_stopped', booking.id),
    ]
  })
}

/** Lets the holder of a booking get messages and the survey again, as `stopMessages`. Throws `NotFound`, `Forbidden`. */
export async function wantMessages(ctx: Ctx, ref: BookingRef): Promise<MessagesChosen> {
  return changeBooking<never>(ctx, ref, async (booking) => {
    if (await getsMessages(ctx, booking.id)) return 'again'
    const { db } = ctx.store
    const same = db.selectFrom('booking').select('person_key').where('id', '=', booking.id)
    return [
      ...unchanged(ctx, 'booking', booking),
      db
        .updateTable('booking')
        .set((eb) => ({ no_messages: 0, revision: eb('revision', '+', 1) }))
        .where('no_messages', '=', 1)
        .where('person_key', 'in', same),
      note(ctx, 'booking.messages_wanted', booking.id),
    ]
  })
}
