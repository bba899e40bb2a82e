import { sql } from 'kysely'
import { type Instant, plusMinutes } from '../base/clock.ts'
import { sha256 } from '../base/token.ts'
import { LIVE } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { sessionById } from '../schedule/queries.ts'
import { isOverForGood } from '../schedule/status-filter.ts'
import { expectSame } from '../store/expectation.ts'
import type { InterestRow, OutboxRow, SessionRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import type { Interest } from './interest.ts'

async function withSession(ctx: Ctx, row: InterestRow | undefined): Promise<Interest | undefined> {
  const session = row && (await sessionById(ctx, row.session))
  return row && session && { ...row, session_view: session }
}

/** The row of the interest whose link carries this token, or undefined. */
export async function interestRowByToken(ctx: Ctx, token: string): Promise<InterestRow | undefined> {
  return ctx.store.db
    .selectFrom('interest')
    .selectAll()
    .where('token_hash', '=', await sha256(token))
    .executeTakeFirst()
}

/** The interest whose link carries this token, with its session, or undefined. */
export async function interestByToken(ctx: Ctx, token: string): Promise<Interest | undefined> {
  return withSession(ctx, await interestRowByToken(ctx, token))
}

/** One interest with its session, or undefined. */
export async function interestById(ctx: Ctx, id: string): Promise<Interest | undefined> {
  const row = await ctx.store.db.selectFrom('interest').selectAll().where('id', '=', id).executeTakeFirst()
  return withSession(ctx, row)
}

/** Interests in a session with a confirmed address. */
export async function confirmedInterests(ctx: Ctx, session: string): Promise<Pick<InterestRow, 'id'>[]> {
  const { db } = ctx.store
  return db
    .selectFrom('interest')
    .select('id')
    .where('session', '=', session)
    .where('state', '=', 'confirmed')
    .execute()
}

/** Breaks `still_true` unless the confirmed interests in a session are those that were read. */
export function expectSameInterests(ctx: Ctx, session: string, interests: readonly Pick<InterestRow, 'id'>[]): Write {
  const confirmed = ctx.store.db.selectFrom('interest').where('session', '=', session).where('state', '=', 'confirmed')
  // An interest has no revision: only its state matters.
  return expectSame(
    ctx,
    confirmed.select(['id', sql.lit(0).as('revision')]),
    interests.map(({ id }) => ({ id, revision: 0 })),
  )
}

/**
 * Confirmed interests in sessions that have their hours now, with their public opening time and SEQUENCE. `booked`: its
 * person has a booking there, whose letters say the date. At most 500.
 */
export async function settledInterests(
  ctx: Ctx,
): Promise<(Pick<InterestRow, 'id' | 'locale'> & { opens_at: Instant; sequence: number; booked: boolean })[]> {
  const rows = await ctx.store.db
    .selectFrom('interest')
    .innerJoin('session', 'session.id', 'interest.session')
    .select(['interest.id', 'interest.locale', 'session.opens_at', 'session.sequence'])
    .select(({ selectFrom }) =>
      selectFrom('booking')
        .select(({ fn }) => fn.countAll<number | string>().as('live'))
        .whereRef('booking.session', '=', 'interest.session')
        .where('booking.status', 'in', LIVE)
        .where('booking.person_key', '=', sql.ref<string>('interest.person_key'))
        .as('booked'),
    )
    .where('interest.state', '=', 'confirmed')
    .where('session.starts_at', 'is not', null)
    .where('session.state', '=', 'published')
    .orderBy('interest.id')
    .limit(500)
    .execute()
  return rows.map((row) => ({ ...row, booked: Number(row.booked) > 0 }))
}

/** The states of a session that does not take place. */
const OFF: readonly SessionRow['state'][] = ['called_off', 'skipped']

/** A session of which people know or await the date and hours. */
type FollowedSession = Pick<SessionRow, 'id' | 'date' | 'starts_at' | 'ends_at' | 'sequence'>

/** Sessions that are held after all, with interests that ended when they were skipped and whose addresses stayed. */
export async function returnedSessions(ctx: Ctx): Promise<FollowedSession[]> {
  return ctx.store.db
    .selectFrom('session')
    .innerJoin('programme', 'programme.id', 'session.programme')
    .select(['session.id', 'session.date', 'session.starts_at', 'session.ends_at', 'session.sequence'])
    .where('session.state', '=', 'published')
    .where((eb) => eb(eb.case().when(isOverForGood(eb, ctx.clock.now())).then(1).else(0).end(), '=', 0))
    .where('session.id', 'in', ({ selectFrom }) =>
      selectFrom('interest')
        .select('interest.session')
        .where('interest.state', '=', 'ended')
        .where('interest.email', 'is not', null),
    )
    .limit(AT_ONCE)
    .execute()
}

/** How many one call ends or deletes; the next tick continues. */
const AT_ONCE = 200

/** An interest to end, and whether it gets a letter. `sequence` is of its session. */
type Over = Pick<InterestRow, 'id' | 'locale' | 'state'> & { told: boolean; sequence: number }

/**
 * Interests that have not ended, in sessions that are over or off. People who wait for the date get a letter. If it is
 * off, people who know it get one too. Nobody whose booking has its own letter does. At most 200.
 */
export async function overInterests(ctx: Ctx, now: Instant): Promise<Over[]> {
  const rows = await ctx.store.db
    .selectFrom('interest')
    .innerJoin('session', 'session.id', 'interest.session')
    .innerJoin('programme', 'programme.id', 'session.programme')
    .leftJoin('booking', (join) =>
      join
        .onRef('booking.session', '=', 'interest.session')
        .onRef('booking.person_key', '=', 'interest.person_key')
        .on('booking.ended', '=', 'called_off'),
    )
    .select(['interest.id', 'interest.locale', 'interest.state', 'session.sequence', 'booking.id as booking'])
    .select('session.state as session_state')
    .where('interest.state', '<>', 'ended')
    .where((eb) => eb.or([isOverForGood(eb, now), eb('session.state', 'in', OFF)]))
    .orderBy('interest.id')
    .limit(AT_ONCE)
    .execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return [...byId.values()].map(({ session_state, booking, ...row }) => {
    const isOff = OFF.includes(session_state)
    return { ...row, told: isOff ? row.state !== 'asked' && booking === null : row.state === 'confirmed' }
  })
}

/** Days for which addresses stay after a session is called off or skipped: it may be held again. */
const KEPT_DAYS = 7

/**
 * Interests that ended with an address, and no letter that still needs it. In a session that is off they stay
 * for some days. At most 200.
 */
export async function addressesToDelete(ctx: Ctx): Promise<string[]> {
  const { db } = ctx.store
  const needed = db
    .selectFrom('outbox')
    .select('outbox.id')
    .where('outbox.subject', '=', sql.ref<string>('interest.id'))
    .where('outbox.about', '=', 'interest')
    .where('outbox.state', 'in', ['waiting', 'claimed', 'kept'])
    .where('outbox.kind', '=', 'interest_over')
  const since = plusMinutes(ctx.clock.now(), -KEPT_DAYS * 24 * 60)
  const rows = await db
    .selectFrom('interest')
    .innerJoin('session', 'session.id', 'interest.session')
    .select('interest.id')
    .where(({ eb, or }) => or([eb('session.state', 'not in', OFF), eb('interest.updated_at', '<=', since)]))
    .where('interest.state', '=', 'ended')
    .where('interest.email', 'is not', null)
    .where(({ not, exists }) => not(exists(needed)))
    .orderBy('interest.id')
    .limit(AT_ONCE)
    .execute()
  return rows.map((row) => row.id)
}

/** The letters to somebody who asked for a date, in the order of events. */
export async function interestLetters(ctx: Ctx, interest: string): Promise<OutboxRow[]> {
  return ctx.store.db
    .selectFrom('outbox')
    .selectAll()
    .where('subject', '=', interest)
    .where('about', '=', 'interest')
    .orderBy('created_at')
    .orderBy('sequence')
    .orderBy('id')
    .execute()
}
