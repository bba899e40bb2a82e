import ical, { escape as escaped, ICalCalendarMethod, type ICalEventData } from 'ical-generator'
import type { Booking } from '../booking/booking.ts'
import type { Session } from '../schedule/session.ts'
import { bookingEvent, type Method, sessionEvent, type Writing, ZONE } from './event.ts'

/** How often a calendar may ask again, in seconds (RFC 7986 section 5.7). */
const REFRESH = 3600

/** Japan has had one offset and no summer time since 1951 (RFC 5545 section 3.6.5). */
const VTIMEZONE = `BEGIN:VTIMEZONE
TZID:${ZONE}
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0900
TZOFFSETTO:+0900
TZNAME:JST
END:STANDARD
END:VTIMEZONE`

/** Puts entries into one VCALENDAR (RFC 5545 section 3.4): one VTIMEZONE, lines of at most 75 octets, CRLF throughout. */
function calendarOf({ locale }: Writing, method: Method, events: (ICalEventData | null)[], name?: string): string {
  const written = events.filter((event) => event !== null)
  const calendar = ical({
    prodId: { company: 'Madoguchi', product: 'Madoguchi', language: locale },
    method: ICalCalendarMethod[method],
    // A zone's name here would drop the Z of DTSTAMP; without an entry it is what puts the VTIMEZONE in at all.
    timezone: { name: written.length === 0 ? ZONE : null, generator: () => VTIMEZONE },
    events: written,
  })
  if (name !== undefined) calendar.name(escaped(name, false)).ttl(REFRESH)
  return `${calendar.toString()}\r\n`
}

/** A feed of sessions to subscribe to, named `name`. Sessions without a date are left out. */
export function sessionsCalendar(writing: Writing, name: string, sessions: readonly Session[]): string {
  const events = sessions.map((session) => sessionEvent(writing, session))
  return calendarOf(writing, 'PUBLISH', events, name)
}

/** How full a session is, in words: people who hold a place, and its capacity, null where that is unlimited. */
type Told = (taken: number, capacity: number) => string

/** The feed of a desk: each session with how many people are booked, and a link to its page in the console. */
export function deskCalendar(writing: Writing, name: string, sessions: readonly Session[], told: Told): string {
  const events = sessions.map((session) => {
    const event = sessionEvent(writing, session)
    const { capacity, room, id } = session
    const full = capacity === null || room === null ? null : told(capacity - room, capacity)
    const url = `${writing.config.publicUrl}/desk/sessions/${id}`
    return event && { ...event, url, summary: full === null ? (event.summary ?? '') : `${event.summary} ${full}` }
  })
  return calendarOf(writing, 'PUBLISH', events, name)
}

/** One session's own file: the same entry as in the feeds, without a calendar's name, so that clients add it to an own. */
export function sessionCalendar(writing: Writing, session: Session): string {
  return calendarOf(writing, 'PUBLISH', [sessionEvent(writing, session)])
}

/**
 * A booking's file (`PUBLISH`), or the calendar part of a letter to the person who made it (`REQUEST`, `CANCEL`: only
 * with an e-mail, throws otherwise). Without an entry while the date is undecided.
 */
export async function bookingCalendar(writing: Writing, booking: Booking, method: Method): Promise<string> {
  return calendarOf(writing, method, [await bookingEvent(writing, booking, method)])
}
