import { isPast } from '../base/hours.ts'
import type { Extras } from '../base/questions.ts'
import type { BookingStatus, End, Format, Topic } from '../base/vocabulary.ts'
import { type Localized, type Session, type Slot, withDay } from '../schedule/session.ts'
import type { BookingRow } from '../store/schema.ts'

/**
 * The states that a booking may go to, by state; anything else is refused. Moving keeps the state. Only the desk gives
 * back what ended (`TAKEN_BACK`). A booking lapses if its session was postponed and got no day until its programme ended.
 * `docs/ARCHITECTURE.md` draws this table.
 */
export const NEXT = {
  waiting: ['offered', 'requested', 'booked', 'cancelled', 'lapsed'],
  offered: ['booked', 'cancelled', 'lapsed'],
  requested: ['booked', 'cancelled', 'lapsed'],
  booked: ['cancelled', 'lapsed', 'attended', 'absent'],
  attended: ['absent', 'booked'],
  absent: ['attended', 'booked'],
  cancelled: ['waiting', 'offered', 'requested', 'booked'],
  lapsed: ['requested'],
} as const satisfies Record<BookingStatus, readonly BookingStatus[]>

/** Whether a booking may go from one state to another. */
export function mayBecome(from: BookingStatus, to: BookingStatus): boolean {
  const next: readonly BookingStatus[] = NEXT[from]
  return next.includes(to)
}

/** Whether the desk may take back how a booking ended, while its day is ahead and there is room. */
export const TAKEN_BACK = {
  cancelled: true,
  cancelled_by_desk: true,
  turned_down: true,
  // Only the desk was late.
  unanswered: true,
  // Its session is held again, which gives all of them back in order.
  called_off: false,
  // Its holder knew until when to answer, and the place was promised to the next one. The desk makes another booking.
  offer_over: false,
  // Nothing is left to take part in.
  session_over: false,
} as const satisfies Record<End, boolean>

/** A booking with its session, as the manage page, the letters and the API read it. */
export type Booking = {
  id: string
  number: string
  uid: string
  status: BookingStatus
  channel: BookingRow['channel']
  session: Session
  slot: Slot | null
  format: Format
  seats: number
  locale: 'ja' | 'en'
  company: string
  name: string
  name_kana: string
  email: string | null
  phone: string
  prefecture: string
  employees: number | null
  industry: string | null
  corporate_number: string | null
  topics: Topic[]
  message: string
  token_version: number
  secret_id: string
  sequence: number
  revision: number
  created_at: string
  updated_at: string
  cancelled_at: string | null
  status_before: BookingStatus | null
  /** Its form before its session was converted, or null. */
  format_before: Format | null
  /** How it ended without a visit; null for every other status. */
  ended: End | null
  /** Its place in the order of the draw, from 1, and the result as told. */
  draw_order: number | null
  drawn: BookingRow['drawn']
  /** When an offer or a request lapses. */
  offer_expires_at: string | null
  /** Whether its person was never told of the place that is or was held for them. */
  unheard: boolean
  /** Instead of the session's; see `meetingUrlOf`. */
  meeting_url: string | null
  /** The desk's note; never shown to its holder. */
  note: string
  came_at: string | null
  /** 1 once the survey was answered. */
  surveyed: BookingRow['surveyed']
  no_messages: BookingRow['no_messages']
  /** 1 if its holder agreed to short messages. */
  sms: BookingRow['sms']
  /** The answers, companions and support that its holder gave. */
  extras: Extras
  /** Its turn on the waiting list, 1 is next; null if it does not wait. */
  position: number | null
}

/** The slot of a booking among those of its session; null without one. */
export function slotIn(session: Pick<Session, 'slots'>, booking: Pick<BookingRow, 'slot'>): Slot | null {
  return session.slots.find(({ id }) => id === booking.slot) ?? null
}

/** The session and slot whose place it holds or asks for. */
export function placeOf({ session, slot }: Pick<Booking, 'session' | 'slot'>): {
  session: string
  slot: string | null
} {
  return { session: session.id, slot: slot?.id ?? null }
}

/** The URL of its meeting on the web, or null if its holder has no place there. Never shown in public. */
export function meetingUrlOf({ status, format, meeting_url, session }: Booking): string | null {
  return status === 'booked' && format === 'online' ? (meeting_url ?? session.meeting_url) : null
}

/** The form of a booking, and the one before its session was converted. */
type Forms = Pick<Booking, 'format' | 'format_before'>

/**
 * The forms of a booking that comes back to its session. It has its own again if the session was converted back meanwhile,
 * and the new one if it was converted. Null if the session has neither.
 */
export function formsOnReturn({ session, format, format_before }: Forms & Pick<Booking, 'session'>): Forms | null {
  const { formats, formats_before } = session
  if (format_before !== null && formats_before === null && formats.includes(format_before)) {
    return { format: format_before, format_before: null }
  }
  if (formats.includes(format)) return { format, format_before }
  const into = formats.find((one) => !formats_before?.includes(one)) ?? formats[0]
  const converted = formats_before?.includes(format) === true && into !== undefined
  return converted ? { format: into, format_before: format_before ?? format } : null
}

/** Whether the place offered to it can be accepted at the instant `now`. */
export function isOfferOpen(booking: Pick<Booking, 'status' | 'offer_expires_at'>, now: string): boolean {
  return booking.status === 'offered' && booking.offer_expires_at !== null && now < booking.offer_expires_at
}

/** What people rely on, as it was before a change. The outbox keeps it for the letter. */
export type Was = {
  status: BookingStatus
  date: string | null
  starts_at: string | null
  ends_at: string | null
  format: Format
  /** When an offer or a request lapses. */
  until: string | null
  /** Whether it had no date for now. */
  postponed: boolean
  /** Undefined in rows of versions that did not keep them, as all below but `why`. */
  venue?: Session['venue']
  session?: string
  title?: Localized
  prefecture?: string
  seats?: number
  /** What it got in a draw. */
  drawn?: BookingRow['drawn']
  /** Why the desk did what the letter tells of. Undefined if the act has no reason, and in rows of older versions. */
  why?: Localized | null
}

/** What people rely on in a booking now. */
export function wasOf(
  booking: Pick<Booking, 'session' | 'slot' | 'format' | 'seats' | 'status' | 'drawn' | 'offer_expires_at'>,
): Was {
  const { session, slot, format, seats, status, drawn, offer_expires_at: until } = booking
  const { date, ...whole } = withDay(session)
  const { starts_at, ends_at } = slot ?? whole
  return { status, format, seats, until, drawn, date, starts_at, ends_at, ...placeWas(session) }
}

/** The part of it that all bookings of a session share. */
export function placeWas({
  id,
  former,
  venue,
  title,
  prefecture,
}: Pick<Session, 'id' | 'former' | 'venue' | 'title' | 'prefecture'>): Pick<
  Was,
  'postponed' | 'venue' | 'session' | 'title' | 'prefecture'
> {
  const whole = { postponed: former !== null, session: id, title, prefecture }
  if (venue === null) return { ...whole, venue }
  const { guide: _, ...place } = venue
  return { ...whole, venue: place }
}

/** The outbox's `before` as text; `JSON.parse` gives a `Was`. Rows of older versions lack some fields. */
export function wasText(booking: Parameters<typeof wasOf>[0]): string {
  return JSON.stringify(wasOf(booking))
}

/** The place of a venue in words that compare. Rows of older versions have no room. */
function placeKey({ id, name, room = null, address, areaOnly }: NonNullable<Session['venue']>) {
  return [id, name.ja, name.en, room && [room.ja, room.en], address, areaOnly]
}

/** Whether two of them say the same. */
export function isSame(one: Was, other: Was): boolean {
  const text = ({ status, date, starts_at, ends_at, format, until, postponed, venue }: Was) => {
    const place = format === 'onsite' && venue ? placeKey(venue) : null
    return JSON.stringify([status, date, starts_at, ends_at, format, until, postponed, place])
  }
  const { seats = other.seats, session = other.session, drawn = other.drawn } = one
  const isThere = session === (other.session ?? session)
  const isDrawn = other.drawn === undefined || drawn === other.drawn
  return isThere && isDrawn && text(one) === text(other) && seats === (other.seats ?? seats)
}

/** The instant from which it can no longer be cancelled; null while undecided or postponed. */
export function cancelsAt(booking: Pick<Booking, 'session' | 'slot'>): string | null {
  if (booking.session.former !== null) return null
  return (booking.slot ?? booking.session).cancels_at
}

/** Whether its holder may cancel it at the instant `now`. */
export function isCancellable(booking: Pick<Booking, 'status' | 'session' | 'slot'>, now: string): boolean {
  const until = cancelsAt(booking)
  const inTime = until === null || now < until
  return mayBecome(booking.status, 'cancelled') && inTime
}

/** Whether the desk may cancel it: until its own time is over. */
export function isEndable(booking: Pick<Booking, 'status' | 'session' | 'slot'>, now: string): boolean {
  return mayBecome(booking.status, 'cancelled') && booking.session.status !== 'held' && !isPast(booking, now)
}
