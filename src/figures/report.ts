import { PREFECTURES } from '../base/japan/prefecture.ts'
import { FORMATS, type Format, type Kind } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { noOutcomes, type Outcomes, outcomesOf } from './outcomes.ts'
import { type DayCount, dayCounts, type FormatCount, formatCounts } from './queries.ts'
import { daysOfMonth } from './scope.ts'

/**
 * One line of the ministry's report: the sessions of a kind in a prefecture and month. `held` counts sessions that are
 * over. `capacity` counts people, in sessions held and to come. `unlimited` counts those sessions without a capacity.
 */
export type ReportLine = {
  prefecture: string
  kind: Kind
  held: number
  ahead: number
  called_off: number
  elsewhere: number
  capacity: number
  unlimited: number
  outcomes: Outcomes
  formats: Record<Format, Outcomes>
}

/** The report for a month `YYYY-MM`; lines by prefecture code, consultation days before seminars. */
export type Report = { month: string; lines: ReportLine[] }

const ORDER: readonly Kind[] = ['consultation', 'seminar']

function lineOf(prefecture: string, kind: Kind, days: readonly DayCount[], counts: readonly FormatCount[]): ReportLine {
  const number = (how: DayCount['how']) =>
    days.filter((one) => one.how === how).reduce((sum, one) => sum + one.sessions, 0)
  const open = days.filter((one) => one.how === 'held' || one.how === 'ahead')
  const sum = (of: 'capacity' | 'unlimited') => open.reduce((all, one) => all + one[of], 0)
  const formats = { onsite: noOutcomes(), online: noOutcomes(), phone: noOutcomes(), visit: noOutcomes() }
  for (const format of FORMATS) formats[format] = outcomesOf(counts.filter((one) => one.format === format))
  return {
    prefecture,
    kind,
    held: number('held'),
    ahead: number('ahead'),
    called_off: number('called_off'),
    elsewhere: number('elsewhere'),
    capacity: sum('capacity'),
    unlimited: sum('unlimited'),
    outcomes: outcomesOf(counts),
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
