import type { Instant } from '../base/clock.ts'
import { addDays, type CivilDate, civilDate } from '../base/japan/civil.ts'
import type { Ctx } from '../context.ts'
import { type Closures, closureOn, closuresByDate } from './closure.ts'
import { deadlineAt, parseDeadline } from './deadline.ts'

/** A deadline is never set so many days before a session, closures counted in. */
export const DEADLINE_DAYS = 100

/** The closures from one date to another (both included), by date. */
export async function closures(ctx: Ctx, from: CivilDate, to: CivilDate): Promise<Closures> {
  const rows = ctx.store.db.selectFrom('closure').selectAll().where('date', '>=', from).where('date', '<=', to)
  return closuresByDate(await rows.execute())
}

/** Which days of the weeks ahead the offices of a prefecture are shut, weekends aside. One query. */
export async function closedDays(ctx: Ctx, prefecture: string): Promise<(date: CivilDate) => boolean> {
  const today = civilDate(ctx.clock.now())
  const closed = await closures(ctx, today, addDays(today, DEADLINE_DAYS))
  return (date) => closureOn(closed, date, prefecture) !== null
}

/** When booking of a session would close, were it held on that day and begin at that instant. */
export async function bookingClosesOn(
  ctx: Ctx,
  session: string,
  start: { date: CivilDate; starts_at: Instant },
): Promise<Instant> {
  const { closes, prefecture } = await ctx.store.db
    .selectFrom('session')
    .select(['closes', 'prefecture'])
    .where('id', '=', session)
    .executeTakeFirstOrThrow()
  const closed = await closures(ctx, addDays(start.date, -DEADLINE_DAYS), start.date)
  return deadlineAt(parseDeadline(closes), start, (date) => closureOn(closed, date, prefecture) !== null)
}
