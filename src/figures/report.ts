import { PREFECTURES } from '../base/japan/prefecture.ts'
import { BECAME, type Became, type BookingState, FORMATS, type Format, type Kind } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import type { Tally } from './outcomes.ts'
import { type DayCount, dayCounts, type FormatCount, formatCounts } from './queries.ts'
import { daysOfMonth } from './scope.ts'

/** The applications of a line. `made` counts all of them; the others add up to it. */
export type ReportOutcomes = Record<'made' | Became, Tally>

const BECAME_BY_STATE = {
  booked: 'ahead',
  requested: 'pending',
  waiting: 'pending',
  offered: 'pending',
  attended: 'attended',
  absent: 'absent',
  cancelled: 'cancelled',
  cancelled_by_desk: 'cancelled',
  called_off: 'called_off',
  turned_down: 'turned_down',
  offer_over: 'lapsed',
  unanswered: 'lapsed',
  session_over: 'lapsed',
} as const satisfies Record<BookingState, Became>

/** A booking that is over without a record is `unrecorded`; one that waits for a new day is `postponed`. */
function becameOf({ state, declined, over, postponed }: FormatCount): Became {
  if (declined) return 'declined'
  const became = BECAME_BY_STATE[state]
  if (postponed && (became === 'ahead' || became === 'pending')) return 'postponed'
  return became === 'ahead' && over ? 'unrecorded' : became
}

/** What became of the applications in these counts. */
function reportOutcomes(counts: readonly FormatCount[]): ReportOutcomes {
  const names = ['made', ...BECAME] as const
  const outcomes = Object.fromEntries(names.map((name) => [name, { bookings: 0, people: 0 }])) as ReportOutcomes
  for (const count of counts) {
    const { bookings, people } = count
    const became = becameOf(count)
    for (const name of ['made', became] as const) {
      outcomes[name].bookings += bookings
      outcomes[name].people += people
    }
  }
  return outcomes
}

/**
 * One line of the ministry's report: the sessions of a kind in a prefecture and month. `held` counts sessions that are
 * over; one whose hours were never decided is `unsettled` instead. `capacity` counts people, in sessions held and to
 * come. `unlimited` counts those sessions without a capacity.
 */
export type ReportLine = {
  prefecture: string
  kind: Kind
  held: number
  ahead: number
  unsettled: number
  called_off: number
  postponed: number
  elsewhere: number
  capacity: number
  unlimited: number
  outcomes: ReportOutcomes
  formats: Record<Format, ReportOutcomes>
}

/** The report for a month `YYYY-MM`; lines by prefecture code, consultation days before seminars. */
export type Report = { month: string; lines: ReportLine[] }

const ORDER: readonly Kind[] = ['consultation', 'seminar']

function lineOf(prefecture: string, kind: Kind, days: readonly DayCount[], counts: readonly FormatCount[]): ReportLine {
  const number = (how: DayCount['how']) =>
    days.filter((one) => one.how === how).reduce((sum, one) => sum + one.sessions, 0)
  const open = days.filter((one) => one.how === 'held' || one.how === 'ahead')
  const sum = (of: 'capacity' | 'unlimited') => open.reduce((all, one) => all + one[of], 0)
  const formats = Object.fromEntries(
    FORMATS.map((format) => [format, reportOutcomes(counts.filter((one) => one.format === format))]),
  ) as Record<Format, ReportOutcomes>
  return {
    prefecture,
    kind,
    held: number('held'),
    ahead: number('ahead'),
    unsettled: number('unsettled'),
    called_off: number('called_off'),
    postponed: number('postponed'),
    elsewhere: number('elsewhere'),
    capacity: sum('capacity'),
    unlimited: sum('unlimited'),
    outcomes: reportOutcomes(counts),
    formats,
  }
}

/** The report computed from counted sessions and bookings. Both sources of bookings (rows, journal) use it. */
export function reportOf(month: string, days: readonly DayCount[], counts: readonly FormatCount[]): Report {
  const lines = PREFECTURES.flatMap(({ code }) =>
    ORDER.flatMap((kind) => {
      const here = (one: { prefecture: string; kind: Kind }) => one.prefecture === code && one.kind === kind
      const some = days.filter(here)
      const those = counts.filter(here)
      return some.length === 0 && those.length === 0 ? [] : [lineOf(code, kind, some, those)]
    }),
  )
  return { month, lines }
}

/**
 * The ministry's report for a month `YYYY-MM`, for the prefectures that the actor may read. Two queries. Throws
 * `Forbidden`, and RangeError if the text is not a month.
 */
export async function monthlyReport(ctx: Ctx, month: string): Promise<Report> {
  const scope = daysOfMonth(month)
  return reportOf(month, await dayCounts(ctx, scope), await formatCounts(ctx, scope))
}
