import type { Instant } from '../base/clock.ts'
import { isAsShown, type Shown } from '../base/fingerprint.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { personKey } from '../base/person.ts'
import { STATUS } from '../base/vocabulary.ts'
import { accessibleBooking } from '../booking/access.ts'
import { restoration } from '../booking/acts-for.ts'
import { type Booking, wasText } from '../booking/booking.ts'
import { activeBookingOf } from '../booking/queries.ts'
import { messagesBack, notify } from '../booking/write/notify.ts'
import { isOutOfRoom } from '../booking/write/seats.ts'
import { transitionWrites } from '../booking/write/transition.ts'
import type { Ctx } from '../context.ts'
import { deskBookingFields } from '../schedule/shown.ts'
import { note } from '../store/journal.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import { endOnReturn } from './answer-time.ts'

/**
 * Restored (`again`: it is live). Refused: its end cannot be taken back (`TAKEN_BACK`), its day is over or off, or there
 * is no room. Refused as `format` if its form is not held any more. Also if the person booked again, is not as `shown`,
 * or changed three times meanwhile.
 */
export type Restored =
  | Ok<{ booking: string; again: boolean }>
  | Refused<'closed' | 'full' | 'format' | 'twice' | 'changed'>

/** A booking after its end is taken back; as it is if it cannot be. */
export function restored(booking: Booking, now: Instant): Booking {
  const back = restoration(booking, now)
  if (!back.ok) return booking
  const { status, format, format_before } = back
  return { ...booking, status, format, format_before, ended: null }
}

/** One attempt. Null if a concurrent commit won. */
async function attempt(ctx: Ctx, id: string, shown: Shown, told: boolean): Promise<Restored | null> {
  const booking = await accessibleBooking(ctx, { id })
  if (STATUS[booking.status].live) return ok({ booking: id, again: true })
  const back = restoration(booking, ctx.clock.now())
  if (!back.ok) return back
  if (!(await isAsShown(shown, deskBookingFields(restored(booking, ctx.clock.now()))))) return refused('changed')
  const { session, slot } = booking
  if (await activeBookingOf(ctx, session.id, personKey(booking))) return refused('twice')
  const asked = back.status === 'offered' || back.status === 'requested'
  const done = await ctx.store.commit(
    messagesBack(ctx, [id]),
    ...transitionWrites(
      ctx,
      booking,
      back.status,
      {
        cancelled_at: null,
        format: back.format,
        format_before: back.format_before,
        ...(asked && session.former === null && { offer_expires_at: await endOnReturn(ctx, session, slot) }),
      },
      ...notify(ctx, booking, 'restored', wasText(booking), told),
      note(ctx, 'booking.restored', id, {
        session: session.id,
        ...(back.format !== booking.format && { format: back.format }),
      }),
    ),
  )
  if (isOutOfRoom(done)) return refused('full')
  return isCommitted(done, ['still_true', 'booking_once']) ? ok({ booking: id, again: false }) : null
}

/**
 * Takes back a cancellation, or that a request was turned down or not answered in time. The booking gets back its status
 * and place while there is room, and its holder is notified. Its form follows a conversion of the session meanwhile.
 * `told`: the desk has told the holder already. Until its day is over. For the desk of its prefecture. Idempotent.
 * Throws `NotFound`, `Forbidden`.
 */
export async function restore(ctx: Ctx, id: string, shown?: Shown, told = false): Promise<Restored> {
  return retryOnConflict(() => attempt(ctx, id, shown, told))
}
