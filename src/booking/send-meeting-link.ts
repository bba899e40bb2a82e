import { type ShownFields, shownIn, typedFields } from '../base/fingerprint.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { type Ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { deskBookingFields } from '../schedule/shown.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { raised } from '../store/raised.ts'
import type { Decision } from '../store/retry.ts'
import { staffActs } from './acts-for.ts'
import { type Booking, meetingUrlOf, wasText } from './booking.ts'
import { changeBooking } from './change-booking.ts'
import { MeetingInput } from './meeting.ts'
import { notify } from './write/notify.ts'

/** Sent (`again`: it is this link already), or refused: not https, no place on the web, or changed meanwhile. */
export type OwnMeetingLinkSent =
  | Ok<{ booking: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed'>

/** What a page shows before a party gets its own link: its booking, and the link. */
export function ownMeetingFields(booking: Booking, given: unknown): ShownFields {
  return [...deskBookingFields(booking), typedFields(given, ['url'])]
}

/**
 * Gives one party its own meeting link instead of the session's, and notifies its holder in the same commit. The
 * letter, the calendar entry and the manage page show it. `told`: the desk has told them already. For the desk of its
 * prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function sendOwnMeetingLink(
  ctx: Ctx,
  id: string,
  given: unknown,
  told = false,
): Promise<OwnMeetingLinkSent> {
  const decide = (booking: Booking): Decision<Refused<'invalid', { errors: Faults }> | Refused<'closed'>> => {
    const parsed = MeetingInput.safeParse(given)
    if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
    const { url } = parsed.data
    if (meetingUrlOf(booking) === url) return 'again'
    if (!staffActs(booking, ctx.clock.now()).has('meeting')) return refused('closed')
    return [
      ...unchanged(ctx, 'booking', booking),
      ctx.store.db
        .updateTable('booking')
        .set({ meeting_url: url, ...raised(ctx) })
        .where('id', '=', id),
      ...notify(ctx, booking, 'meeting', wasText(booking), told),
      note(ctx, 'booking.meeting_told', id),
    ]
  }
  return changeBooking(ctx, { id, shown: shownIn(given) }, decide, (booking) => ownMeetingFields(booking, given))
}
