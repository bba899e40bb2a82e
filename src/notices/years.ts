import { addDays, type CivilDate, dateOf, daysBetween, weekday } from '../base/japan/civil.ts'
import type { DayToken, MonthToken, Weekday, YearToken } from './tokens.ts'

/** What a notice says of its years: headings with the number of their row, its day of issue, and today. */
export type Calendar = {
  headings: { row: number; heading: YearToken | MonthToken }[]
  issued: CivilDate | null
  today: CivilDate
}

/** The place of a day: its row, the day before it in the list, whether it begins a part. */
export type Position = {
  row: number
  previous: CivilDate | null
  previousRow: number
  begins: boolean
  expected: Weekday | null
}

/** A day with its year, or null if there is no such day. `guessed`: no year is printed that leads to it. */
export type Dated = { date: CivilDate | null; guessed: boolean }

const yearOf = (date: CivilDate) => Number(date.slice(0, 4))
const monthOf = (date: CivilDate) => Number(date.slice(5, 7))

/**
 * The date of a printed day. The year comes from print, else from the list, a heading, the fiscal year or the day of issue.
 * Only if all these say nothing does the weekday decide.
 */
export function dated(token: DayToken, position: Position, calendar: Calendar): Dated {
  const sure = (year: number, month: number) => ({ date: dateOf(year, month, token.day), guessed: false })
  const { previous } = position
  const base = calendar.issued ?? calendar.today
  if (token.months !== null) return ofMonthFrom(token, base)
  const month = token.month ?? headedMonth(position, calendar) ?? (previous === null ? null : monthOf(previous))
  if (month === null) return { date: null, guessed: true }
  if (token.year !== null) return sure(token.year, month)
  if (token.years > 0)
    return sure(
      yearOf(previous && token.month !== null && previous > base ? previous : base) +
        token.years -
        laterYear(previous, base),
      month,
    )
  if (token.month === null && previous && month === monthOf(previous)) return sure(yearOf(previous), month)
  const headed = headedYear(month, position, calendar)
  if (headed !== null) return sure(headed, month)
  if (previous) return { date: carried(token, month, position), guessed: false }
  return guessed(token, month, position.expected ?? token.weekday, calendar)
}

/** 来年 counts from the day of issue; behind a day of next year it is already that year. */
function laterYear(previous: CivilDate | null, base: CivilDate): number {
  return previous && yearOf(previous) > yearOf(base) ? 1 : 0
}

function ofMonthFrom(token: DayToken, base: CivilDate): Dated {
  const ahead = token.month === null ? (token.months ?? 0) : (token.month - monthOf(base) + 12) % 12
  const index = yearOf(base) * 12 + monthOf(base) - 1 + ahead
  return { date: dateOf(Math.floor(index / 12), (index % 12) + 1, token.day), guessed: false }
}

/** The month of a heading above the day, if no day stands between. */
function headedMonth({ row, previous, previousRow }: Position, { headings }: Calendar): number | null {
  const found = headings.findLast((one) => one.row <= row && one.heading.kind === 'month')
  if (found?.heading.kind !== 'month' || (previous && found.row <= previousRow)) return null
  return found.heading.month
}

/** The year that headings give to a month. Those above count until a day with a year follows, then those below. */
function headedYear(month: number, { row, previous }: Position, { headings }: Calendar): number | null {
  const years = headings.filter(({ heading }) => heading.year !== null)
  const above = years.filter((one) => one.row <= row)
  const near = above.length > 0 ? sameRow(above) : previous ? [] : sameRow(years.toReversed()).toReversed()
  if (near.length === 0) return null
  const [first] = near
  const last = near.at(-1)
  if (!first || !last) return null
  if (first === last && first.kind === 'year') {
    const year = first.fiscal && month < 4 ? first.year + 1 : first.year
    return previous && !first.fiscal && above.length > 0 ? null : year
  }
  return inWindow(month, first, last)
}

/** The headings of the row of the last one: `令和8年12月~令和9年2月` are two. */
function sameRow(list: Calendar['headings']): (YearToken | MonthToken)[] {
  const row = list.at(-1)?.row
  return list.filter((one) => one.row === row).map((one) => one.heading)
}

/** The year in which a month lies between two headings. */
function inWindow(month: number, first: YearToken | MonthToken, last: YearToken | MonthToken): number | null {
  const from = first.year ?? 0
  const to = last.year ?? 0
  for (let year = from; year <= to; year++) {
    const early = year === from && first.kind === 'month' && month < first.month
    const late = year === to && last.kind === 'month' && last !== first && month > last.month
    if (!early && !late) return year
  }
  return first === last ? from : null
}

/**
 * The such day that is nearest to the day before it in the list. At the beginning of a part an earlier year counts too, if
 * it has the printed weekday. A second list may begin again in May.
 */
function carried(token: DayToken, month: number, { previous, begins, expected }: Position): CivilDate | null {
  if (!previous) return null
  const year = yearOf(previous)
  const such = [year - 1, year, year + 1].map((one) => dateOf(one, month, token.day)).filter((date) => date !== null)
  const leap = such.length === 0 ? dateOf(year + ((4 - (year % 4)) % 4), month, token.day) : null
  const ahead = such.find((date) => date >= previous) ?? leap
  const behind = such.findLast((date) => date < previous)
  if (!ahead || !behind) return ahead ?? behind ?? null
  const named = expected ?? token.weekday
  if (begins && named !== null && (weekday(ahead) === named) !== (weekday(behind) === named)) {
    return weekday(ahead) === named ? ahead : behind
  }
  return daysBetween(previous, ahead) <= 183 || daysBetween(behind, previous) > daysBetween(previous, ahead)
    ? ahead
    : behind
}

/** For so many days after it, a day is still meant as the past one. */
const JUST_PAST = 60

function guessed(token: DayToken, month: number, named: Weekday | null, { issued, today }: Calendar): Dated {
  const base = issued ?? today
  const year = yearOf(base)
  const such = [year - 1, year, year + 1, year + 2]
    .map((one) => dateOf(one, month, token.day))
    .filter((date) => date !== null)
  const next = such.find((date) => date >= addDays(base, issued ? -7 : -JUST_PAST)) ?? null
  if (next === null || named === null) return { date: next, guessed: issued === null }
  if (weekday(next) === named) return { date: next, guessed: false }
  const fitting = such.filter((date) => weekday(date) === named && Math.abs(daysBetween(base, date)) < 400)
  return { date: fitting[0] ?? next, guessed: true }
}
