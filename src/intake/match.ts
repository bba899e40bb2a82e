import { type CivilDate, civilTime } from '../base/japan/civil.ts'
import type { Format, Kind } from '../base/vocabulary.ts'
import type { NoticeRecord } from '../notices/record.ts'
import type { SeriesRow, SessionRow } from '../store/schema.ts'
import type { Decision } from './decision.ts'
import type { DayRead } from './reading.ts'

/** A session of the house. A day of a series that planning has not made yet has an empty id. */
export type HouseDay = Pick<
  SessionRow,
  'id' | 'series' | 'occurrence' | 'kind' | 'prefecture' | 'desk' | 'venue' | 'date' | 'starts_at' | 'ends_at'
> &
  Pick<SessionRow, 'capacity' | 'state' | 'title_ja' | 'title_en' | 'revision' | 'seats_taken' | 'suspension'> & {
    formats: Format[]
    /** Its forms before it was converted, or null. */
    formats_before: Format[] | null
  }

/** What the house has in the prefectures of a schedule. */
export type House = { days: HouseDay[]; series: SeriesRow[] }

/** What differs between a session and the schedule, and the act of the session that changes it. */
export type Change = {
  field: 'date' | 'hours' | 'formats' | 'capacity' | 'state'
  from: string
  to: string
  act: 'reschedule' | 'settle' | 'convert' | 'convert-back' | 'edit' | 'call-off' | 'hold-again'
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

const hoursText = (starts: string, ends: string) => (starts === '' ? '' : `${starts}–${ends}`)

function hoursChange(day: HouseDay, { times }: NoticeRecord, { starts, ends }: Decision): Change[] {
  if (times === null || starts === '') return []
  if (day.starts_at === null || day.ends_at === null)
    return [{ field: 'hours', from: '', to: hoursText(starts, ends), act: 'settle' }]
  const [from, until] = [civilTime(day.starts_at), civilTime(day.ends_at)]
  if (from === starts && (ends === '' || until === ends)) return []
  const act = from === starts ? 'edit' : 'reschedule'
  return [{ field: 'hours', from: hoursText(from, until), to: hoursText(starts, ends), act }]
}

/** A session that a suspension converted stands in the schedule as it is planned: that is no change. */
function formatsChange(day: HouseDay, record: NoticeRecord, decision: Decision): Change[] {
  const [from, to] = [day.formats.toSorted().join(','), decision.formats.toSorted().join(',')]
  if (record.formats === null || to === '' || from === to) return []
  if (to === day.formats_before?.toSorted().join(','))
    return day.suspension === null ? [{ field: 'formats', from, to, act: 'convert-back' }] : []
  const leaves = day.formats.includes('onsite') && !decision.formats.includes('onsite')
  return [{ field: 'formats', from, to, act: leaves ? 'convert' : day.starts_at === null ? 'settle' : 'edit' }]
}

/** What differs between a session and a row of the schedule. Only what is printed is compared. Pure. */
export function changesOf(
  day: HouseDay,
  record: NoticeRecord,
  decision: Decision,
  { date, cancelled }: Pick<DayRead, 'date' | 'cancelled'>,
): Change[] {
  const off = day.state === 'called_off'
  if (cancelled) return off ? [] : [{ field: 'state', from: day.state, to: 'called_off', act: 'call-off' }]
  if (off) return [{ field: 'state', from: 'called_off', to: 'published', act: 'hold-again' }]
  if (day.state === 'skipped') return []
  const capacity = record.capacity === null || decision.capacity === '' ? null : Number(decision.capacity)
  const moved: Change[] =
    date === null || date === day.date
      ? []
      : [{ field: 'date', from: day.date ?? '', to: date, act: day.date === null ? 'settle' : 'reschedule' }]
  return [
    ...moved,
    ...hoursChange(day, record, decision),
    ...formatsChange(day, record, decision),
    ...(capacity === null || capacity === day.capacity
      ? []
      : [{ field: 'capacity' as const, from: String(day.capacity ?? ''), to: String(capacity), act: 'edit' as const }]),
  ]
}
