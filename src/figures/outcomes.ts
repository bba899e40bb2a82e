import type { BookingStatus } from '../base/vocabulary.ts'

/** Bookings, and the people they are for. */
export type Tally = { bookings: number; people: number }

/** What became of applications, by the state they are in now; `made` are all of them. */
export type Outcomes = Record<'made' | BookingStatus, Tally>

/** One count of a query: so many bookings of a state, with their people. PostgreSQL gives counts as text. */
export type Count = { status: BookingStatus; bookings: number | string; people: number | string }

const none = (): Tally => ({ bookings: 0, people: 0 })

/** Nobody applied. */
export function noOutcomes(): Outcomes {
  return {
    ...{ made: none(), booked: none(), attended: none(), absent: none(), requested: none() },
    ...{ offered: none(), waiting: none(), cancelled: none(), lapsed: none() },
  }
}

/** Adds counts up, each to its state and to `made`. */
export function outcomesOf(counts: Iterable<Count>): Outcomes {
  const outcomes = noOutcomes()
  for (const { status, bookings, people } of counts) {
    for (const key of ['made', status] as const) {
      outcomes[key].bookings += Number(bookings)
      outcomes[key].people += Number(people)
    }
  }
  return outcomes
}
