import type { Instant } from '../base/clock.ts'
import { addDays, type CivilDate, civilDate } from '../base/japan/civil.ts'
import type { Ctx } from '../context.ts'
import { once } from '../store/once.ts'
import { type Closures, closureOn, closuresByDate } from './closure.ts'
import { deadlineAt, MOST_BEFORE, parseDeadline } from './deadline.ts'

/** The days before a session that its deadline can reach back: every second day may be a weekend or closed. */
export const DEADLINE_DAYS = MOST_BEFORE * 2

const between = once((db, { from, to }: { from: CivilDate; to: CivilDate }) =>
  db.selectFrom('closure').selectAll().where('date', '>=', from).where('date', '<=', to),
)

/** The closures from one date to another (both included), by date. */
export async function closures(ctx: Ctx, from: CivilDate, to: CivilDate): Promise<Closures> {
  return closuresByDate(await between.rows(ctx.store.db, { from, to }))
}

/** Whether a prefecture's offices are closed on a coming day, weekends aside. One query. */
export async function closedDays(ctx: Ctx, prefecture: string): Promise<(date: CivilDate) => boolean> {
  const today = civilDate(ctx.clock.now())
  const closed = await closures(ctx, today, addDays(today, DEADLINE_DAYS))
  return (date) => closureOn(closed, date, prefecture) !== null
}

/** When booking of a session would close if it or a slot began at an instant of that day. Two queries. */
export async function bookingClosesOn(
  ctx: Ctx,
  session: string,
  date: CivilDate,
): Promise<(starts_at: Instant) => Instant> {
  const { closes, prefecture } = await ctx.store.db
    .selectFrom('session')
    .select(['closes', 'prefecture'])
    .where('id', '=', session)
    .executeTakeFirstOrThrow()
  const closed = await closures(ctx, addDays(date, -DEADLINE_DAYS), date)
  const deadline = parseDeadline(closes)
  const isClosed = (day: CivilDate) => closureOn(closed, day, prefecture) !== null
  return (starts_at) => deadlineAt(deadline, { date, starts_at }, isClosed)
}
