import type { ShownFields } from '../base/fingerprint.ts'
import type { BookingStatus, Format } from '../base/vocabulary.ts'
import type { Session, Slot } from './session.ts'

// What pages show of a place, a booking or a session before an act. Texts, notes and free seats are left out: a change
// of them changes nothing for the person.

/** The states of a session that pages name; the others follow from the time and from other people's bookings. */
const NAMED = ['called_off', 'postponed', 'skipped'] as const satisfies readonly Session['status'][]

const stateOf = ({ status }: Session) => NAMED.find((one) => one === status) ?? null

/** The venue, if people come there. */
function venueOf({ venue }: Session, formats: readonly Format[]): ShownFields | null {
  if (venue === null || !formats.includes('onsite')) return null
  const { id, name, room = null, address, areaOnly } = venue
  return [id, name.ja, name.en, address, areaOnly, ...(room === null ? [] : [room.ja, room.en])]
}

type Place = { session: Session; slot: Slot | null }

// A form carries the prints of all its choices. Each names its slot: another slot may come to its hours.
const hoursOf = ({ session, slot }: Place) => {
  const { starts_at, ends_at } = slot ?? session
  return [session.id, slot?.id ?? null, session.date, starts_at, ends_at]
}

/** A place as the API shows it: its date, hours, venue and state. */
export function placeFields(place: Place): ShownFields {
  const { session } = place
  return ['place', ...hoursOf(place), venueOf(session, session.formats), stateOf(session)]
}

type Application = Place & {
  format: Format
  status: BookingStatus
  /** What nobody may leave empty, as `requiredOf`. */
  required?: readonly string[]
}

/**
 * A place as its confirm page shows it: also the form, and whether the party gets it or waits. The questions that must be
 * answered belong to it.
 */
export function applicationFields(place: Application): ShownFields {
  const { session, format, status, required = [] } = place
  const shown = ['application', ...hoursOf(place), format, venueOf(session, [format]), status, session.acceptance]
  return required.length > 0 ? [...shown, required] : shown
}

type Booked = Place & { id: string; format: Format; status: BookingStatus; seats: number; email: string | null }

/** A booking as its holder sees it. */
export function bookingFields(booking: Booked): ShownFields {
  const { id, session, format, status, seats } = booking
  return ['booking', id, ...hoursOf(booking), format, venueOf(session, [format]), stateOf(session), status, seats]
}

/** A booking as its desk sees it: also whether its holder gets a letter or a call. */
export function deskBookingFields(booking: Booked): ShownFields {
  return [...bookingFields(booking), booking.email === null ? 'phone' : 'mail']
}

/** A booking as the list of a day shows it. */
export function attendanceFields(line: {
  id: string
  status: BookingStatus
  date: string | null
  starts_at: string | null
}): ShownFields {
  return ['attendance', line.id, line.status, line.date, line.starts_at]
}

/** A booking and its place after a move. */
export function moveFields(booking: Booked, to: Place & { format: Format }): ShownFields {
  return ['move', bookingFields(booking), hoursOf(to), to.format, venueOf(to.session, [to.format])]
}

/** A session as its desk sees it before an act on the whole of it. */
export function sessionFields(session: Session): ShownFields {
  const { formats, draw } = session
  return ['session', ...hoursOf({ session, slot: null }), formats, venueOf(session, formats), stateOf(session), draw]
}
