import type { Instant } from './clock.ts'

/** From when until when something takes place. */
export type Hours = { starts_at: Instant; ends_at: Instant }

/** The hours of a session, slot or booking. Null while its start or its end is undecided. */
export function settledHours({ starts_at, ends_at }: { [End in keyof Hours]: Instant | null }): Hours | null {
  return starts_at === null || ends_at === null ? null : { starts_at, ends_at }
}
