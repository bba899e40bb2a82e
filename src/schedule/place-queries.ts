import type { CivilDate } from '../base/japan/civil.ts'
import type { Ctx } from '../context.ts'
import { withinReach } from '../store/reach.ts'
import type { DeskRow, ProgrammeRow, VenueRow } from '../store/schema.ts'
import type { Session } from './session.ts'
import { shownVenue } from './venue.ts'

/**
 * The id of a venue as it is now, for sessions of the past, when it becomes another place. Such a venue is not offered or
 * changed any more.
 */
export const formerVenueId = ({ id, revision }: Pick<VenueRow, 'id' | 'revision'>) => `${id}@${revision}`

/** A query for the venues that are not only where sessions of the past were. */
const venuesNow = ({ store }: Ctx) => store.db.selectFrom('venue').selectAll().where('id', 'not like', '%@%')

/** One venue, or undefined. */
export async function venueById(ctx: Ctx, id: string): Promise<VenueRow | undefined> {
  return venuesNow(ctx).where('id', '=', id).executeTakeFirst()
}

/** A venue as a session shows it, or null. */
export async function venueOn(ctx: Ctx, id: string): Promise<Session['venue']> {
  const venue = await venueById(ctx, id)
  return venue ? shownVenue(venue) : null
}

/** One desk as a row, or undefined. */
export async function deskById(ctx: Ctx, id: string): Promise<DeskRow | undefined> {
  return ctx.store.db.selectFrom('desk').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The programme (fiscal year) that a date belongs to. */
export async function programmeOn(ctx: Ctx, date: CivilDate): Promise<ProgrammeRow | undefined> {
  return ctx.store.db
    .selectFrom('programme')
    .selectAll()
    .where('starts_on', '<=', date)
    .where('ends_on', '>=', date)
    .executeTakeFirst()
}

/** The venues of the prefectures that the actor may read, without those of the past. One query. */
export async function venues(ctx: Ctx): Promise<VenueRow[]> {
  return venuesNow(ctx).where(withinReach(ctx, 'prefecture')).orderBy('prefecture').orderBy('name_ja').execute()
}
