import type * as z from 'zod'
import { type Faults, word } from '../base/input.ts'
import { type Ok, type Refused, refused } from '../base/outcome.ts'
import { LIVE } from '../base/vocabulary.ts'
import { notifyAll } from '../booking/write/notify.ts'
import type { Ctx } from '../context.ts'
import { actsFor } from '../schedule/acts-for.ts'
import { sessionChange } from '../schedule/change-session.ts'
import { BesideShape, besideDetail, clashesAt } from '../schedule/clashes.ts'
import { venueById } from '../schedule/place-queries.ts'
import { ReasonInput, reasonBeside, reasonOf } from '../schedule/reason.ts'
import { note } from '../store/journal.ts'
import { changeSession, type Look } from './change-session.ts'
import { SCOPES } from './queries.ts'

const VenueInput = ReasonInput.extend({ venue: word(64), ...BesideShape })

/**
 * Changed; `again` if it is held there already. Refuses faulty fields, a session over, off or not in person, or
 * `changed`.
 */
export type VenueChanged =
  | Ok<{ session: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed' | 'busy'>

const LOOK: Look<z.output<typeof VenueInput>> = {
  scope: SCOPES.venue,
  clashes: (ctx, session, { venue }) => clashesAt(ctx, venue, session),
}

/**
 * Moves a session to another venue of its prefecture, for a reason. Notifies everybody who would come there once, in
 * the same commit. For the desk of its prefecture. Idempotent. Throws `NotFound`, `Forbidden`.
 */
export async function changeVenue(ctx: Ctx, id: string, given: unknown): Promise<VenueChanged> {
  return changeSession(ctx, id, VenueInput, given, LOOK, async (session, input) => {
    const venue = await venueById(ctx, input.venue)
    if (venue?.prefecture !== session.prefecture) return refused('invalid', { errors: { venue: 'choice' as const } })
    if (session.venue?.id === venue.id) return 'again'
    if (venue.retired_at !== null) return refused('invalid', { errors: { venue: 'choice' as const } })
    if (!actsFor(session).has('venue')) return refused('closed')
    return [
      ...notifyAll(ctx, session, {
        of: LIVE,
        ...SCOPES.venue,
        set: {},
        kind: 'relocated',
        act: 'booking.relocated',
        why: reasonOf(input),
      }),
      sessionChange(ctx, session, { venue: venue.id, ...reasonBeside(session, reasonOf(input)) }),
      note(ctx, 'session.relocated', id, { venue: venue.id, ...besideDetail(input) }),
    ]
  })
}
