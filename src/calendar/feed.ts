import ical, { escape as escaped, ICalCalendarMethod, type ICalEventData } from 'ical-generator'
import { type Bytes, chunks, encoded } from '../base/chunks.ts'
import type { Instant } from '../base/clock.ts'
import { withoutForbidden } from '../base/input.ts'
import { fragments } from '../base/recall.ts'
import { nextTurn } from '../base/turn.ts'
import type { Booking } from '../booking/booking.ts'
import type { Session } from '../schedule/session.ts'
import { bookingEvent, inJapan, type Method, sessionEvent, stampsOf, type Writing, ZONE } from './event.ts'

/** The refresh interval of a feed in seconds (RFC 7986 section 5.7). */
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

/** Moves VTIMEZONE behind the properties of the calendar, which come before all components (RFC 5545 section 3.4). */
function zoneLast(text: string): string {
  const zone = `${VTIMEZONE.replaceAll('\n', '\r\n')}\r\n`
  const [before = '', ...after] = text.split(zone)
  const rest = after.join('')
  const components = /^(?:BEGIN:VEVENT|END:VCALENDAR)/m.exec(rest)?.index ?? 0
  return before + rest.slice(0, components) + zone + rest.slice(components)
}

/** One VCALENDAR with these entries (RFC 5545 section 3.4): one VTIMEZONE, lines of at most 75 octets, CRLF. */
function calendarOf({ locale }: Writing, method: Method, events: (ICalEventData | null)[], name?: string): string {
  const written = events.filter((event) => event !== null)
  const calendar = ical({
    prodId: { company: 'Madoguchi', product: 'Madoguchi', language: locale },
    method: ICalCalendarMethod[method],
    // A zone's name would drop the Z of DTSTAMP. Without entries it is needed to include the VTIMEZONE.
    timezone: { name: written.length === 0 ? ZONE : null, generator: () => VTIMEZONE },
    events: written,
  })
  if (name !== undefined) calendar.name(escaped(name, false)).ttl(REFRESH)
  // A lone CR is no line break of the format, but some readers take it for one.
  return zoneLast(`${withoutForbidden(calendar.toString()).replaceAll(/\r(?!\n)/g, '')}\r\n`)
}

/** Sessions that are written between two turns of the event loop. */
const ROUND = 100

const entryBytes = fragments<Session, Bytes>()

/** The entries of these sessions, each written once for a language and configuration. */
function publicEntries(writing: Writing, sessions: readonly Session[]): Bytes[] {
  const { config, locale } = writing
  const name = [locale, config.publicUrl, config.mailFrom].join(' ')
  const write = (session: Session) => {
    const text = calendarOf(writing, 'PUBLISH', [sessionEvent(writing, session)])
    const begin = text.indexOf('BEGIN:VEVENT')
    return encoded(begin < 0 ? '' : text.slice(begin, text.lastIndexOf('END:VCALENDAR')))
  }
  return sessions.map((session) => entryBytes(session, name, () => write(session)))
}

/**
 * A feed of the sessions that have a date, whose entries `written` writes. Others are answered between its rounds. Throws
 * `AbortError` between two rounds if nobody waits for it any more.
 */
async function feedOf<Part>(
  writing: Writing,
  name: string,
  sessions: readonly Session[],
  written: (some: readonly Session[]) => Part[],
): Promise<(string | Part)[]> {
  const dated = sessions.filter(({ date }) => date !== null)
  // One entry makes the calendar what it is around entries.
  const around = calendarOf(
    writing,
    'PUBLISH',
    dated.slice(0, 1).map((session) => sessionEvent(writing, session)),
    name,
  )
  const end = around.lastIndexOf('END:VCALENDAR')
  const begin = around.indexOf('BEGIN:VEVENT')
  const parts: (string | Part)[] = [around.slice(0, begin < 0 ? end : begin)]
  for (const [round, some] of chunks(dated, ROUND).entries()) {
    if (round > 0) {
      await nextTurn()
      writing.signal?.().throwIfAborted()
    }
    parts.push(...written(some))
  }
  return [...parts, around.slice(end)]
}

/**
 * A feed of sessions to subscribe to, named `name`, in parts. Leaves out sessions without a date. Throws `AbortError`.
 */
export async function sessionsCalendar(
  writing: Writing,
  name: string,
  sessions: readonly Session[],
): Promise<(string | Bytes)[]> {
  return feedOf(writing, name, sessions, (some) => publicEntries(writing, some))
}

/** Puts into words how full a session is: people who hold a place, and the capacity. Null leaves it out. */
type FullText = (taken: number, capacity: number | null) => string

/**
 * The feed of a desk. Each session has the number of people booked and a link to its page in the console. Throws
 * `AbortError`.
 */
export async function deskCalendar(
  writing: Writing,
  name: string,
  sessions: readonly Session[],
  fullText: FullText,
): Promise<string> {
  const entry = (session: Session) => {
    const event = sessionEvent(writing, session)
    const { capacity, taken, id } = session
    const full = capacity === null ? null : fullText(taken, capacity)
    const url = `${writing.config.publicUrl}/desk/sessions/${id}`
    const stamps = stampsOf(session.updated_at, session.seats_changed_at)
    const summary = full === null ? (event?.summary ?? '') : `${event?.summary} ${full}`
    return event && { ...event, ...stamps, url, summary }
  }
  const parts = await feedOf(writing, name, sessions, (some) => {
    const text = calendarOf(writing, 'PUBLISH', some.map(entry))
    return [text.slice(text.indexOf('BEGIN:VEVENT'), text.lastIndexOf('END:VCALENDAR'))]
  })
  return parts.join('')
}

/** A time at which somebody advises, and how many people come. */
export type OwnEntry = {
  session: Session
  slot: string | null
  starts_at: Instant | null
  ends_at: Instant | null
  room: string
  people: number
  changed_at: Instant
}

/**
 * The feed of an adviser: one entry for each time, with its room and the number of people. It has no names, because feeds
 * are copied to other services. Leaves out times without hours. Throws `AbortError`.
 */
export async function adviserCalendar(
  writing: Writing,
  name: string,
  entries: readonly OwnEntry[],
  peopleText: FullText,
): Promise<string> {
  const events = entries.flatMap(({ session, slot, starts_at, ends_at, room, people, changed_at }) => {
    const event = starts_at === null || ends_at === null ? null : sessionEvent(writing, session)
    if (event === null || starts_at === null || ends_at === null) return []
    const time = { start: inJapan(starts_at), end: inJapan(ends_at), timezone: ZONE }
    const [key, domain] = session.uid.split('@')
    const id = `${key}-${slot ?? 'day'}-adviser@${domain}`
    const latest = [session.updated_at, session.seats_changed_at].toSorted().at(-1) ?? changed_at
    const place = typeof event.location === 'string' ? event.location : ''
    const where = `${room} ${place}`.trim()
    const summary = `${event.summary} ${peopleText(people, null)}`
    const url = `${writing.config.publicUrl}/desk/mine`
    return [{ ...event, ...time, ...stampsOf(latest, changed_at), id, summary, location: where, url }]
  })
  return calendarOf(writing, 'PUBLISH', events, name)
}

/** The file of one session. It has no calendar name, so that clients add the entry to the user's own calendar. */
export function sessionCalendar(writing: Writing, session: Session): string {
  return calendarOf(writing, 'PUBLISH', [sessionEvent(writing, session)])
}

/**
 * The file of a booking (`PUBLISH`), or the calendar part of a letter (`REQUEST`, `CANCEL`). `REQUEST` and `CANCEL`
 * throw without an e-mail. Contains no entry while the date is undecided.
 */
export async function bookingCalendar(writing: Writing, booking: Booking, method: Method): Promise<string> {
  return calendarOf(writing, method, [await bookingEvent(writing, booking, method)])
}
