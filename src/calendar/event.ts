import { ICalAttendeeStatus, type ICalEventData, ICalEventStatus, ICalEventTransparency } from 'ical-generator'
import { DateTime } from 'luxon'
import type { Instant } from '../base/clock.ts'
import { settledHours, timeOf } from '../base/hours.ts'
import { remembered } from '../base/recall.ts'
import { standingOf } from '../base/standing.ts'
import { STATUS } from '../base/vocabulary.ts'
import { type Booking, meetingUrlOf } from '../booking/booking.ts'
import { manageUrl } from '../booking/link.ts'
import type { Ctx } from '../context.ts'
import { type Session, withDay } from '../schedule/session.ts'
import { addressOf, mailtoOf } from './address.ts'
import { guideLines, placeText } from './place.ts'
import { WORDS } from './words.ts'

/** What entries are written with: addresses and links of the configuration, the language, and whether somebody waits. */
export type Writing = Pick<Ctx, 'config' | 'locale' | 'signal'>

/** The method of an entry (RFC 5546 section 1.4). It is public, or sent to one person to add, change or cancel. */
export type Method = 'PUBLISH' | 'REQUEST' | 'CANCEL'

/** The time zone of all entries. */
export const ZONE = 'Asia/Tokyo'

/** An instant in the zone of all entries. Sessions of a feed begin, end and change at the same few thousand. */
export const inJapan = remembered((instant: string) => DateTime.fromISO(instant, { zone: ZONE }), 5000)

/** DTSTART and DTEND with the zone, or the whole day if the hours are undecided; null without a date. */
function whenOf({ date }: Session, time: { starts_at: string; ends_at: string } | null) {
  if (time) return { start: inJapan(time.starts_at), end: inJapan(time.ends_at), timezone: ZONE }
  if (date === null) return null
  const day = inJapan(date)
  return { start: day, end: day.plus({ days: 1 }), allDay: true, timezone: ZONE }
}

/** The state in which a session does not take place, or null. */
function offOf(session: Session) {
  const { status } = session
  return status === 'called_off' || status === 'postponed' || status === 'skipped' ? status : null
}

/** The later of two instants. */
function later(one: Instant, other: Instant): Instant {
  return one > other ? one : other
}

/** DTSTAMP and LAST-MODIFIED of an entry whose content changed last at one of two instants. */
export function stampsOf(one: Instant, other: Instant = one) {
  const changed = inJapan(later(one, other))
  return { stamp: changed, lastModified: changed }
}

/**
 * The properties that session and booking entries share. Stamps change only with the row and its session; otherwise
 * every poll would look new.
 */
function commonOf(
  { config, locale }: Writing,
  row: Pick<Session, 'uid' | 'sequence' | 'created_at' | 'updated_at'>,
  session: Session,
) {
  const from = addressOf(config.mailFrom)
  return {
    id: row.uid,
    sequence: row.sequence,
    ...stampsOf(row.updated_at, session.updated_at),
    created: inJapan(row.created_at),
    organizer: { name: from.name || WORDS[locale].product, email: mailtoOf(from.address) },
    url: `${config.publicUrl}/sessions/${session.id}`,
  }
}

function lines(...given: (string | null | undefined | false)[]): string {
  return given.filter(Boolean).join('\n')
}

function deskLine(session: Session, { locale }: Writing): string {
  const { desk, phone, colon } = WORDS[locale]
  const { name, phones } = session.desk
  return `${desk}${colon}${name[locale]}${phones.length > 0 ? ` ${phone} ${phones.join(', ')}` : ''}`
}

/** The contact as text. Never contains an address that the source shows damaged. */
function applyLine({ id, apply, starts_at }: Session, { config, locale }: Writing): string {
  const words = WORDS[locale]
  if (apply.kind === 'here') {
    return `${starts_at === null ? words.more : words.apply}${words.colon}${config.publicUrl}/sessions/${id}`
  }
  const contact = [apply.name, apply.phone && `${words.phone} ${apply.phone}`, apply.url].filter(Boolean).join(' ')
  return `${words.applyElsewhere}${words.colon}${contact}`
}

/**
 * The public entry of a session (RFC 5545 section 3.6.1), or null while its date is undecided. It has no free places,
 * people or alarm, because feeds are shared and polled.
 */
export function sessionEvent(writing: Writing, given: Session): ICalEventData | null {
  // An entry that is off stays at its day.
  const session = withDay(given)
  const { locale } = writing
  const { reason, note } = session
  const time = settledHours(session)
  const when = whenOf(session, time)
  if (!when) return null
  const words = WORDS[locale]
  const off = offOf(session)
  const mark = off ? words.off[off] : time ? '' : words.hoursUndecided
  return {
    ...commonOf(writing, session, session),
    ...when,
    summary: mark + (session.sample ? words.sampleMark : '') + session.title[locale],
    status: off ? ICalEventStatus.CANCELLED : time ? ICalEventStatus.CONFIRMED : ICalEventStatus.TENTATIVE,
    transparency: ICalEventTransparency.TRANSPARENT,
    location: placeText(session, session.formats, locale, off !== null),
    categories: [{ name: words.kinds[session.kind] }],
    description: lines(
      session.sample && words.sample,
      off && reason && `${words.reason}${words.colon}${reason[locale]}`,
      !off && !time && words.hoursLater,
      note?.[locale],
      session.formats.length > 0 &&
        `${words.format}${words.colon}${session.formats.map((format) => words.formats[format]).join(words.between)}`,
      ...(off ? [] : guideLines(session, session.formats, locale)),
      words.cost,
      deskLine(session, writing),
      !off && applyLine(session, writing),
    ),
  }
}

/** As `offOf`. A day that was called off while it ran took place for people who kept their booking. */
function bookingOff({ status, session }: Booking) {
  const off = offOf(session)
  return off === 'called_off' && !STATUS[status].over ? null : off
}

function bookingStatus(booking: Booking, timed: boolean): ICalEventStatus {
  const { over, pending } = STATUS[booking.status]
  if (over || bookingOff(booking)) return ICalEventStatus.CANCELLED
  return timed && !pending ? ICalEventStatus.CONFIRMED : ICalEventStatus.TENTATIVE
}

function bookingMark(booking: Booking, timed: boolean, { locale }: Writing): string {
  const words = WORDS[locale]
  const off = bookingOff(booking)
  return (
    words.booking[standingOf(booking, booking.session)] ||
    (off === 'called_off' ? words.calledOff : off ? words.off[off] : timed ? '' : words.hoursUndecided)
  )
}

/**
 * The entry of a booking, or null while the date is undecided. It contains the manage link: never put it into a shared
 * feed. REQUEST and CANCEL name the person as ATTENDEE and need an e-mail; PUBLISH names nobody (RFC 5546 section 3.2).
 */
export async function bookingEvent(writing: Writing, booking: Booking, method: Method): Promise<ICalEventData | null> {
  const { locale } = writing
  const { format, name, email } = booking
  const session = withDay(booking.session)
  const time = timeOf({ session: { ...session, former: null }, slot: booking.slot })
  const when = whenOf(session, time)
  if (!when) return null
  if (method !== 'PUBLISH' && email === null) throw new Error(`${method} for a booking without an e-mail`)
  const words = WORDS[locale]
  const manage = await manageUrl(writing, booking)
  const meeting = meetingUrlOf(booking)
  const status = method === 'CANCEL' ? ICalEventStatus.CANCELLED : bookingStatus(booking, time !== null)
  const gone = status === ICalEventStatus.CANCELLED
  const place = placeText(session, [format], locale, gone)
  return {
    ...commonOf(writing, booking, session),
    ...when,
    summary:
      bookingMark(booking, time !== null, writing) + (session.sample ? words.sampleMark : '') + session.title[locale],
    status,
    transparency: gone ? ICalEventTransparency.TRANSPARENT : ICalEventTransparency.OPAQUE,
    location: place,
    categories: [{ name: words.kinds[session.kind] }],
    attendees:
      method === 'PUBLISH' || email === null
        ? []
        : [{ email: mailtoOf(email), name, status: ICalAttendeeStatus.ACCEPTED, rsvp: false }],
    description: lines(
      session.sample && words.sample,
      session.note?.[locale],
      `${words.number}${words.colon}${booking.number}`,
      `${words.people}${words.colon}${words.count(booking.seats)}`,
      `${words.format}${words.colon}${words.formats[format]}`,
      format === 'onsite' && place && `${words.place}${words.colon}${place}`,
      ...(gone ? [] : guideLines(session, [format], locale)),
      words.cost,
      deskLine(session, writing),
      method !== 'CANCEL' && meeting && `${words.meeting}${words.colon}${meeting}`,
      manage && `${words.manage}${words.colon}${manage}`,
    ),
  }
}
