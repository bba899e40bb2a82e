import type { Instant } from '../base/clock.ts'
import { addDays, type CivilDate, civilDate, instantAt, weekday } from '../base/japan/civil.ts'

/** The time of day in Japan of a deadline counted in business days. */
const CLOSING = '17:00'

/**
 * The day `n` business days after (or, negative, before) a day; the day itself if `n` is 0. Weekends and days for which
 * `isClosed` returns true are not business days.
 */
export function addBusinessDays(date: CivilDate, n: number, isClosed: (date: CivilDate) => boolean): CivilDate {
  let day = date
  for (let left = Math.abs(n); left > 0; ) {
    day = addDays(day, Math.sign(n))
    if (isWeekday(day) && !isClosed(day)) left--
  }
  return day
}

function isWeekday(date: CivilDate): boolean {
  const day = weekday(date)
  return day !== 0 && day !== 6
}

/** The deadline for an answer: 17:00 in Japan `days` business days after `now`, but never later than `limit`. */
export function answerEnds(
  days: number,
  now: Instant,
  limit: Instant | null,
  isClosed: (date: CivilDate) => boolean,
): Instant {
  const ends = instantAt(addBusinessDays(civilDate(now), days, isClosed), CLOSING)
  return limit !== null && limit < ends ? limit : ends
}
