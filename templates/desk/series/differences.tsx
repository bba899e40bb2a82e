import { civilTime } from '../../../src/base/japan/civil.ts'
import type { Format } from '../../../src/base/vocabulary.ts'
import type { Effect } from '../../../src/planning/edit-series.ts'
import type { SessionRow } from '../../../src/store/schema.ts'
import { joined } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { hoursText } from '../../text/when.ts'

/** The name of each venue, by id. */
type Venues = ReadonlyMap<string, string>

/** The deadline of a column in words: `business_days:1@15:00` or `hours:24`. */
function deadlineText(frame: PageContext, closes: string): string {
  const { shapes } = scheduleTexts(frame.locale).series
  const [, shape = '', count = '', at = ''] = /^(\w+):(\d+)(?:@([\d:]+))?$/.exec(closes) ?? []
  return `${new Map(Object.entries(shapes)).get(shape) ?? shape} ${count} ${at}`.trim()
}

/** How each column that a series gives its sessions is read. */
function columns(frame: PageContext, venues: Venues): [string, (row: SessionRow) => string][] {
  const { labels, noVenue } = scheduleTexts(frame.locale).series
  const { noLimit } = scheduleTexts(frame.locale).days
  const { acceptances } = deskTexts(frame.locale).session
  const words = texts(frame.locale)
  const formatsOf = (row: SessionRow) => row.formats.split(',').filter(Boolean) as Format[]
  return [
    [labels.title_ja, (row) => row.title_ja],
    [labels.title_en, (row) => row.title_en],
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
    [labels.closes_count, (row) => deadlineText(frame, row.closes)],
    [labels.note_ja, (row) => row.note_ja ?? ''],
    [labels.note_en, (row) => row.note_en ?? ''],
    [labels.apply_name, (row) => [row.apply_name, row.apply_phone, row.apply_url].filter(Boolean).join(' ')],
  ]
}

/** The hours of a session and its slots. */
function timesText(frame: PageContext, row: SessionRow, slots: Effect['times']): string {
  const { starts_at, ends_at } = row
  const { none } = deskTexts(frame.locale).session
  if (slots.length > 0) {
    return slots
      .map((slot) => `${civilTime(slot.starts_at)}${slot.capacity === null ? '' : `(${slot.capacity})`}`)
      .join(' ')
  }
  return starts_at === null || ends_at === null ? none : hoursText(frame.locale, { starts_at, ends_at })
}

/** What an edit of a series changes of one session: each value before and after it. */
export function Differences({ frame, effect, venues }: { frame: PageContext; effect: Effect; venues: Venues }) {
  const { session, set, slots, times } = effect
  const { none } = deskTexts(frame.locale).session
  const after = { ...session, ...set }
  const all: [string, string, string][] = columns(frame, venues).map(([name, of]) => [name, of(session), of(after)])
  const hours = scheduleTexts(frame.locale).days.hours
  const rows = [[hours, timesText(frame, session, slots), timesText(frame, after, times)] as const, ...all]
  return (
    <ul class="differences">
      {rows
        .filter(([, from, to]) => from !== to)
        .map(([name, from, to]) => (
          <li>
            {name} {from || none} → <b>{to || none}</b>
          </li>
        ))}
    </ul>
  )
}
