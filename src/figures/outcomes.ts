import type { ListedStatus } from '../base/vocabulary.ts'

/** A number of bookings and of the people in them. */
export type Tally = { bookings: number; people: number }

/** A status as the figures count it: `unrecorded` is a booking whose time is over, without a record of attendance. */
export type Outcome = ListedStatus | 'unrecorded'

/** The applications by their present status. `made` counts all of them. */
export type Outcomes = Record<'made' | Outcome, Tally>

/** A row of a count by status. PostgreSQL returns counts as text. */
export type Count = { status: Outcome; bookings: number | string; people: number | string }

const none = (): Tally => ({ bookings: 0, people: 0 })

/** Zero for every status. */
function noOutcomes(): Outcomes {
  return {
    made: none(),
    booked: none(),
    attended: none(),
    absent: none(),
    unrecorded: none(),
    requested: none(),
    offered: none(),
    waiting: none(),
    cancelled: none(),
    declined: none(),
    lapsed: none(),
  }
}

/** Adds counts up by status, and in `made`. */
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
