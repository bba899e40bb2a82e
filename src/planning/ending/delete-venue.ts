import { requireDesk } from '../../base/actor.ts'
import { isAsShown, type ShownFields, shownIn } from '../../base/fingerprint.ts'
import { venueScope } from '../../base/japan/closure-scope.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { venueById } from '../../schedule/place-queries.ts'
import { expectNone, unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { refusalFor } from '../../store/retry.ts'
import type { VenueRow } from '../../store/schema.ts'

/** What a page shows before a venue is deleted. */
export function deletedVenueFields({ id, revision }: Pick<VenueRow, 'id' | 'revision'>): ShownFields {
  return ['delete venue', id, revision]
}

/** The queries for the sessions and series that have a venue, or ever had it. */
function uses(ctx: Ctx, venue: string) {
  const { db } = ctx.store
  return [
    db.selectFrom('session').select('session.id').where('venue', '=', venue),
    db.selectFrom('series').select('series.id').where('venue', '=', venue),
  ] as const
}

/** A venue, and whether a session or series has it. For the desk of its prefecture. Throws `NotFound`, `Forbidden`. */
export async function previewVenueDeletion(ctx: Ctx, id: string): Promise<{ venue: VenueRow; used: boolean }> {
  const venue = await venueById(ctx, id)
  if (!venue) throw new NotFound('venue')
  requireDesk(ctx.actor, venue.prefecture)
  const [sessions, series] = uses(ctx, id)
  const used = (await sessions.limit(1).executeTakeFirst()) ?? (await series.limit(1).executeTakeFirst())
  return { venue, used: used !== undefined }
}

/** Deleted. Refused `used` if a session or series has it, `changed` if it is not as it was shown. */
export type VenueDeleted = Ok<object> | Refused<'used' | 'changed'>

/** Deletes a venue that no session and no series has. For the desk of its prefecture. Throws `NotFound`, `Forbidden`. */
export async function deleteVenue(ctx: Ctx, id: string, given: unknown = {}): Promise<VenueDeleted> {
  const { venue, used } = await previewVenueDeletion(ctx, id)
  if (used) return refused('used')
  if (!(await isAsShown(shownIn(given), deletedVenueFields(venue)))) return refused('changed')
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'venue', venue),
    ...uses(ctx, id).map((query) => expectNone(ctx, query)),
    ctx.store.db.deleteFrom('closure').where('scope', '=', venueScope(id)),
    // A room of a venue that its session left counts nowhere.
    ctx.store.db.updateTable('duty').set({ venue: null, room: '', room_key: '' }).where('venue', '=', id),
    ctx.store.db.deleteFrom('venue').where('id', '=', id),
    note(ctx, 'venue.deleted', id, { name: { ja: venue.name_ja, en: venue.name_en } }),
  )
  if (done.ok) return ok({})
  return (await previewVenueDeletion(ctx, id)).used ? refused('used') : refusalFor(done)
}
