import { requireSystem } from '../base/actor.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import type { VenueRow } from '../store/schema.ts'
import { orThrow } from '../store/store.ts'

/** Adds a venue. Idempotent. For the seed and the command line. */
export async function addVenue(ctx: Ctx, venue: Omit<VenueRow, 'revision'>): Promise<Ok<{ venue: string }>> {
  requireSystem(ctx.actor)
  orThrow(
    await ctx.store.commit(
      ctx.store.db
        .insertInto('venue')
        .values({ ...venue, revision: 0 })
        .onConflict((oc) => oc.doNothing()),
      note(ctx, 'venue.added', venue.id),
    ),
  )
  return ok({ venue: venue.id })
}
