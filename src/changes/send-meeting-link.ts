import type { Faults } from '../base/input.ts'
import { type Ok, type Refused, refused } from '../base/outcome.ts'
import { MeetingInput } from '../booking/meeting.ts'
import { notifyAll } from '../booking/write/notify.ts'
import { bumpRevision } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { actsFor } from '../schedule/acts-for.ts'
import { note } from '../store/journal.ts'
import { changeSession } from './change-session.ts'

/** Told (`again`: it is this link already), or refused: not an https address, over, off or not on the web, or changed meanwhile. */
export type Told =
  | Ok<{ session: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed'>

/**
 * Says where the web meeting of a session takes place: who has a place there is told once in the same commit, and finds it
 * in the letter, the calendar entry and on their own page, and nobody else does. Whoever books later has it in their
 * confirmation. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function sendMeetingLink(ctx: Ctx, id: string, given: unknown): Promise<Told> {
  return changeSession(ctx, id, MeetingInput, given, (session, { url }) => {
    if (session.meeting_url === url) return 'again'
    if (!actsFor(session).has('meeting')) return refused('closed')
    return [
      ...notifyAll(ctx, session, {
        of: ['booked'],
        formats: ['online'],
        set: {},
        kind: 'meeting',
        act: 'booking.meeting_told',
      }),
      // What everybody sees of the session stays as it was.
      ctx.store.db.updateTable('session').set({ meeting_url: url }).where('id', '=', id),
      bumpRevision(ctx, session),
      note(ctx, 'session.meeting_told', id),
    ]
  })
}
