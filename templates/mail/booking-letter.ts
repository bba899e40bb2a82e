import type { Instant } from '../../src/base/clock.ts'
import type { CivilDate } from '../../src/base/japan/civil.ts'
import { type BookingLetterKind, meaningOf } from '../../src/base/letters.ts'
import type { Locale } from '../../src/base/locale.ts'
import { standingOf } from '../../src/base/standing.ts'
import type { Booking, Was } from '../../src/booking/booking.ts'
import { placeText } from '../../src/calendar/place.ts'
import { texts } from '../text/index.ts'
import { type LetterTexts, letterTexts } from '../text/letters.ts'
import { dateText, dayText, hoursText, momentText } from '../text/when.ts'

/** The view of a letter about a booking. */
export type LetterFacts = {
  kind: BookingLetterKind
  locale: Locale
  booking: Booking
  /** null while the hours are undecided. */
  time: { starts_at: Instant; ends_at: Instant } | null
  /** The end of cancelling. null if it cannot be cancelled any more. */
  cancelsUntil: Instant | null
  publicUrl: string
  /** null if the link can no longer be derived. */
  manageUrl: string | null
  /** Links that fill in an entry of a web calendar. null while the hours are undecided. */
  calendars: { google: string | null; outlook: string | null; outlook365: string | null }
  /** Whether replies to this letter are read. */
  replies: boolean
  /** The link of the meeting on the web. null if there is none, or if it is not known yet. */
  meetingUrl: string | null
  /** The last day on which the survey can be answered; null while undecided. */
  surveyUntil: CivilDate | null
  /** The session before the change, else null. */
  was: Was | null
}

export type LetterLink = { label: string; url: string /** Too long for the text part. */; long?: true }
export type LetterSection = { title: string; lines: string[]; links: LetterLink[] }

/** The content of a letter, the same for text and HTML. */
export type LetterView = {
  locale: Locale
  subject: string
  heading: string
  company: string
  dear: string
  opening: string[]
  facts: { label: string; value: string }[]
  sections: LetterSection[]
  signature: string[]
  footnote: string
}

function momentsText(locale: Locale, date: string | null, time: LetterFacts['time'], instead: string): string {
  if (date === null) return texts(locale).dateUndecided
  return `${dateText(locale, date)} ${time ? hoursText(locale, time) : instead}`
}

function whenText({ locale, booking: { session, slot, status }, time }: LetterFacts): string {
  const l = letterTexts(locale)
  const anyTime = status === 'waiting' && slot === null && session.slots.length > 0
  return momentsText(locale, session.date, anyTime ? null : time, anyTime ? l.anySlot : texts(locale).timeUndecided)
}

function wasText({ kind, locale, was }: LetterFacts): string | null {
  if (was === null || !meaningOf(kind).before) return null
  const { date, starts_at, ends_at, format } = was
  const time = starts_at !== null && ends_at !== null ? { starts_at, ends_at } : null
  const t = texts(locale)
  return `${momentsText(locale, date, time, t.timeUndecided)} ${t.format[format]}`
}

function heldFor({ kind, locale, booking }: LetterFacts, l: LetterTexts): [string, string | null] {
  const { holds: name } = meaningOf(kind)
  const { offer_expires_at: ends } = booking
  return name === undefined || ends === null ? ['', null] : [l[name], texts(locale).until(momentText(locale, ends))]
}

function whereText({ locale, booking: { session, format } }: LetterFacts): string | null {
  const t = texts(locale).session
  if (format === 'online') return t.elsewhereThanVenue.online
  return format === 'onsite' ? (placeText(session, [format], locale) ?? t.noVenue) : null
}

/** The kinds of letters that say how the booking stands. */
const STATED: readonly BookingLetterKind[] = ['link', 'held_again', 'restored']

function factsOf(facts: LetterFacts, l: LetterTexts): LetterView['facts'] {
  const { kind, locale, booking, cancelsUntil } = facts
  const { ends = false, reason = false, noDeadline = ends } = meaningOf(kind)
  const t = texts(locale)
  const rows: [string, string | null | undefined | false][] = [
    [l.number, booking.number],
    [t.booking.status, STATED.some((one) => one === kind) && t.standings[standingOf(booking, booking.session)]],
    [l.what, booking.session.title[locale]],
    [kind === 'postponed' ? l.was : l.when, whenText(facts)],
    [l.was, wasText(facts)],
    [l.reason, reason && booking.session.reason?.[locale]],
    heldFor(facts, l),
    [l.reserve, kind === 'reserve' && booking.position !== null && l.nth(booking.position)],
    [l.position, kind === 'waiting' && booking.position !== null && l.nth(booking.position)],
    [l.format, t.format[booking.format]],
    [l.place, facts.meetingUrl === null && whereText(facts)],
    [l.meetingUrl, !ends && facts.meetingUrl],
    [t.book.labels.seats, t.people(booking.seats)],
    [t.session.cost, t.session.free],
    [l.note, !ends && booking.session.note?.[locale]],
    [l.deadline, !noDeadline && cancelsUntil && t.until(momentText(locale, cancelsUntil))],
  ]
  return rows.flatMap(([label, value]) => (value ? [{ label, value }] : []))
}

/** The session that the survey is about. */
function surveyFacts({ locale, booking, ...facts }: LetterFacts, l: LetterTexts): LetterView['facts'] {
  return [
    { label: l.number, value: booking.number },
    { label: l.what, value: booking.session.title[locale] },
    { label: l.when, value: whenText({ locale, booking, ...facts }) },
  ]
}

/** The link of the survey, and its last day. */
function surveySection({ locale, manageUrl, surveyUntil }: LetterFacts, l: LetterTexts): LetterSection[] {
  if (manageUrl === null || surveyUntil === null) return []
  const { title, text, open } = l.survey
  const until = texts(locale).until(dayText(locale, surveyUntil))
  return [{ title, lines: [text(until)], links: [{ label: open, url: `${manageUrl}/survey` }] }]
}

function deskLines({ locale, booking: { session } }: LetterFacts, l: LetterTexts): string[] {
  const { name, phones, hours } = session.desk
  const lines = [name[locale], phones.length > 0 && l.phone(phones), hours && texts(locale).openHours(hours[locale])]
  return lines.filter((line) => typeof line === 'string')
}

function calendarSection(facts: LetterFacts, l: LetterTexts): LetterSection[] {
  const { manageUrl, calendars } = facts
  const t = texts(facts.locale).done
  if (manageUrl === null || meaningOf(facts.kind).calendar !== 'REQUEST') return []
  const elsewhere = [
    [t.google, calendars.google],
    [t.outlook, calendars.outlook],
    [t.outlook365, calendars.outlook365],
  ] as const
  const links: LetterLink[] = elsewhere.flatMap(([label, url]) => (url === null ? [] : [{ label, url, long: true }]))
  const file = { label: l.calendar.file, url: `${manageUrl}/booking.ics` }
  return [{ title: l.calendar.title, lines: [l.calendar.text], links: [file, ...links] }]
}

function sectionsOf(facts: LetterFacts, l: LetterTexts): LetterSection[] {
  const { kind, booking, manageUrl, publicUrl } = facts
  const { number, session } = booking
  const survey = kind === 'survey'
  const over = meaningOf(kind).ends
  const called = over || survey ? l.ask : l.byPhone
  const phone: LetterSection[] =
    session.desk.phones.length === 0
      ? []
      : [{ title: called.title, lines: [called.text(number), ...deskLines(facts, l)], links: [] }]
  if (over) {
    const url = `${publicUrl}/calendar?prefecture=${session.prefecture}`
    return [{ title: l.again.title, lines: [l.again.text], links: [{ label: l.again.open, url }] }, ...phone]
  }
  if (survey) return [...surveySection(facts, l), ...phone]
  const link = kind === 'offered' || kind === 'won' ? l.answer : l.manage
  const manage: LetterSection[] =
    manageUrl === null ? [] : [{ title: link.title, lines: [link.text], links: [{ label: link.open, url: manageUrl }] }]
  return [...manage, ...phone, ...calendarSection(facts, l)]
}

/** Writes a letter about a booking. It holds all that is needed, since some carriers remove links. */
export function bookingLetter(facts: LetterFacts): LetterView {
  const { kind, locale, booking, publicUrl } = facts
  const l = letterTexts(locale)
  const t = texts(locale)
  const { session } = booking
  const { mark, heading, opening } = l.kinds[kind]
  const day = session.date === null ? t.dateUndecided : dayText(locale, session.date)
  return {
    locale,
    subject: l.subject(mark, session.title[locale], day, booking.number),
    heading,
    company: booking.company,
    dear: l.dear(booking.name),
    opening: session.sample ? [...opening, t.sampleNote] : opening,
    facts: kind === 'survey' ? surveyFacts(facts, l) : factsOf(facts, l),
    sections: sectionsOf(facts, l),
    signature: [...deskLines(facts, l), t.site, publicUrl],
    footnote: facts.replies ? l.replies : l.noReplies,
  }
}
