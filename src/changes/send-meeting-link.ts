import type { Faults } from '../base/input.ts'
import { type Ok, type Refused, refused } from '../base/outcome.ts'
import { MeetingInput } from '../booking/meeting.ts'
import { notifyAll } from '../booking/write/notify.ts'
import { bumpRevision } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { actsFor } from '../schedule/acts-for.ts'
import type { Session } from '../schedule/session.ts'
import { note } from '../store/journal.ts'
import type { Write } from '../store/store.ts'
import { changeSession } from './change-session.ts'
import { SCOPES } from './queries.ts'

/**
 * Sent; `again` if the link is the same. Refuses a bad https address, a session over, off or not online, or `changed`.
 */
export type MeetingLinkSent =
  | Ok<{ session: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed' | 'busy'>

/** The writes that tell people with a place on the web of their link. */
export function linkWrites(ctx: Ctx, session: Session): Write[] {
  return [
    ...notifyAll(ctx, session, { ...SCOPES.meeting, set: {}, kind: 'meeting', act: 'booking.meeting_told' }),
    note(ctx, 'session.meeting_told', session.id),
  ]
}

/** The write that sets the link. What everybody sees of the session stays as it was. */
export function meetingAt(ctx: Ctx, id: string, url: string): Write {
  return ctx.store.db.updateTable('session').set({ meeting_url: url }).where('id', '=', id)
}

/**
 * Sets the link of a session's web meeting. People with a place there get one letter in the same commit. The link is
 * only in their letters, calendar entry and own page. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function sendMeetingLink(ctx: Ctx, id: string, given: unknown): Promise<MeetingLinkSent> {
  return changeSession(ctx, id, MeetingInput, given, { scope: SCOPES.meeting }, (session, { url }) => {
    if (session.meeting_url === url) return 'again'
    if (!actsFor(session).has('meeting')) return refused('closed')
    return [...linkWrites(ctx, session), meetingAt(ctx, id, url), bumpRevision(ctx, session)]
  })
}
