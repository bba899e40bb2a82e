import { requireDesk } from '../base/actor.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import { actsFor } from './acts-for.ts'
import { meetingUrlOf } from './booking.ts'
import { MeetingInput } from './meeting.ts'
import { bookingById } from './queries.ts'
import { notify } from './write/notify.ts'
import { expecting, lockBooking } from './write/seats.ts'

/** Told (`again`: it is this link already), or refused: not an https address, no place on the web, or changed meanwhile. */
export type OwnMeetingTold =
  | Ok<{ booking: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed'>

/**
 * Says where one party meets on the web, instead of where the others of its session do: its holder is told in the same
 * commit, and finds it in the letter, the calendar entry and on their own page. For the desk of its prefecture. Throws
 * `NotFound`, `Forbidden`.
 */
export async function sendOwnMeetingLink(ctx: Ctx, id: string, given: unknown): Promise<OwnMeetingTold> {
  return retryOnConflict(async () => {
    const booking = await bookingById(ctx, id)
    if (!booking) throw new NotFound('booking')
    requireDesk(ctx.actor, booking.session.prefecture)
    const parsed = MeetingInput.safeParse(given)
    if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
    const { url } = parsed.data
    if (meetingUrlOf(booking) === url) return ok({ booking: id, again: true })
    if (!actsFor(booking, { now: ctx.clock.now(), asStaff: true }).has('meeting')) return refused('closed')
    const raised = {
      sequence: booking.sequence + 1,
      revision: booking.revision + 1,
      updated_at: ctx.clock.now(),
    }
    const done = await ctx.store.commit(
      lockBooking(ctx, id),
      expecting(ctx, 'booking', booking),
      ctx.store.db
        .updateTable('booking')
        .set({ meeting_url: url, ...raised })
        .where('id', '=', id),
      notify(ctx, booking, 'meeting'),
      note(ctx, 'booking.meeting_told', id),
    )
    return isCommitted(done) ? ok({ booking: id, again: false }) : null
  })
}
