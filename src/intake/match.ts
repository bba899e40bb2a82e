import { type CivilDate, civilTime } from '../base/japan/civil.ts'
import type { Format, Kind } from '../base/vocabulary.ts'
import type { NoticeRecord } from '../notices/record.ts'
import type { Localized } from '../schedule/session.ts'
import type { SeriesRow, SessionRow } from '../store/schema.ts'
import type { Decision } from './decision.ts'
import type { DayRead } from './reading.ts'

/** A session of the house. A day of a series that planning has not made yet has an empty id. */
export type HouseDay = Pick<
  SessionRow,
  'id' | 'series' | 'occurrence' | 'kind' | 'prefecture' | 'desk' | 'venue' | 'date' | 'starts_at' | 'ends_at'
> &
  Pick<SessionRow, 'capacity' | 'state' | 'title_ja' | 'title_en' | 'revision' | 'seats_taken' | 'suspension'> &
  Pick<SessionRow, 'printed'> & {
    formats: Format[]
    /** Its forms before it was converted, or null. */
    formats_before: Format[] | null
    /** The starts of its slots, `HH:MM`. */
    slots: string[]
    /** The last day on which people may book it; null without hours. */
    closes_on: CivilDate | null
    /** Its telephone and those of its desk, as typed. */
    contacts: string
    /** The name of its venue. */
    place: Localized | null
  }

/** What the house has in the prefectures of a schedule. */
export type House = {
  days: HouseDay[]
  series: SeriesRow[]
  /** A day as each series makes it, by its id. */
  usual: ReadonlyMap<string, HouseDay>
  /** The names of all venues. */
  places: ReadonlyMap<string, Localized>
}

/** What differs between a session and the schedule, and the act of the session that changes it. */
export type Change = {
  field: 'date' | 'hours' | 'slots' | 'formats' | 'capacity' | 'venue' | 'closes' | 'state'
  from: string
  to: string
  act:
    | 'reschedule'
    | 'settle'
    | 'convert'
    | 'convert-back'
    | 'venue'
    | 'edit'
    | 'skip'
    | 'open'
    | 'call-off'
    | 'hold-again'
  /** The names of the venues that a change is from and to. */
  names?: { from: Localized | null; to: Localized | null }
}

/** The kind and prefecture of a row. */
export type Place = { kind: Kind; prefecture: string }

const isAt = (place: Place, one: Place) => one.kind === place.kind && one.prefecture === place.prefecture

/** How well a session fits a row: at the same start and venue first. */
function likeness(day: HouseDay, decision: Decision): number {
  const starts = day.starts_at !== null && civilTime(day.starts_at) === decision.starts ? 2 : 0
  return starts + (day.venue === decision.venue ? 1 : 0)
}

/**
 * The session that a printed day is: on its date, else the one that the schedule moves to it. Else its series has that
 * date, or it has no date yet. Undated rows find undated sessions. Those in `taken` belong to other rows. Pure.
 */
export function sessionFor(
  { days }: House,
  place: Place,
  decision: Decision,
  { date, from }: Pick<DayRead, 'date' | 'from'>,
  taken: ReadonlySet<HouseDay>,
): HouseDay | null {
  const here = days.filter((day) => isAt(place, day) && !taken.has(day))
  const ways = [
    (day: HouseDay) => day.date === date && day.state !== 'postponed',
    (day: HouseDay) => from !== null && day.date === from,
    (day: HouseDay) => date !== null && day.occurrence === date && day.date !== null,
    (day: HouseDay) => date !== null && day.date === null && day.state === 'published',
  ]
  for (const way of ways) {
    const [best] = here.filter(way).toSorted((one, other) => likeness(other, decision) - likeness(one, decision))
    if (best) return best
  }
  return null
}

/** The series that a printed rule is: of the same repetition, and not over before it begins. Pure. */
export function seriesFor({ series }: House, place: Place, rule: string, from: CivilDate): SeriesRow | null {
  const same = (one: SeriesRow) => one.rule === rule && (one.until === null || one.until >= from)
  return series.find((one) => isAt(place, one) && same(one)) ?? null
}

const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))

const hoursText = (starts: string, ends: string) => (starts === '' ? '' : `${starts}–${ends}`)

/** `10:00～16:00` is how a day is printed whose last slot ends at 15:50. */
function isRounded({ slots }: HouseDay, until: string, ends: string): boolean {
  return slots.length > 0 && ends > until && minutesOf(ends) - minutesOf(until) < 60
}

function hoursChange(day: HouseDay, { times }: NoticeRecord, decision: Decision): Change[] {
  const isEmptied = decision.starts === '' && decision.slot_starts === ''
  if (times === null || isEmptied) return []
  const { starts, ends } = decision.starts === '' ? { starts: times.start, ends: times.end ?? '' } : decision
  if (day.starts_at === null || day.ends_at === null)
    return [{ field: 'hours', from: '', to: hoursText(starts, ends), act: 'settle' }]
  const [from, until] = [civilTime(day.starts_at), civilTime(day.ends_at)]
  if (from === starts && (ends === '' || until === ends || isRounded(day, until, ends))) return []
  const act = from === starts ? 'edit' : 'reschedule'
  return [{ field: 'hours', from: hoursText(from, until), to: hoursText(starts, ends), act }]
}

/** Other times of a day that is held in slots. */
function slotsChange({ slots }: HouseDay, { spans }: NoticeRecord): Change[] {
  const printed = spans.map(({ start }) => start)
  if (slots.length === 0 || printed.length < 2 || printed.join() === slots.join()) return []
  return [{ field: 'slots', from: slots.join(' '), to: printed.join(' '), act: 'edit' }]
}

/** A session that a suspension converted stands in the schedule as it is planned: that is no change. */
function formatsChange(day: HouseDay, record: NoticeRecord, decision: Decision): Change[] {
  const [from, to] = [day.formats.toSorted().join(','), decision.formats.toSorted().join(',')]
  if (record.formats === null || !record.formats_named || to === '' || from === to) return []
  if (to === day.formats_before?.toSorted().join(','))
    return day.suspension === null ? [{ field: 'formats', from, to, act: 'convert-back' }] : []
  const leaves = day.formats.includes('onsite') && !decision.formats.includes('onsite')
  return [{ field: 'formats', from, to, act: leaves ? 'convert' : day.starts_at === null ? 'settle' : 'edit' }]
}

/** Another venue that is registered. For a place that is not registered see `toldOf`. */
function venueChange(day: HouseDay, record: NoticeRecord, { venue }: Decision, places: House['places']): Change[] {
  if (record.place === null || venue === '' || venue === day.venue) return []
  const names = { from: day.place, to: places.get(venue) ?? null }
  const act = day.formats.includes('onsite') ? 'venue' : 'edit'
  return [{ field: 'venue', from: day.venue ?? '', to: venue, act, names }]
}

function closesChange({ closes_on }: HouseDay, { apply_until }: NoticeRecord): Change[] {
  if (apply_until === null || closes_on === null || apply_until === closes_on) return []
  return [{ field: 'closes', from: closes_on, to: apply_until, act: 'edit' }]
}

/** What becomes of a day that the schedule says is not held, or that the house does not hold. Null if both hold it. */
function stateChange(day: HouseDay, { states }: NoticeRecord, { date, cancelled }: PrintedDay): Change[] | null {
  const { state } = day
  const isPostponed = states.some((one) => one.state === 'postponed' && one.date === date)
  if (cancelled && isPostponed && state === 'published')
    return [{ field: 'state', from: state, to: 'postponed', act: 'reschedule' }]
  if (cancelled)
    return state === 'published' ? [{ field: 'state', from: state, to: 'called_off', act: 'call-off' }] : []
  if (state === 'called_off') return [{ field: 'state', from: state, to: 'published', act: 'hold-again' }]
  if (state === 'skipped') return [{ field: 'state', from: state, to: 'published', act: 'open' }]
  if (state === 'postponed' && date === day.date)
    return [{ field: 'state', from: state, to: 'published', act: 'reschedule' }]
  return null
}

/** A day as the schedule prints it. */
type PrintedDay = Pick<DayRead, 'date' | 'cancelled'>

/** What differs between a session and a row of the schedule. Only what is printed is compared. Pure. */
export function changesOf(
  day: HouseDay,
  record: NoticeRecord,
  decision: Decision,
  printed: PrintedDay,
  places: House['places'],
): Change[] {
  const state = stateChange(day, record, printed)
  if (state) return state
  const { date } = printed
  const capacity = record.capacity === null || decision.capacity === '' ? null : Number(decision.capacity)
  const moved: Change[] =
    date === null || date === day.date
      ? []
      : [{ field: 'date', from: day.date ?? '', to: date, act: day.date === null ? 'settle' : 'reschedule' }]
  return [
    ...moved,
    ...hoursChange(day, record, decision),
    ...slotsChange(day, record),
    ...formatsChange(day, record, decision),
    ...venueChange(day, record, decision, places),
    ...(capacity === null || capacity === day.capacity
      ? []
      : [{ field: 'capacity' as const, from: String(day.capacity ?? ''), to: String(capacity), act: 'edit' as const }]),
    ...(moved.length > 0 ? [] : closesChange(day, record)),
  ]
}
