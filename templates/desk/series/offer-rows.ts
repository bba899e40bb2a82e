import { plusMinutes } from '../../../src/base/clock.ts'
import { civilTime, instantAt } from '../../../src/base/japan/civil.ts'
import { type Format, WEEKDAYS } from '../../../src/base/vocabulary.ts'
import type { RuleChoices } from '../../../src/planning/series-input.ts'
import type { SeriesRow, SessionRow } from '../../../src/store/schema.ts'
import { joined } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { clockHours, dateText, periodText, weekdayName } from '../../text/when.ts'

/** The names of venues or desks, by id. */
export type Names = ReadonlyMap<string, string>

/** The columns that a series and its sessions share. */
type Offered = Pick<
  SessionRow,
  | 'title_ja'
  | 'title_en'
  | 'title_kana'
  | 'note_ja'
  | 'note_en'
  | 'venue'
  | 'formats'
  | 'capacity'
  | 'acceptance'
  | 'closes'
  | 'apply_name'
  | 'apply_phone'
  | 'apply_url'
>

/** A series as a page shows it: its columns, the dates that it lists, and the choices of its rule. */
export type SeriesShown = Offered &
  Pick<
    SeriesRow,
    'desk' | 'rule' | 'starts_on' | 'until' | 'slot_starts' | 'slot_minutes' | 'slot_capacity' | 'starts' | 'ends'
  > & { dates: readonly string[]; chosen: RuleChoices | null }

/** The name of a value and how it is read from a row. */
type Row<Shown> = [name: string, of: (row: Shown) => string]

/** The deadline of a column in words: `business_days:1@15:00` or `hours:24`. */
function closesText(frame: PageContext, closes: string): string {
  const { closesAt } = scheduleTexts(frame.locale).series
  const [, shape, count = '', at = ''] = /^(\w+):(\d+)(?:@([\d:]+))?$/.exec(closes) ?? []
  if (shape !== 'hours' && shape !== 'days' && shape !== 'business_days') return closes
  return count === '0' && shape !== 'hours' ? closesAt.sameDay(at) : closesAt[shape](Number(count), at)
}

/** How each column that a series and its sessions share is read. */
export function offerRows(frame: PageContext, venues: Names): Row<Offered>[] {
  const { labels, noVenue, inJapanese } = scheduleTexts(frame.locale).series
  const { noLimit } = scheduleTexts(frame.locale).days
  const { acceptances } = deskTexts(frame.locale).session
  const words = texts(frame.locale)
  const formatsOf = (row: Offered) => row.formats.split(',').filter(Boolean) as Format[]
  return [
    [labels.title_ja, (row) => row.title_ja],
    [labels.title_en, (row) => (row.title_en === row.title_ja ? inJapanese : row.title_en)],
    [labels.title_kana, (row) => row.title_kana ?? ''],
    [labels.venue, (row) => (row.venue === null ? noVenue : (venues.get(row.venue) ?? row.venue))],
    [
      labels.formats,
      (row) =>
        joined(
          frame.locale,
          formatsOf(row).map((format) => words.format[format]),
        ),
    ],
    [labels.capacity, (row) => (row.capacity === null ? noLimit : String(row.capacity))],
    [labels.acceptance, (row) => acceptances[row.acceptance]],
    [labels.closes_count, (row) => closesText(frame, row.closes)],
    [labels.note_ja, (row) => row.note_ja ?? ''],
    [labels.note_en, (row) => row.note_en ?? ''],
    [labels.apply_name, (row) => [row.apply_name, row.apply_phone, row.apply_url].filter(Boolean).join(' ')],
  ]
}

/** When a series is held, in words. Returns the rule itself if the form cannot show it. */
export function ruleText(frame: PageContext, { rule, dates, chosen }: Pick<SeriesShown, 'rule' | 'dates' | 'chosen'>) {
  const t = scheduleTexts(frame.locale).series
  if (rule === null) return t.dates(dates.length)
  if (chosen === null) return t.other(rule)
  const days = chosen.weekdays.map((day) => weekdayName(frame.locale, WEEKDAYS.indexOf(day)))
  const names = joined(frame.locale, days)
  if (chosen.repeat === 'weekly') return t.weekly(names)
  return t.monthly(
    joined(
      frame.locale,
      chosen.nths.map((nth) => t.nths[nth]),
    ),
    names,
  )
}

/** The hours of each day: its slots with their end and places, or one period. Empty while they are undecided. */
function hoursOfDay(frame: PageContext, row: SeriesShown): string {
  const { slotsOf, noLimit } = scheduleTexts(frame.locale).days
  const between = frame.locale === 'ja' ? '、' : ', '
  const hours = (from: string, to: string) => clockHours(frame.locale, from, to)
  if (row.slot_starts === '') return row.starts === null || row.ends === null ? '' : hours(row.starts, row.ends)
  const end = (start: string) => civilTime(plusMinutes(instantAt(row.starts_on, start), row.slot_minutes ?? 0))
  const slots = row.slot_starts.split(',').map((start) => hours(start, end(start)))
  const most = row.slot_capacity === null ? noLimit : slotsOf(String(row.slot_capacity))
  return frame.locale === 'ja' ? `${slots.join(between)}（${most}）` : `${slots.join(between)} (${most})`
}

/** How each value that the form of a series saves is read. */
export function seriesRows(frame: PageContext, desks: Names, venues: Names): Row<SeriesShown>[] {
  const { series, days } = scheduleTexts(frame.locale)
  const { none } = deskTexts(frame.locale).session
  const between = frame.locale === 'ja' ? '、' : ', '
  const [title, english, ...offer] = offerRows(frame, venues)
  return [
    ...(title && english ? [title, english] : []),
    [series.labels.desk, (row) => desks.get(row.desk) ?? row.desk],
    [series.labels.repeat, (row) => ruleText(frame, row)],
    [series.labels.dates, (row) => row.dates.map((date) => dateText(frame.locale, date)).join(between)],
    [series.columns.until, (row) => periodText(frame.locale, row.starts_on, row.until, series.open)],
    [days.hours, (row) => hoursOfDay(frame, row) || none],
    ...offer,
  ]
}
