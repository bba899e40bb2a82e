import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { visiblePrefectures } from '../base/actor.ts'
import type { Writer } from './store.ts'

/**
 * A condition: `column` holds one of these prefecture codes. `null` means any prefecture; an empty list means none.
 */
export function inPrefectures(column: string, codes: readonly string[] | null): RawBuilder<SqlBool> {
  if (codes === null) return sql<SqlBool>`1 = 1`
  if (codes.length === 0) return sql<SqlBool>`1 = 0`
  // As literals: a statement may ask several times, and D1 binds at most 100 values.
  return sql<SqlBool>`${sql.ref(column)} in (${sql.join(codes.map((code) => sql.lit(code)))})`
}

/**
 * A condition for every list of the console: `column` holds a prefecture that the actor may read. Without it, a desk
 * reads the rows of other desks (docs/domain.md rule 11).
 */
export function withinReach({ actor }: Pick<Writer, 'actor'>, column: string): RawBuilder<SqlBool> {
  return inPrefectures(column, visiblePrefectures(actor))
}
