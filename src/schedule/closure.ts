import type { CivilDate } from '../base/japan/civil.ts'
import { venueScope } from '../base/japan/closure-scope.ts'
import type { ClosureRow, SessionRow } from '../store/schema.ts'

/** Closures by date. */
export type Closures = ReadonlyMap<CivilDate, readonly ClosureRow[]>

export function closuresByDate(rows: readonly ClosureRow[]): Closures {
  return Map.groupBy(rows, (row) => row.date)
}

/** The venue to which people come, as its closures count; null if nobody comes anywhere. */
export function venueOf({ venue, formats }: Pick<SessionRow, 'venue' | 'formats'>): string | null {
  return formats.split(',').includes('onsite') ? venue : null
}

/**
 * The closure in force in a prefecture on a date, or null. A prefecture's own row overrides the general one, so a desk
 * may open although others are closed. With `venue` also that of the venue. Deadlines count without it.
 */
export function closureOn(
  closures: Closures,
  date: CivilDate,
  prefecture: string,
  venue: string | null = null,
): ClosureRow | null {
  const rows = closures.get(date) ?? []
  const row = rows.find((one) => one.scope === prefecture) ?? rows.find((one) => one.scope === 'all')
  if (row && row.state !== 'lifted') return row
  const own = venue === null ? undefined : rows.find((one) => one.scope === venueScope(venue))
  return own && own.state !== 'lifted' ? own : null
}
