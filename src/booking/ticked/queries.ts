import { sql } from 'kysely'
import { requireAccount } from '../../base/actor.ts'
import { plusMinutes } from '../../base/clock.ts'
import type { Ctx } from '../../context.ts'
import type { TickedBookingRow, TickedRow } from '../../store/schema.ts'

/** An act on ticked bookings with what became of each of them, or undefined. Two queries. */
export async function tickedById(
  ctx: Ctx,
  id: string,
): Promise<(Pick<TickedRow, 'id' | 'act' | 'state'> & { bookings: TickedBookingRow[] }) | undefined> {
  const { db } = ctx.store
  const row = await db.selectFrom('ticked').select(['id', 'act', 'state']).where('id', '=', id).executeTakeFirst()
  if (!row) return undefined
  const found = db.selectFrom('ticked_booking').selectAll().where('ticked', '=', id)
  return { ...row, bookings: await found.orderBy('position').execute() }
}

/** How far an act on ticked bookings is. */
export type TickedProgress = Pick<TickedRow, 'id' | 'act' | 'state'> & { all: number; over: number }

/** Minutes for which the ledger leads to what is over. */
const LATELY = 60

/** The most acts that the ledger leads to. */
const LISTED = 3

/** The last acts on ticked bookings of this account: under way, or over for an hour at most. One query. */
export async function ownTicked(ctx: Ctx): Promise<TickedProgress[]> {
  const rows = await ctx.store.db
    .selectFrom('ticked')
    .innerJoin('ticked_booking', 'ticked_booking.ticked', 'ticked.id')
    .select(['ticked.id', 'ticked.act', 'ticked.state'])
    .select(({ fn }) => fn.countAll<number | string>().as('all'))
    .select(sql<number | string>`sum(case when ticked_booking.state = 'waiting' then 0 else 1 end)`.as('over'))
    .where('ticked.account', '=', requireAccount(ctx.actor))
    .where('ticked.updated_at', '>', plusMinutes(ctx.clock.now(), -LATELY))
    .groupBy(['ticked.id', 'ticked.act', 'ticked.state'])
    .orderBy('ticked.id', 'desc')
    .limit(LISTED)
    .execute()
  return rows.map(({ all, over, ...row }) => ({ ...row, all: Number(all), over: Number(over) }))
}
