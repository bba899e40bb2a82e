import { requireDesk } from '../../base/actor.ts'
import { NotFound, type Ok, ok, type Refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { venueById } from '../../schedule/place-queries.ts'
import { unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { isCommitted, retryOnConflict } from '../../store/retry.ts'

/** In use again; `again` if it was not retired. Refuses `changed` if others keep changing it. */
export type VenueReopened = Ok<{ venue: string; again: boolean }> | Refused<'changed'>

/**
 * Makes a retired venue one that can be chosen. For the desk of its prefecture. Idempotent. Throws `NotFound`,
 * `Forbidden`.
 */
export async function reopenVenue(ctx: Ctx, id: string): Promise<VenueReopened> {
  return retryOnConflict(async () => {
    const venue = await venueById(ctx, id)
    if (!venue) throw new NotFound('venue')
    requireDesk(ctx.actor, venue.prefecture)
    if (venue.retired_at === null) return ok({ venue: id, again: true })
    const done = await ctx.store.commit(
      ...unchanged(ctx, 'venue', venue),
      ctx.store.db
        .updateTable('venue')
        .set({ retired_at: null, revision: venue.revision + 1 })
        .where('id', '=', id),
      note(ctx, 'venue.reopened', id),
    )
    return isCommitted(done) ? ok({ venue: id, again: false }) : null
  })
}
