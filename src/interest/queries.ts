import { sql } from 'kysely'
import type { Instant } from '../base/clock.ts'
import { sha256 } from '../base/token.ts'
import type { Ctx } from '../context.ts'
import { sessionById } from '../schedule/queries.ts'
import { isOverForGood } from '../schedule/status-filter.ts'
import { expectSame } from '../store/expectation.ts'
import type { InterestRow } from '../store/schema.ts'
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

/** Confirmed interests in sessions that have their hours now, with the public opening time. At most 500. */
export async function settledInterests(
  ctx: Ctx,
): Promise<(Pick<InterestRow, 'id' | 'locale'> & { opens_at: Instant })[]> {
  return ctx.store.db
    .selectFrom('interest')
    .innerJoin('session', 'session.id', 'interest.session')
    .select(['interest.id', 'interest.locale', 'session.opens_at'])
    .where('interest.state', '=', 'confirmed')
    .where('session.starts_at', 'is not', null)
    .where('session.state', '=', 'published')
    .orderBy('interest.id')
    .limit(500)
    .execute()
}

/** How many one call ends or deletes; the next tick continues. */
const AT_ONCE = 200

/** Interests that have not ended, in sessions that are over or called off. At most 200. */
export async function overInterests(ctx: Ctx, now: Instant): Promise<Pick<InterestRow, 'id' | 'locale' | 'state'>[]> {
  return ctx.store.db
    .selectFrom('interest')
    .innerJoin('session', 'session.id', 'interest.session')
    .innerJoin('programme', 'programme.id', 'session.programme')
    .select(['interest.id', 'interest.locale', 'interest.state'])
    .where('interest.state', '<>', 'ended')
    .where((eb) => eb.or([isOverForGood(eb, now), eb('session.state', '=', 'called_off')]))
    .orderBy('interest.id')
    .limit(AT_ONCE)
    .execute()
}

/** Interests that ended with an address, and no letter that still needs it. At most 200. */
export async function addressesToDelete(ctx: Ctx): Promise<string[]> {
  const { db } = ctx.store
  const needed = db
    .selectFrom('outbox')
    .select('outbox.id')
    .where('outbox.subject', '=', sql.ref<string>('interest.id'))
    .where('outbox.about', '=', 'interest')
    .where('outbox.state', 'in', ['waiting', 'claimed', 'kept'])
    .where('outbox.kind', '=', 'interest_over')
  const rows = await db
    .selectFrom('interest')
    .select('interest.id')
    .where('interest.state', '=', 'ended')
    .where('interest.email', 'is not', null)
    .where(({ not, exists }) => not(exists(needed)))
    .orderBy('interest.id')
    .limit(AT_ONCE)
    .execute()
  return rows.map((row) => row.id)
}
