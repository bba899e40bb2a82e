import { addDays, type CivilDate, civilDate } from '../base/japan/civil.ts'
import { proposedClosure } from '../base/japan/holiday.ts'
import type { Ctx } from '../context.ts'
import { closureOn } from '../schedule/closure.ts'
import { closures } from '../schedule/closure-queries.ts'
import { HORIZON_DAYS } from './plan.ts'
import { inputDates, type SeriesInput } from './series-input.ts'

/** A date that a series would have, and why its desk is closed then; null if it is open. */
export type Outlook = { date: CivilDate; closed: { ja: string; en: string } | null }

/** The future dates of a series within the horizon, with known and proposed closures. Changes nothing. */
export async function previewOccurrences(ctx: Ctx, input: SeriesInput): Promise<Outlook[]> {
  const today = civilDate(ctx.clock.now())
  const dates = inputDates(input, today, addDays(today, HORIZON_DAYS))
  const known = await closures(ctx, today, dates.at(-1) ?? today)
  return dates.map((date) => {
    const decided = known.get(date)?.some((one) => one.scope === 'all' || one.scope === input.prefecture)
    const closure = decided ? closureOn(known, date, input.prefecture) : proposedClosure(date)
    return { date, closed: closure && { ja: closure.reason_ja, en: closure.reason_en } }
  })
}
