import type { Instant } from '../base/clock.ts'
import type { CivilDate } from '../base/japan/civil.ts'
import { queueOf } from '../booking/queries.ts'
import { drawSql, STANDING_COLUMNS, type StandingRow } from '../booking/standing.ts'
import type { Ctx } from '../context.ts'
import { withinReach } from '../store/reach.ts'
import type { BookingRow } from '../store/schema.ts'

/** The sessions in which somebody waits, from a date on. */
export async function awaitedSessions(ctx: Ctx, from: CivilDate): Promise<string[]> {
  const rows = await ctx.store.db
    .selectFrom('booking')
    .innerJoin('session', 'session.id', 'booking.session')
    .select('session.id')
    .where('booking.status', '=', 'waiting')
    .where('session.date', '>=', from)
    .distinct()
    .orderBy('session.id')
    .execute()
  return rows.map((row) => row.id)
}

/** A session's waiting list, in order. */
export async function waitingIn(ctx: Ctx, session: string): Promise<BookingRow[]> {
  return queueOf(ctx, session).selectAll().execute()
}

/** Offers and requests whose time ended by the instant `now`, the longest over first. */
export async function expiredOffers(ctx: Ctx, now: Instant): Promise<string[]> {
  const rows = await ctx.store.db
    .selectFrom('booking')
    .select('id')
    .where('status', 'in', ['offered', 'requested'])
    .where('offer_expires_at', '<=', now)
    .orderBy('offer_expires_at')
    .execute()
  return rows.map((row) => row.id)
}

/** A place that is held for somebody: an open offer, or a request that the desk must answer. */
export type Pending = Pick<BookingRow, 'id' | 'number' | 'company' | 'name' | 'phone' | 'session'> &
  StandingRow & {
    offer_expires_at: Instant | null
    date: CivilDate | null
  }

/** Open offers and requests, the soonest end first; of prefectures that the asker may read. At most 50. One query. */
export async function pending(ctx: Ctx): Promise<Pending[]> {
  return ctx.store.db
    .selectFrom('booking')
    .innerJoin('session', 'session.id', 'booking.session')
    .select(['booking.id', 'booking.number', 'booking.company', 'booking.name', 'booking.phone'])
    .select([...STANDING_COLUMNS, drawSql.as('draw')])
    .select(['booking.session', 'booking.offer_expires_at', 'session.date'])
    .where('booking.status', 'in', ['offered', 'requested'])
    .where(withinReach(ctx, 'session.prefecture'))
    .orderBy('booking.offer_expires_at')
    .limit(50)
    .execute()
}
