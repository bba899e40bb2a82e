import type { CivilDate } from '../base/japan/civil.ts'
import type { ClosureRow } from '../store/schema.ts'

/** Closures by date. */
export type Closures = ReadonlyMap<CivilDate, readonly ClosureRow[]>

export function closuresByDate(rows: readonly ClosureRow[]): Closures {
  return Map.groupBy(rows, (row) => row.date)
}

/**
 * The closure in force in a prefecture on a date, or null. A prefecture's own row wins over the one for all, so that a
 * desk may open on a day that is closed elsewhere.
 */
export function closureOn(closures: Closures, date: CivilDate, prefecture: string): ClosureRow | null {
  const rows = closures.get(date) ?? []
  const row = rows.find((one) => one.scope === prefecture) ?? rows.find((one) => one.scope === 'all')
  return row && row.state !== 'lifted' ? row : null
}
