import { sql } from 'kysely'
import { visiblePrefectures } from '../base/actor.ts'
import { addDays, type CivilDate } from '../base/japan/civil.ts'
import { drawSql, queueOf, unheardSql } from '../booking/queries.ts'
import type { Concerned } from '../changes/queries.ts'
import type { Ctx } from '../context.ts'
import { sessions } from '../schedule/queries.ts'
import type { Session } from '../schedule/session.ts'
import { withinReach } from '../store/reach.ts'
import type { BookingRow, DrawRow, SessionRow } from '../store/schema.ts'

/** The draw of a session, or undefined before it. */
export async function drawOf(ctx: Ctx, session: string): Promise<DrawRow | undefined> {
  return ctx.store.db.selectFrom('draw').selectAll().where('session', '=', session).executeTakeFirst()
}

/** Days ahead in which lotteries are looked for. */
const AHEAD = 365

/**
 * The closed lotteries with entries that are not drawn or announced yet, by date. They are among the first 50 from a
 * day on, for a year. Only of the prefectures that the actor may read.
 */
export async function drawsDue(ctx: Ctx, from: CivilDate): Promise<Session[]> {
  const prefectures = visiblePrefectures(ctx.actor)
  const closed = { acceptance: 'lottery', status: ['closed'] } as const
  const found = await sessions(ctx, { from, to: addDays(from, AHEAD), prefectures, ...closed }, { limit: 50 })
  return found.sessions.filter(({ draw, waiting }) => draw !== 'announced' && waiting > 0)
}

/** A lottery that was over before its entries heard a result. `entries`: how many applications ended so. */
export type MissedDraw = Pick<SessionRow, 'id' | 'date' | 'prefecture' | 'title_ja' | 'title_en'> & { entries: number }

/**
 * The lotteries of these dates that were over before their entries heard a result, by date. Only of the prefectures that
 * the actor may read. One query.
 */
export async function missedDraws(ctx: Ctx, from: CivilDate, to: CivilDate): Promise<MissedDraw[]> {
  const columns = ['session.id', 'session.date', 'session.prefecture', 'session.title_ja', 'session.title_en'] as const
  const rows = await ctx.store.db
    .selectFrom('session')
    .innerJoin('booking', 'booking.session', 'session.id')
    .select([...columns, ({ fn }) => fn.countAll<number | string>().as('entries')])
    .where('session.acceptance', '=', 'lottery')
    .where('session.state', '=', 'published')
    .where('session.date', '>=', from)
    .where('session.date', '<=', to)
    .where('booking.ended', '=', 'session_over')
    .where('booking.drawn', 'is', null)
    .where(drawSql, 'is', null)
    .where(withinReach(ctx, 'session.prefecture'))
    .groupBy(columns)
    .orderBy('session.date')
    .orderBy('session.id')
    .execute()
  return rows.map((row) => ({ ...row, entries: Number(row.entries) }))
}

/** Entries of a lottery, also those withdrawn after the draw. `first`: no other place in the programme yet. */
export async function entriesOf(
  ctx: Ctx,
  session: Session,
): Promise<(Pick<BookingRow, 'id' | 'number' | 'draw_order'> & { first: boolean })[]> {
  const { db } = ctx.store
  const before = db
    .selectFrom('booking as other')
    .select('other.id')
    .where('other.person_key', '=', sql.ref<string>('booking.person_key'))
    .where('other.programme', '=', session.programme.id)
    .where('other.status', 'in', ['booked', 'attended', 'absent'])
  const rows = await db
    .selectFrom('booking')
    .select(['id', 'number', 'draw_order'])
    .select(({ exists }) => exists(before).as('returning'))
    .where('session', '=', session.id)
    .where((eb) => eb.or([eb('status', '=', 'waiting'), eb('draw_order', 'is not', null)]))
    .orderBy('number')
    .execute()
  return rows.map(({ returning, ...entry }) => ({ ...entry, first: !returning }))
}

/** An entry in the order of the draw, for its list. */
export type DrawnEntry = Concerned &
  Pick<BookingRow, 'slot' | 'format' | 'drawn' | 'draw_order' | 'ended' | 'status_before' | 'offer_expires_at'> & {
    unheard: number
  }

/** The entries of a lottery in the order of the draw, also those withdrawn since. One query. */
export async function drawnEntries(ctx: Ctx, session: string): Promise<DrawnEntry[]> {
  return ctx.store.db
    .selectFrom('booking')
    .select(['id', 'number', 'session', 'status', 'seats', 'email', 'company', 'name', 'phone', 'locale', 'revision'])
    .select(['slot', 'format', 'drawn', 'draw_order', 'ended', 'status_before', 'offer_expires_at'])
    .select(unheardSql.as('unheard'))
    .where('session', '=', session)
    .where('draw_order', 'is not', null)
    .orderBy('draw_order')
    .execute()
}

/** The next entry in the order of the draw without a result yet. */
export async function undecidedEntry(ctx: Ctx, session: string): Promise<BookingRow | undefined> {
  return queueOf(ctx, session)
    .selectAll()
    .where('draw_order', 'is not', null)
    .where('drawn', 'is', null)
    .limit(1)
    .executeTakeFirst()
}
