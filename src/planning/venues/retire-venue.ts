import { requireDesk } from '../../base/actor.ts'
import { isAsShown, shownIn } from '../../base/fingerprint.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { venueById } from '../../schedule/place-queries.ts'
import { unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { isCommitted, retryOnConflict } from '../../store/retry.ts'
import type { VenueRow } from '../../store/schema.ts'
import { type VenueUse, venueUse, venueUseFields } from './queries.ts'

/** Retired; `again` if it was before. Refused `changed` if the venue, or what takes place there, is not as `shown`. */
export type VenueRetired = Ok<{ venue: string; again: boolean }> | Refused<'changed'>

/** A venue, and what takes place there from today on. For the desk of its prefecture. Throws `NotFound`, `Forbidden`. */
export async function previewRetirement(ctx: Ctx, id: string): Promise<{ venue: VenueRow; use: VenueUse }> {
  const venue = await venueById(ctx, id)
  if (!venue) throw new NotFound('venue')
  requireDesk(ctx.actor, venue.prefecture)
  return { venue, use: await venueUse(ctx, id) }
}

/**
 * Retires a venue: nobody can choose it any more. Sessions and series that have it keep it until somebody gives them
 * another one. For the desk of its prefecture. Idempotent. Throws `NotFound`, `Forbidden`.
 */
export async function retireVenue(ctx: Ctx, id: string, given: unknown = {}): Promise<VenueRetired> {
  return retryOnConflict(async () => {
    const { venue, use } = await previewRetirement(ctx, id)
    if (venue.retired_at !== null) return ok({ venue: id, again: true })
    if (!(await isAsShown(shownIn(given), venueUseFields(venue, use)))) return refused('changed')
    const done = await ctx.store.commit(
      ...unchanged(ctx, 'venue', venue),
      ctx.store.db
        .updateTable('venue')
        .set({ retired_at: ctx.clock.now(), revision: venue.revision + 1 })
        .where('id', '=', id),
      note(ctx, 'venue.retired', id),
    )
    return isCommitted(done) ? ok({ venue: id, again: false }) : null
  })
}
