import { RRuleTemporal } from 'rrule-temporal'
import { plusMinutes } from '../base/clock.ts'
import { type CivilDate, instantAt } from '../base/japan/civil.ts'
import type { SeriesRow } from '../store/schema.ts'

/** Hours of one day of a series; `slots` is empty if the day is not divided. */
export type Hours = {
  starts_at: string
  ends_at: string
  slots: { starts_at: string; ends_at: string; capacity: number | null }[]
}

/** The dates from `from` to `to` (both included) that a rule gives, counted from the series' first date (RFC 5545). */
export function occurrences(
  series: Pick<SeriesRow, 'starts_on' | 'until'> & { rule: string },
  from: CivilDate,
  to: CivilDate,
): CivilDate[] {
  const first = series.starts_on.replaceAll('-', '')
  const last = series.until !== null && series.until < to ? series.until : to
  const start = from < series.starts_on ? series.starts_on : from
  if (start > last) return []
  // Only dates matter, so the rule runs at noon UTC, which has no clock changes.
  const rule = new RRuleTemporal({ rruleString: `DTSTART:${first}T120000Z\nRRULE:${series.rule}` })
  return rule
    .between(new Date(`${start}T00:00:00Z`), new Date(`${last}T23:59:59Z`), true)
    .map((one) => one.toPlainDate().toString())
}

/** The hours of a series on a date, or null while they are undecided. */
export function hoursOn(
  series: Pick<SeriesRow, 'starts' | 'ends' | 'slot_starts' | 'slot_minutes' | 'slot_capacity'>,
  date: CivilDate,
): Hours | null {
  const slots = (series.slot_starts === '' ? [] : series.slot_starts.split(',')).map((time) => {
    const starts_at = instantAt(date, time)
    return { starts_at, ends_at: plusMinutes(starts_at, series.slot_minutes ?? 0), capacity: series.slot_capacity }
  })
  const first = slots[0]
  const last = slots.at(-1)
  if (first && last) return { starts_at: first.starts_at, ends_at: last.ends_at, slots }
  if (series.starts === null || series.ends === null) return null
  return { starts_at: instantAt(date, series.starts), ends_at: instantAt(date, series.ends), slots: [] }
}
