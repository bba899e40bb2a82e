import type { CivilDate } from '../base/japan/civil.ts'
import type { Format, TimeOfDay } from './tokens.ts'

/** Hours of a day; `end` is null if only the beginning is printed. */
export type Hours = { start: TimeOfDay; end: TimeOfDay | null }

/** What a person must look at before a record is taken in. */
export type Problem = {
  code:
    | 'weekday'
    | 'impossible_date'
    | 'contradiction'
    | 'claim'
    | 'either'
    | 'order'
    | 'year_guessed'
    | 'cancelled'
    | 'moved'
  /** What stands in print: a weekday, a day, a phrase. */
  printed: string
  /** The weekday of `date`, for `weekday` and `claim`. */
  computed?: string
  /** The day as it was read; null if there is no such day. */
  date: CivilDate | null
  /** Other readings, the likeliest first. */
  proposals: CivilDate[]
}

/** What a notice says of a day, in its words. */
export type DayState = { date: CivilDate; state: 'full' | 'closed' | 'postponed' | 'hours_open'; printed: string }

/** One row of a notice as read: days of one kind, at one place, with the same hours. */
export type NoticeRecord = {
  kind: 'consultation' | 'seminar'
  /** The two-digit code of JIS X 0401; null if none is printed. */
  prefecture: string | null
  title: string
  /** Whether the title stands in a cell or behind a label of its own. Else it is a heading. */
  title_named: boolean
  place: string | null
  dates: CivilDate[]
  /** A repetition as an RRULE of RFC 5545; `dates` then holds its first day if one is printed. */
  rule: string | null
  until: CivilDate | null
  times: Hours | null
  /** The rounds of a day that has several. */
  spans: (Hours & { capacity?: number })[]
  formats: Format[] | null
  /** Whether its row or a label names the forms. Else they are guessed from a place, heading or sentence. */
  formats_named: boolean
  /** People or firms a day. */
  capacity: number | null
  capacity_by_format: Partial<Record<Format, number>> | null
  apply: string | null
  apply_until: CivilDate | null
  /** Days taken out of a rule or a range: dates, or the words of the notice. */
  except: string[]
  /** Days that are called off or moved away. */
  cancelled: CivilDate[]
  moved: { from: CivilDate; to: CivilDate }[]
  /** What else is said of days. `postponed`: without a new day. `hours_open`: the hours are undecided. */
  states: DayState[]
  /** Text of its row that is part of no field. */
  beside: string[]
  /** How much is settled: the hours, only the day, or neither. */
  settled: 'time' | 'date' | 'nothing'
  /** The text as printed. */
  printed: string
  problems: Problem[]
}

/** What became of a notice: its records, and every piece of text that became part of none. */
export type Reading = { records: NoticeRecord[]; unread: string[] }
