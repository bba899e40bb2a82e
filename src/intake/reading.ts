import type { CivilDate } from '../base/japan/civil.ts'
import type { NoticeRecord, Problem } from '../notices/record.ts'

/** A day of a record as it was read. */
export type DayRead = {
  /** Null if no day was read: it is undecided or impossible. */
  date: CivilDate | null
  /** The day that it was moved from, if the schedule says so. */
  from: CivilDate | null
  cancelled: boolean
  /** What a person must decide. Without one it stands as read. */
  problems: Problem[]
  /** The days that it may be, the likeliest first. */
  proposals: CivilDate[]
}

/** What the schedule says plainly: a person need not decide it. */
const PLAIN: readonly Problem['code'][] = ['cancelled', 'moved']

function dayRead(record: NoticeRecord, date: CivilDate, problems: Problem[]): DayRead {
  return {
    date,
    from: record.moved.find(({ to }) => to === date)?.from ?? null,
    cancelled: record.cancelled.includes(date),
    problems,
    proposals: [...new Set(problems.flatMap(({ proposals }) => proposals))],
  }
}

/**
 * The days of a record, each once, in the order of the schedule. A record without any day has one without a date. A
 * problem that is about no day that was read is a day of its own. Pure.
 */
export function daysRead(record: NoticeRecord): DayRead[] {
  const doubts = record.problems.filter(({ code }) => !PLAIN.includes(code))
  const dates = [...new Set([...record.dates, ...record.cancelled, ...record.moved.map(({ to }) => to)])]
  const days = dates.map((date) =>
    dayRead(
      record,
      date,
      doubts.filter((doubt) => doubt.date === date),
    ),
  )
  const others = doubts
    .filter(({ date }) => date === null || !dates.includes(date))
    .map((doubt) => ({ date: null, from: null, cancelled: false, problems: [doubt], proposals: doubt.proposals }))
  const all = [...days, ...others]
  return all.length > 0 || record.rule !== null
    ? all
    : [{ date: null, from: null, cancelled: false, problems: [], proposals: [] }]
}

/** The weekday that is printed beside a day, if it is not the one of the calendar. */
export function printedWeekday({ problems }: DayRead): string | null {
  return problems.find(({ code }) => code === 'weekday')?.printed ?? null
}
