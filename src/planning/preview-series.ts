import { addDays, type CivilDate, civilDate } from '../base/japan/civil.ts'
import { proposedClosure } from '../base/japan/holiday.ts'
import type { Ctx } from '../context.ts'
import { closureOn } from '../schedule/closure.ts'
import { closures } from '../schedule/closure-queries.ts'
import { HORIZON_DAYS } from './plan.ts'
import { inputDates, type SeriesInput } from './series-input.ts'

/**
 * A date that a series would have, and why its desk is closed then; null if it is open. `off`: its session is there, and
 * stays skipped or called off.
 */
export type Outlook = {
  date: CivilDate
  closed: { ja: string; en: string } | null
  off: 'skipped' | 'called_off' | null
}

/** The dates of a series whose sessions were moved to another day, or wait for one. One query. */
export async function movedFrom(ctx: Ctx, series: string): Promise<Set<string | null>> {
  const rows = await ctx.store.db
    .selectFrom('session')
    .select('occurrence')
    .where('series', '=', series)
    .where(({ eb, or, ref }) => or([eb('state', '=', 'postponed'), eb('date', '<>', ref('occurrence').$notNull())]))
    .execute()
  return new Set(rows.map(({ occurrence }) => occurrence))
}

/** The sessions of a series that stay skipped or called off, whatever its form says, by date. One query. */
async function offOn(ctx: Ctx, series: string): Promise<Map<string | null, Outlook['off']>> {
  const rows = await ctx.store.db
    .selectFrom('session')
    .select(['occurrence', 'state'])
    .where('series', '=', series)
    .where('state', 'in', ['skipped', 'called_off'])
    .where(({ eb, or }) => or([eb('skipped_by', 'is', null), eb('skipped_by', '<>', 'series')]))
    .execute()
  return new Map(rows.map(({ occurrence, state }) => [occurrence, state === 'called_off' ? state : 'skipped']))
}

/**
 * The future dates of a series within the horizon, with known and proposed closures. Of a series that exists, without the
 * dates whose sessions moved: those are not made again. Changes nothing.
 */
export async function previewOccurrences(ctx: Ctx, input: SeriesInput, series: string | null): Promise<Outlook[]> {
  const today = civilDate(ctx.clock.now())
  const moved = series === null ? new Set() : await movedFrom(ctx, series)
  const dates = inputDates(input, today, addDays(today, HORIZON_DAYS)).filter((date) => !moved.has(date))
  const off = series === null ? null : await offOn(ctx, series)
  const known = await closures(ctx, today, dates.at(-1) ?? today)
  const at = input.formats.includes('onsite') ? input.venue : null
  return dates.map((date) => {
    const decided = known.get(date)?.some((one) => one.scope === 'all' || one.scope === input.prefecture)
    const closure = closureOn(known, date, input.prefecture, at) ?? (decided ? null : proposedClosure(date))
    return { date, closed: closure && { ja: closure.reason_ja, en: closure.reason_en }, off: off?.get(date) ?? null }
  })
}
