import type { Instant } from './clock.ts'

/** From when until when something takes place. */
export type Hours = { starts_at: Instant; ends_at: Instant }

/** Hours that may be undecided. */
type Open = { [End in keyof Hours]: Instant | null }

/** The hours of a session, slot or booking. Null while its start or its end is undecided. */
export function settledHours({ starts_at, ends_at }: Open): Hours | null {
  return starts_at === null || ends_at === null ? null : { starts_at, ends_at }
}

/** When a booking takes place: the slot's hours, else the session's; null while undecided or postponed. */
export function timeOf({
  session,
  slot,
}: {
  session: Open & { former: object | null }
  slot: Open | null
}): Hours | null {
  return session.former === null ? settledHours(slot ?? session) : null
}

/** Whether the own time of a booking is over at the instant `now`. Its day may still run for others. */
export function isPast(booking: Parameters<typeof timeOf>[0], now: Instant): boolean {
  const ends = timeOf(booking)?.ends_at
  return ends !== undefined && now >= ends
}
