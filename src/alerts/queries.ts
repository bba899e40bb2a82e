import { sql } from 'kysely'
import { type Instant, plusMinutes } from '../base/clock.ts'
import { type CivilDate, civilDate } from '../base/japan/civil.ts'
import { sha256 } from '../base/token.ts'
import { FREE, LIVE } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { sessionsWithIds } from '../schedule/queries.ts'
import type { Session } from '../schedule/session.ts'
import type { AlertPlaceRow, AlertRow } from '../store/schema.ts'
import type { Wishes } from './alert.ts'

/** How many one call ends, deletes or reads; the next call continues. */
export const AT_ONCE = 200

/** Days for which somebody may confirm that they asked. */
const CONFIRM_DAYS = 7

/** The alert whose link carries this token, or undefined. */
export async function alertByToken(ctx: Ctx, token: string): Promise<AlertRow | undefined> {
  return ctx.store.db
    .selectFrom('alert')
    .selectAll()
    .where('token_hash', '=', await sha256(token))
    .executeTakeFirst()
}

/** One alert, or undefined. */
export async function alertById(ctx: Ctx, id: string): Promise<AlertRow | undefined> {
  return ctx.store.db.selectFrom('alert').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The alert that the same person asked for in the same words and has not confirmed, or undefined. */
export async function askedAlert(
  ctx: Ctx,
  { person_key, prefecture, web, kinds, weekdays, ends_on }: Wishes & Pick<AlertRow, 'person_key' | 'ends_on'>,
): Promise<Pick<AlertRow, 'id'> | undefined> {
  return ctx.store.db
    .selectFrom('alert')
    .select('id')
    .where('person_key', '=', person_key)
    .where('state', '=', 'asked')
    .where('prefecture', '=', prefecture)
    .where('web', '=', web)
    .where('kinds', '=', kinds)
    .where('weekdays', '=', weekdays)
    .where('ends_on', '=', ends_on)
    .executeTakeFirst()
}

/** The confirmed alerts of a person for a prefecture: one at most. */
export async function confirmedFor(
  ctx: Ctx,
  { person_key, prefecture }: Pick<AlertRow, 'person_key' | 'prefecture'>,
): Promise<Pick<AlertRow, 'id'>[]> {
  return ctx.store.db
    .selectFrom('alert')
    .select('id')
    .where('state', '=', 'confirmed')
    .where('person_key', '=', person_key)
    .where('prefecture', '=', prefecture)
    .execute()
}

/** What all confirmed alerts are about together: their prefectures, and whether any is about the web. */
export async function wishedPlaces(ctx: Ctx): Promise<{ prefectures: string[]; web: boolean }> {
  const rows = await ctx.store.db
    .selectFrom('alert')
    .select(['prefecture', 'web'])
    .distinct()
    .where('state', '=', 'confirmed')
    .execute()
  return { prefectures: [...new Set(rows.map((row) => row.prefecture))], web: rows.some(({ web }) => web === 1) }
}

/** Confirmed alerts that get no letter today yet, in the order of their ids: `AT_ONCE` at most, after one. */
export async function alertsToTell(ctx: Ctx, today: CivilDate, after: string): Promise<AlertRow[]> {
  return ctx.store.db
    .selectFrom('alert')
    .selectAll()
    .where('state', '=', 'confirmed')
    .where('id', '>', after)
    .where((eb) => eb.or([eb('told_on', 'is', null), eb('told_on', '<', today)]))
    .orderBy('id')
    .limit(AT_ONCE)
    .execute()
}

/** The sessions that had a free place at the last look, and since when. */
export async function placesKnown(ctx: Ctx): Promise<Map<string, Instant>> {
  const rows: AlertPlaceRow[] = await ctx.store.db.selectFrom('alert_place').selectAll().execute()
  return new Map(rows.map(({ session, free_since }) => [session, free_since]))
}

/** The sessions that each of these people has a booking in, by the person's key. */
export async function bookedBy(ctx: Ctx, keys: readonly string[]): Promise<Map<string, Set<string>>> {
  if (keys.length === 0) return new Map()
  const rows = await ctx.store.db
    .selectFrom('booking')
    .select(['person_key', 'session'])
    .where('person_key', 'in', keys)
    .where('status', 'in', LIVE)
    .execute()
  const sessions = new Map<string, Set<string>>()
  for (const { person_key, session } of rows)
    sessions.set(person_key, (sessions.get(person_key) ?? new Set()).add(session))
  return sessions
}

/** The sessions that a letter names, by date and start. `free`: only those that have a place now. */
export async function sessionsNamed(ctx: Ctx, before: string | null, { free }: { free: boolean }): Promise<Session[]> {
  const { sessions = [] } = JSON.parse(before ?? '{}') as { sessions?: string[] }
  const found = await sessionsWithIds(ctx, sessions)
  return free ? found.filter(({ status }) => FREE.includes(status)) : found
}

/** Alerts that end now: those whose last day is over, and those that nobody confirmed within a week. */
export async function alertsToEnd(ctx: Ctx): Promise<Pick<AlertRow, 'id' | 'state' | 'locale'>[]> {
  const now = ctx.clock.now()
  return ctx.store.db
    .selectFrom('alert')
    .select(['id', 'state', 'locale'])
    .where(({ eb, or, and }) =>
      or([
        and([eb('state', '=', 'confirmed'), eb('ends_on', '<', civilDate(now))]),
        and([eb('state', '=', 'asked'), eb('created_at', '<', plusMinutes(now, -CONFIRM_DAYS * 24 * 60))]),
      ]),
    )
    .orderBy('id')
    .limit(AT_ONCE)
    .execute()
}

/** Alerts that ended with an address, and no letter that still needs it. */
export async function alertAddressesToDelete(ctx: Ctx): Promise<string[]> {
  const { db } = ctx.store
  const needed = db
    .selectFrom('outbox')
    .select('outbox.id')
    .where('outbox.subject', '=', sql.ref<string>('alert.id'))
    .where('outbox.about', '=', 'alert')
    .where('outbox.state', 'in', ['waiting', 'claimed', 'kept'])
    .where('outbox.kind', '=', 'alert_over')
  const rows = await db
    .selectFrom('alert')
    .select('alert.id')
    .where('alert.state', '=', 'ended')
    .where('alert.email', 'is not', null)
    .where(({ not, exists }) => not(exists(needed)))
    .orderBy('alert.id')
    .limit(AT_ONCE)
    .execute()
  return rows.map(({ id }) => id)
}
