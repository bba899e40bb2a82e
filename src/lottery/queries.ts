import { sql } from 'kysely'
import { visiblePrefectures } from '../base/actor.ts'
import { addDays, type CivilDate } from '../base/japan/civil.ts'
import { queueOf } from '../booking/queries.ts'
import type { Concerned } from '../changes/queries.ts'
import type { Ctx } from '../context.ts'
import { sessions } from '../schedule/queries.ts'
import type { Session } from '../schedule/session.ts'
import type { BookingRow, DrawRow } from '../store/schema.ts'

/** The draw of a session, or undefined before it. */
export async function drawOf(ctx: Ctx, session: string): Promise<DrawRow | undefined> {
  return ctx.store.db.selectFrom('draw').selectAll().where('session', '=', session).executeTakeFirst()
}

/** Days ahead in which lotteries are looked for. */
const AHEAD = 365

/**
 * The closed lotteries with entries that are not drawn or announced yet, by date. They are among the first 50 from a day on,
 * for a year. Only of the prefectures that the actor may read.
 */
export async function drawsDue(ctx: Ctx, from: CivilDate): Promise<Session[]> {
  const prefectures = visiblePrefectures(ctx.actor)
  const closed = { acceptance: 'lottery', status: ['closed'] } as const
  const found = await sessions(ctx, { from, to: addDays(from, AHEAD), prefectures, ...closed }, { limit: 50 })
  return found.sessions.filter(({ draw, waiting }) => draw !== 'announced' && waiting > 0)
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
  Pick<BookingRow, 'slot' | 'format' | 'drawn' | 'draw_order' | 'ended' | 'status_before'>

/** The entries of a lottery in the order of the draw, also those withdrawn since. One query. */
export async function drawnEntries(ctx: Ctx, session: string): Promise<DrawnEntry[]> {
  return ctx.store.db
    .selectFrom('booking')
    .select(['id', 'number', 'session', 'status', 'seats', 'email', 'company', 'name', 'phone', 'revision'])
    .select(['slot', 'format', 'drawn', 'draw_order', 'ended', 'status_before'])
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
