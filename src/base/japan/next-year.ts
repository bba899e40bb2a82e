import { addDays, type CivilDate, fiscalYearDays, weekday } from './civil.ts'

/** Which of its month's weekdays a day is: 1 to 5. */
function nthOf(date: CivilDate): number {
  return Math.ceil(Number(date.slice(8)) / 7)
}

/** Whether a day is the last of its weekday in its month. */
function isLast(date: CivilDate): boolean {
  return addDays(date, 7).slice(0, 7) !== date.slice(0, 7)
}

/** The nth day of a weekday in a month, or the last one if there are fewer. */
function nthWeekday(month: string, day: number, nth: number): CivilDate {
  const first = `${month}-01`
  let date = addDays(first, ((day - weekday(first) + 7) % 7) + 7 * (nth - 1))
  while (date.slice(0, 7) !== month) date = addDays(date, -7)
  return date
}

/** The same weekday of the month a year later. */
function sameNth(date: CivilDate, nth: number): CivilDate {
  const month = `${Number(date.slice(0, 4)) + 1}${date.slice(4, 7)}`
  return nthWeekday(month, weekday(date), nth)
}

/**
 * The days of one weekday, if they follow the month: one day, its last, or its nth. At most two nths, which return.
 * Otherwise null: they are a number of weeks apart, or follow nothing.
 */
function byMonth(dates: readonly CivilDate[]): CivilDate[] | null {
  const nths = new Set(dates.map(nthOf))
  const returns = nths.size <= 2 && dates.length > nths.size
  if (nths.size === 1 || (returns && !dates.every(isLast))) return dates.map((date) => sameNth(date, nthOf(date)))
  return returns ? dates.map((date) => sameNth(date, 5)) : null
}

/** The days 52 or 53 weeks later, all by the same weeks if they stay in the year so. */
function byWeeks(dates: readonly CivilDate[], from: CivilDate, to: CivilDate): CivilDate[] {
  const later = (weeks: number) => dates.map((date) => addDays(date, 7 * weeks))
  const fits = (date: CivilDate) => date >= from && date <= to
  const [short, long] = [later(52), later(53)]
  if (short.every(fits)) return short
  return long.every(fits) ? long : short.map((date) => (fits(date) ? date : addDays(date, 7)))
}

/**
 * The days of a fiscal year in the next one, `year`: of the same weekday, never outside it, sorted. A first Monday of the
 * month stays one. Days that follow no month are 52 weeks later, or 53 at the border of the year.
 */
export function inNextYear(dates: readonly CivilDate[], year: number): CivilDate[] {
  return [...new Set(shiftsInto(dates, year).map(({ to }) => to))].toSorted()
}

/** A day, and what it becomes in the next fiscal year. */
export type Shift = { from: CivilDate; to: CivilDate }

/** Each day with what `inNextYear` makes of it, in the order of the days. */
export function shiftsInto(dates: readonly CivilDate[], year: number): Shift[] {
  const ofWeekday = Map.groupBy(dates, weekday)
  const shifts = [...ofWeekday.values()].flatMap((some) => {
    const nths = byMonth(some)
    const moved = nths !== null && new Set(nths).size === some.length ? nths : byWeeks(some, ...fiscalYearDays(year))
    return some.map((from, i) => ({ from, to: moved[i] ?? from }))
  })
  return shifts.toSorted((a, b) => (a.from < b.from ? -1 : 1))
}
