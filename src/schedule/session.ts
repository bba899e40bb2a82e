import type { Instant } from '../base/clock.ts'
import type { CivilDate } from '../base/japan/civil.ts'
import type { Acceptance, Format, Kind, SessionStatus } from '../base/vocabulary.ts'

/** A text in both languages. */
export type Localized = { ja: string; en: string }

export type Apply =
  | { kind: 'here' }
  | { kind: 'elsewhere'; name: string; phone: string | null; url: string | null; url_printed: string | null }

/** A time within a session. `room` and `remaining` are the lesser of its own and the day's; null is unlimited. */
export type Slot = {
  id: string
  starts_at: Instant
  ends_at: Instant
  capacity: number | null
  /** People who still fit, ignoring the waiting list; null is unlimited. */
  room: number | null
  /** People that may still be booked: `room` less the places for the waiting list. */
  remaining: number | null
  /** People who may still change to it from another slot, even if the day is full; null is unlimited. */
  spare: number | null
  /** Booking this slot is closed from this instant on. */
  closes_at: Instant
  /** Cancelling is closed from this instant on. */
  cancels_at: Instant
}

export type SessionDesk = {
  id: string
  name: Localized
  phones: string[]
  hours: Localized | null
  email: string | null
}

/** What helps people to find a venue; null for what nobody has said. */
export type VenueGuide = {
  access: Localized | null
  parking: Localized | null
  /** An address that begins with `https:`. */
  mapUrl: string | null
  stepFree: boolean | null
}

/** A venue as a session shows it. `guide` is missing in what is kept for a letter. */
export type Venue = {
  id: string
  name: Localized
  /** Missing in rows of versions that did not keep it. */
  room?: Localized | null
  address: string | null
  areaOnly: boolean
  guide?: VenueGuide
}

/** The day and hours that a session had before it was postponed. They hold no more. */
export type Former = { date: CivilDate; starts_at: Instant; ends_at: Instant }

/** A session for pages, letters, calendars and the API: its row, and what is computed from it now. */
export type Session = {
  id: string
  uid: string
  kind: Kind
  series: string | null
  programme: { id: string; starts_on: CivilDate; ends_on: CivilDate }
  prefecture: string
  title: Localized
  /** How the Japanese title is read, in katakana; null if nobody has said. */
  title_kana: string | null
  note: Localized | null
  desk: SessionDesk
  venue: Venue | null
  date: CivilDate | null
  starts_at: Instant | null
  ends_at: Instant | null
  /** null unless it is postponed, or was called off while it was. `date`, `starts_at` and `ends_at` are null then. */
  former: Former | null
  /** How much is decided. */
  settled: 'nothing' | 'date' | 'time'
  formats: Format[]
  /** Its formats before it was converted, or null. */
  formats_before: Format[] | null
  /** The suspension that converted it, or null. */
  suspension: string | null
  /** The request whose visit it is; the public never sees it. Null for all others. */
  request: string | null
  /** People a day, over all slots and formats; null is unlimited. */
  capacity: number | null
  /** People who hold a place. More than `capacity` if staff exceeded it. */
  taken: number
  /** People who still fit in the day, ignoring the waiting list; null is unlimited. */
  room: number | null
  /** People that anybody may still book for; null is unlimited. */
  remaining: number | null
  waiting: number
  status: SessionStatus
  /** Whether its day is over, also if it was called off. */
  over: boolean
  reason: Localized | null
  acceptance: Acceptance
  /** The progress of its lottery: drawn, then announced to everybody; else null. */
  draw: 'drawn' | 'announced' | null
  /** Only for people with a place online; never shown in public. */
  meeting_url: string | null
  opens_at: Instant
  /** Booking is closed from this instant on (of the last slot, if there are slots); null while undecided. */
  closes_at: Instant | null
  cancels_at: Instant | null
  apply: Apply
  slots: Slot[]
  printed: string | null
  printed_weekday: string | null
  sample: boolean
  sequence: number
  revision: number
  created_at: Instant
  updated_at: Instant
  /** When the number of people with a place last changed. */
  seats_changed_at: Instant
}

/** What is undecided of a session while it is postponed. Its slots keep their distances until there is a new day. */
const UNDECIDED = {
  date: null,
  starts_at: null,
  ends_at: null,
  settled: 'nothing',
  closes_at: null,
  cancels_at: null,
} as const satisfies Partial<Session>

/** A session without its day and hours, as everybody sees it while it is postponed. Unchanged without hours. */
export function withoutDay(session: Session): Session {
  const { date, starts_at, ends_at } = session
  if (date === null || starts_at === null || ends_at === null) return session
  return { ...session, ...UNDECIDED, former: { date, starts_at, ends_at } }
}

/** A session with the day and hours of its row, also if they hold no more. For lists and sums in the order of days. */
export function withDay<S extends Pick<Session, 'date' | 'starts_at' | 'ends_at' | 'former'>>(session: S): S {
  return session.former === null ? session : { ...session, ...session.former }
}

/** The four columns of an application taken elsewhere; all null if it is taken here. */
export function applyColumns(apply: Apply) {
  if (apply.kind === 'here') return { apply_name: null, apply_phone: null, apply_url: null, apply_url_printed: null }
  const { name, phone, url, url_printed } = apply
  return { apply_name: name, apply_phone: phone, apply_url: url, apply_url_printed: url_printed }
}
