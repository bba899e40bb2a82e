import type { Instant } from '../base/clock.ts'
import type { CivilDate } from '../base/japan/civil.ts'
import type { StandingRow } from '../base/standing.ts'
import { queueOf, STANDING } from '../booking/queries.ts'
import type { Ctx } from '../context.ts'
import { isOverForGood } from '../schedule/status-filter.ts'
import { inQueueOrder } from '../store/queue-order.ts'
import { withinReach } from '../store/reach.ts'
import type { BookingRow } from '../store/schema.ts'
import type { PhonedAbout } from './mark-phoned.ts'

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

/** Offers and requests whose time ended by the instant `now`, the longest over first. No clock runs while postponed. */
export async function expiredOffers(ctx: Ctx, now: Instant): Promise<string[]> {
  const rows = await ctx.store.db
    .selectFrom('booking')
    .innerJoin('session', 'session.id', 'booking.session')
    .select('booking.id')
    .where('booking.status', 'in', ['offered', 'requested'])
    .where('booking.offer_expires_at', '<=', now)
    .where('session.state', '<>', 'postponed')
    .orderBy('booking.offer_expires_at')
    .execute()
  return rows.map((row) => row.id)
}

/** How many one call ends; the next tick continues. */
const ENDED_AT_ONCE = 200

/**
 * What still waits, is offered or is requested in sessions that are over. Also the bookings of sessions that were
 * postponed and got no day until their programme ended. At most 200.
 */
export async function pendingInOver(ctx: Ctx, now: Instant): Promise<string[]> {
  const rows = await ctx.store.db
    .selectFrom('booking')
    .innerJoin('session', 'session.id', 'booking.session')
    .innerJoin('programme', 'programme.id', 'session.programme')
    .select('booking.id')
    .where((eb) =>
      eb.or([
        eb('booking.status', 'in', ['waiting', 'offered', 'requested']),
        eb.and([eb('booking.status', '=', 'booked'), eb('session.state', '=', 'postponed')]),
      ]),
    )
    .where((eb) => isOverForGood(eb, now))
    .orderBy('booking.id')
    .limit(ENDED_AT_ONCE)
    .execute()
  return rows.map((row) => row.id)
}

/** Somebody who waits, for the desk to call. */
export type Caller = Pick<
  BookingRow,
  'id' | 'number' | 'company' | 'name' | 'phone' | 'session' | 'slot' | 'seats' | 'format'
>

/**
 * The parties that wait in sessions with a free place, from a date on. Session by session, in the order of the queue. Of
 * prefectures that the asker may read. At most 500. One query.
 */
export async function waitingBeside(ctx: Ctx, from: CivilDate): Promise<Caller[]> {
  return ctx.store.db
    .selectFrom('booking')
    .innerJoin('session', 'session.id', 'booking.session')
    .select(['booking.id', 'booking.number', 'booking.company', 'booking.name', 'booking.phone'])
    .select(['booking.session', 'booking.slot', 'booking.seats', 'booking.format'])
    .where('booking.status', '=', 'waiting')
    .where('session.date', '>=', from)
    .where('session.state', '=', 'published')
    .where((eb) =>
      eb.or([eb('session.capacity', 'is', null), eb('session.seats_taken', '<', eb.ref('session.capacity'))]),
    )
    .where(withinReach(ctx, 'session.prefecture'))
    .orderBy('session.date')
    .orderBy('session.id')
    .$call(inQueueOrder)
    .limit(500)
    .execute()
}

/** The calls to somebody who waits: how many reached nobody, and the last one. */
export type Phoned = { tries: number; at: Instant; reached: boolean }

/**
 * The calls after the deadline to the parties that wait from a date on, by the id of the booking. Of prefectures that the
 * asker may read. One query.
 */
export async function phonedAbout(ctx: Ctx, from: CivilDate, about: PhonedAbout): Promise<Map<string, Phoned>> {
  const rows = await ctx.store.db
    .selectFrom('journal')
    .innerJoin('booking', 'booking.id', 'journal.subject')
    .innerJoin('session', 'session.id', 'booking.session')
    .select(['journal.subject', 'journal.act', 'journal.at'])
    .where('journal.act', 'in', ['booking.called', 'booking.not_reached'])
    .where('journal.detail', '=', JSON.stringify({ about }))
    .where('booking.status', '=', 'waiting')
    .where('session.date', '>=', from)
    .where(withinReach(ctx, 'session.prefecture'))
    .orderBy('journal.at')
    .orderBy('journal.id')
    .execute()
  const found = new Map<string, Phoned>()
  for (const { subject, act, at } of rows) {
    const reached = act === 'booking.called'
    found.set(subject, { tries: (found.get(subject)?.tries ?? 0) + (reached ? 0 : 1), at, reached })
  }
  return found
}

/**
 * The parties that wait in the sessions of these days (both included). Session by session, in the order of the queue. Of
 * prefectures that the asker may read. At most 500. One query.
 */
export async function waitingBetween(ctx: Ctx, from: CivilDate, to: CivilDate): Promise<Caller[]> {
  return ctx.store.db
    .selectFrom('booking')
    .innerJoin('session', 'session.id', 'booking.session')
    .select(['booking.id', 'booking.number', 'booking.company', 'booking.name', 'booking.phone'])
    .select(['booking.session', 'booking.slot', 'booking.seats', 'booking.format'])
    .where('booking.status', '=', 'waiting')
    .where('session.date', '>=', from)
    .where('session.date', '<=', to)
    .where('session.state', '=', 'published')
    .where(withinReach(ctx, 'session.prefecture'))
    .orderBy('session.date')
    .orderBy('session.id')
    .$call(inQueueOrder)
    .limit(500)
    .execute()
}

/** A place that is held for somebody: an open offer, or a request that the desk must answer. */
export type Pending = Pick<BookingRow, 'id' | 'number' | 'company' | 'name' | 'phone' | 'session'> &
  StandingRow & {
    date: CivilDate | null
  }

/**
 * Open offers and requests, the soonest end first; not of sessions that are postponed or over. Of prefectures that the
 * asker may read. At most 50. One query.
 */
export async function pending(ctx: Ctx): Promise<Pending[]> {
  return ctx.store.db
    .selectFrom('booking')
    .innerJoin('session', 'session.id', 'booking.session')
    .innerJoin('programme', 'programme.id', 'session.programme')
    .select(['booking.id', 'booking.number', 'booking.company', 'booking.name', 'booking.phone'])
    .select(STANDING)
    .select(['booking.session', 'session.date'])
    .where('booking.status', 'in', ['offered', 'requested'])
    .where('session.state', '<>', 'postponed')
    .where((eb) => eb.not(isOverForGood(eb, ctx.clock.now())))
    .where(withinReach(ctx, 'session.prefecture'))
    .orderBy('booking.offer_expires_at')
    .limit(50)
    .execute()
}
