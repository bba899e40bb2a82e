import type { CivilDate } from '../base/japan/civil.ts'
import type { Ctx } from '../context.ts'
import { withinReach } from '../store/reach.ts'
import type { DeskRow, ProgrammeRow, VenueRow } from '../store/schema.ts'
import type { Session } from './session.ts'

/** One venue, or undefined. */
export async function venueById(ctx: Ctx, id: string): Promise<VenueRow | undefined> {
  return ctx.store.db.selectFrom('venue').selectAll().where('id', '=', id).executeTakeFirst()
}

/** A venue as a session shows it, or null. */
export async function venueOn(ctx: Ctx, id: string): Promise<Session['venue']> {
  const venue = await venueById(ctx, id)
  if (!venue) return null
  const { name_ja, name_en, address, area_only } = venue
  return { id, name: { ja: name_ja, en: name_en }, address, areaOnly: area_only === 1 }
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

/** The venues of the prefectures that the actor may read. One query. */
export async function venues(ctx: Ctx): Promise<VenueRow[]> {
  return ctx.store.db
    .selectFrom('venue')
    .selectAll()
    .where(withinReach(ctx, 'prefecture'))
    .orderBy('prefecture')
    .orderBy('name_ja')
    .execute()
}
