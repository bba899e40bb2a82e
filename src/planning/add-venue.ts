import { requireSystem } from '../base/actor.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import type { VenueRow } from '../store/schema.ts'
import { orThrow } from '../store/store.ts'

/** A venue of the seed. What is left out is unknown. */
type SeededVenue = Pick<VenueRow, 'id' | 'prefecture' | 'name_ja' | 'name_en' | 'address' | 'area_only' | 'printed'> &
  Partial<Omit<VenueRow, 'revision'>>

/** Adds a venue. Idempotent. For the seed and the command line. */
export async function addVenue(ctx: Ctx, venue: SeededVenue): Promise<Ok<{ venue: string }>> {
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
