import { type RawBuilder, sql } from 'kysely'

/** A text as SQL that every engine takes for one. */
export function text(value: string): RawBuilder<string> {
  return sql<string>`cast(${value} as text)`
}
