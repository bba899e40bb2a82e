import * as z from 'zod'
import { blankIsNull, type Faults } from '../base/input.ts'
import { type Ok, type Refused, refused } from '../base/outcome.ts'
import { isInPerson } from '../base/seating.ts'
import { MeetingInput } from '../booking/meeting.ts'
import { inScope } from '../booking/queries.ts'
import type { Ctx } from '../context.ts'
import { actsFor, isChangeable } from '../schedule/acts-for.ts'
import { ReasonInput, reasonOf } from '../schedule/reason.ts'
import type { Session } from '../schedule/session.ts'
import { changeSession } from './change-session.ts'
import { conversionWrites } from './conversion.ts'
import { SCOPES } from './queries.ts'
import { linkWrites, meetingAt } from './send-meeting-link.ts'
import { SUSPENDED_INTO } from './suspension.ts'

const ConvertInput = ReasonInput.extend({
  into: z.enum(SUSPENDED_INTO, 'choice'),
  /** The link of its web meeting, if it is known already. */
  url: z.preprocess(blankIsNull, MeetingInput.shape.url.nullable()),
})

/** People who take part on the web anyway. They get the link if it is set with the conversion. */
export function alsoLinked(ctx: Ctx, session: Session, { into, url }: { into: string; url: string | null }) {
  const isTold = into === 'online' && url !== null && url !== session.meeting_url
  return isTold ? inScope(ctx, session.id, SCOPES.meeting).select(['booking.id', 'booking.revision']) : null
}

/**
 * Converted; `again` if it had no in-person format. Refuses faulty fields, a session that is over or off, or `changed`.
 */
export type Converted =
  | Ok<{ session: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed' | 'busy'>

/**
 * Holds one session on the web or by telephone instead of in person, for a reason. Notifies each party concerned once,
 * in the same commit; they can move or cancel. With `url` it has that web meeting, and people who took part on the web
 * before get the link too. For the desk of its prefecture. Idempotent. Throws `NotFound`,
 * `Forbidden`.
 */
export async function convert(ctx: Ctx, id: string, given: unknown): Promise<Converted> {
  const look = { scope: SCOPES.convert, also: alsoLinked }
  return changeSession(ctx, id, ConvertInput, given, look, (session, input) => {
    if (isChangeable(session) && !isInPerson(session)) return 'again'
    if (!actsFor(session).has('convert')) return refused('closed')
    const { into } = input
    const url = into === 'online' ? input.url : null
    const linked = alsoLinked(ctx, session, { into, url })
    return [
      ...(linked ? linkWrites(ctx, session) : []),
      ...conversionWrites(ctx, session, { into, reason: reasonOf(input), suspension: null }),
      ...(url === null ? [] : [meetingAt(ctx, id, url)]),
    ]
  })
}
