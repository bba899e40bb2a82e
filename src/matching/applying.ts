import { addDays, type CivilDate, civilDate } from '../base/japan/civil.ts'
import type { Ctx } from '../context.ts'
import { addBusinessDays } from '../schedule/business-day.ts'
import { closureOn } from '../schedule/closure.ts'
import { closures } from '../schedule/closure-queries.ts'
import { programmeOn } from '../schedule/place-queries.ts'
import type { ProgrammeRow } from '../store/schema.ts'

/** Business days before the end of a programme until which firms may apply, unless it says another day. */
const DAYS_BEFORE = 20

/** The most days that these can take: every second day may be a weekend or closed. */
const LOOKS_BACK = DAYS_BEFORE * 3

/** The last day on which a firm may apply for an expert in a programme. One query. */
async function lastDay(ctx: Ctx, { ends_on, experts_until }: ProgrammeRow): Promise<CivilDate> {
  if (experts_until !== null) return experts_until
  const closed = await closures(ctx, addDays(ends_on, -LOOKS_BACK), ends_on)
  return addBusinessDays(ends_on, -DAYS_BEFORE, (date) => closureOn(closed, date, 'all') !== null)
}

/** The programme in which firms may apply for an expert now, and the last day for it. Null if they may not. */
export async function applyingIn(ctx: Ctx): Promise<{ programme: ProgrammeRow; until: CivilDate } | null> {
  const today = civilDate(ctx.clock.now())
  const programme = await programmeOn(ctx, today)
  if (!programme || programme.visits === 0) return null
  const until = await lastDay(ctx, programme)
  return today > until ? null : { programme, until }
}
