import type { CivilDate } from '../base/japan/civil.ts'
import type { ClosureRow } from '../store/schema.ts'

/** Closures by date. */
export type Closures = ReadonlyMap<CivilDate, readonly ClosureRow[]>

export function closuresByDate(rows: readonly ClosureRow[]): Closures {
  return Map.groupBy(rows, (row) => row.date)
}

/**
 * The closure in force in a prefecture on a date, or null. A prefecture's own row overrides the general one, so a desk
 * may open although others are closed.
 */
export function closureOn(closures: Closures, date: CivilDate, prefecture: string): ClosureRow | null {
  const rows = closures.get(date) ?? []
  const row = rows.find((one) => one.scope === prefecture) ?? rows.find((one) => one.scope === 'all')
  return row && row.state !== 'lifted' ? row : null
}
