import { sql } from 'kysely'
import { queueOf } from '../booking/queries.ts'
import type { Concerned } from '../changes/queries.ts'
import type { Ctx } from '../context.ts'
import type { Session } from '../schedule/session.ts'
import type { BookingRow, DrawRow } from '../store/schema.ts'

/** The draw of a session, or undefined before it. */
export async function drawOf(ctx: Ctx, session: string): Promise<DrawRow | undefined> {
  return ctx.store.db.selectFrom('draw').selectAll().where('session', '=', session).executeTakeFirst()
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
