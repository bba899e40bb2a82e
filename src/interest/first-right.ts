import { type Instant, plusMinutes } from '../base/clock.ts'
import type { Ctx } from '../context.ts'
import { bookingClosesOn } from '../schedule/closure-queries.ts'
import type { SessionRow } from '../store/schema.ts'
import { earlyAccessUntil } from './interest.ts'
import { confirmedInterests } from './queries.ts'

/**
 * When booking of a session that gets its hours opens to everybody. FIRST_RIGHT_HOURS later if people wait for them
 * (`awaited`), but never later than the midpoint to its end. At once if nobody does.
 */
export async function opensAt(
  ctx: Ctx,
  session: string,
  { date, starts_at }: { date: string; starts_at: Instant },
  awaited: boolean,
): Promise<Instant> {
  const now = ctx.clock.now()
  if (!awaited) return now
  const closesAt = await bookingClosesOn(ctx, session, date)
  return earlyAccessUntil(now, plusMinutes(now, ctx.config.firstRightHours * 60), closesAt(starts_at))
}

/**
 * The column to set if an edit gives a session its first hours while people wait for them. `notifySettled` notifies them,
 * and they book first. Empty for any other edit.
 */
export async function firstRight(
  ctx: Ctx,
  { id, date, starts_at: had }: Pick<SessionRow, 'id' | 'date' | 'starts_at'>,
  { starts_at = null }: Partial<Pick<SessionRow, 'starts_at'>>,
): Promise<Partial<Pick<SessionRow, 'opens_at'>>> {
  if (had !== null || starts_at === null || date === null) return {}
  const awaited = (await confirmedInterests(ctx, id)).length > 0
  return awaited ? { opens_at: await opensAt(ctx, id, { date, starts_at }, awaited) } : {}
}
