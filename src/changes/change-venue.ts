import { requireDesk } from '../base/actor.ts'
import { type Faults, faultsOf, line } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { LIVE } from '../base/vocabulary.ts'
import { notifyAll } from '../booking/write/notify.ts'
import { expecting, placesOf, withSeatRecount } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { actsFor } from '../schedule/acts-for.ts'
import { sessionChange } from '../schedule/change-session.ts'
import { venueById } from '../schedule/place-queries.ts'
import { sessionById } from '../schedule/queries.ts'
import { ReasonInput, reasonColumns } from '../schedule/reason.ts'
import { note } from '../store/journal.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'

const VenueInput = ReasonInput.extend({ venue: line(64) })

/** Changed (`again`: it is held there already), or refused: faulty fields, over, off or nobody comes there, or changed meanwhile. */
export type VenueChanged =
  | Ok<{ session: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed'>

/** The forms in which people come to the venue. */
const COMING = ['onsite'] as const

/**
 * Holds a session at another place of its prefecture, for a reason: whoever was to come there is told once in the same
 * commit. For the desk of its prefecture. A second time is harmless. Throws `NotFound`, `Forbidden`.
 */
export async function changeVenue(ctx: Ctx, id: string, given: unknown): Promise<VenueChanged> {
  return retryOnConflict(async () => {
    const session = await sessionById(ctx, id)
    if (!session) throw new NotFound('session')
    requireDesk(ctx.actor, session.prefecture)
    const parsed = VenueInput.safeParse(given)
    if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
    const venue = await venueById(ctx, parsed.data.venue)
    if (venue?.prefecture !== session.prefecture) return refused('invalid', { errors: { venue: 'choice' as const } })
    if (session.venue?.id === venue.id) return ok({ session: id, again: true })
    if (!actsFor(session).has('venue')) return refused('closed')
    const done = await ctx.store.commit(
      ...withSeatRecount(
        ctx,
        placesOf(session),
        expecting(ctx, 'session', session),
        ...notifyAll(ctx, session, {
          ...{ of: LIVE, formats: COMING, set: {}, kind: 'relocated', act: 'booking.relocated' },
        }),
        sessionChange(ctx, session, { venue: venue.id, ...reasonColumns(parsed.data) }),
        note(ctx, 'session.relocated', id, { venue: venue.id }),
      ),
    )
    return isCommitted(done) ? ok({ session: id, again: false }) : null
  })
}
