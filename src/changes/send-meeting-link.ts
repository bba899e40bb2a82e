import type { Faults } from '../base/input.ts'
import { type Ok, type Refused, refused } from '../base/outcome.ts'
import { MeetingInput } from '../booking/meeting.ts'
import { notifyAll } from '../booking/write/notify.ts'
import { bumpRevision } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { actsFor } from '../schedule/acts-for.ts'
import { note } from '../store/journal.ts'
import { changeSession } from './change-session.ts'
import { SCOPES } from './queries.ts'

/**
 * Sent; `again` if the link is the same. Refuses a bad https address, a session over, off or not online, or `changed`.
 */
export type MeetingLinkSent =
  | Ok<{ session: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed' | 'busy'>

/**
 * Sets the link of a session's web meeting. People with a place there get one letter in the same commit. The link is
 * only in their letters, calendar entry and own page. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function sendMeetingLink(ctx: Ctx, id: string, given: unknown): Promise<MeetingLinkSent> {
  return changeSession(ctx, id, MeetingInput, given, { scope: SCOPES.meeting }, (session, { url }) => {
    if (session.meeting_url === url) return 'again'
    if (!actsFor(session).has('meeting')) return refused('closed')
    return [
      ...notifyAll(ctx, session, {
        ...SCOPES.meeting,
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
