import { addDays, addMonths, type CivilDate, monthOf, weekday } from './civil.ts'

/** Periods that move with the day on which they are asked for, in the order of a list. */
export const PERIODS = ['today', 'tomorrow', 'week', 'next_week', 'month', 'next_month', 'last_month'] as const
export type Period = (typeof PERIODS)[number]

type Days = { from: CivilDate; to: CivilDate }

/** The month `n` months after the one of `today`, from its first day to its last. */
function month(today: CivilDate, n: number): Days {
  const first = addMonths(monthOf(today), n)
  return { from: `${first}-01`, to: addDays(`${addMonths(first, 1)}-01`, -1) }
}

/** The days of a period as seen on `today`, both included. A week begins on Sunday, as in the calendar. */
export function daysOf(period: Period, today: CivilDate): Days {
  const sunday = addDays(today, -weekday(today))
  const days: Record<Period, Days> = {
    today: { from: today, to: today },
    tomorrow: { from: addDays(today, 1), to: addDays(today, 1) },
    week: { from: sunday, to: addDays(sunday, 6) },
    next_week: { from: addDays(sunday, 7), to: addDays(sunday, 13) },
    month: month(today, 0),
    next_month: month(today, 1),
    last_month: month(today, -1),
  }
  return days[period]
}
