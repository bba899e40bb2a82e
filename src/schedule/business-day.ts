import type { Instant } from '../base/clock.ts'
import { addDays, type CivilDate, civilDate, instantAt, weekday } from '../base/japan/civil.ts'

/** The hour of day in Japan at which a deadline counted in business days falls. */
const CLOSING = '17:00'

/** The end of the n-th business day from now on (weekends and closed days are none), and never past `limit`. */
export function answerEnds(
  days: number,
  now: Instant,
  limit: Instant | null,
  isClosed: (date: CivilDate) => boolean,
): Instant {
  let date = civilDate(now)
  for (let left = days; left > 0; ) {
    date = addDays(date, 1)
    const day = weekday(date)
    if (day !== 0 && day !== 6 && !isClosed(date)) left--
  }
  const ends = instantAt(date, CLOSING)
  return limit !== null && limit < ends ? limit : ends
}
