import {
  addDays,
  addMonths,
  type CivilDate,
  isCivilDate,
  monthOf,
  WEEKDAY_LETTERS,
  weekday,
} from '../base/japan/civil.ts'
import type { Problem } from './record.ts'
import type { Weekday } from './tokens.ts'

/** The letter of a weekday: 日 for 0. */
export const letterOf = (day: Weekday): string => WEEKDAY_LETTERS[day] ?? ''

function sameDayIn(date: CivilDate, months: number): CivilDate | null {
  const text = `${addMonths(monthOf(date), months)}${date.slice(7)}`
  return isCivilDate(text) ? text : null
}

/**
 * What a day with a false weekday may mean, the likeliest first. The day as printed comes before the nearest days with the
 * weekday. Then comes the weekday's fit in the next month or another year: the same day.
 */
export function proposals(date: CivilDate, printed: Weekday): CivilDate[] {
  const back = (weekday(date) - printed + 7) % 7
  const near = [addDays(date, -back), addDays(date, 7 - back)].toSorted(
    (a, b) => Math.abs(Date.parse(a) - Date.parse(date)) - Math.abs(Date.parse(b) - Date.parse(date)),
  )
  const elsewhere = [1, -12, 12].map((months) => sameDayIn(date, months))
  const fitting = elsewhere.filter((day): day is CivilDate => day !== null && weekday(day) === printed)
  return [...new Set([date, ...near, ...fitting])]
}

/** The problem of a day whose printed weekday is another; null if it is right or none is printed. */
export function falseWeekday(date: CivilDate, printed: Weekday | null): Problem | null {
  if (printed === null || weekday(date) === printed) return null
  return {
    code: 'weekday',
    printed: letterOf(printed),
    computed: letterOf(weekday(date)),
    date,
    proposals: proposals(date, printed),
  }
}
