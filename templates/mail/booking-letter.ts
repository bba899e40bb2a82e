import type { Instant } from '../../src/base/clock.ts'
import { settledHours } from '../../src/base/hours.ts'
import type { CivilDate } from '../../src/base/japan/civil.ts'
import { prefectureByCode } from '../../src/base/japan/prefecture.ts'
import { type BookingLetterKind, meaningOf } from '../../src/base/letters.ts'
import type { Locale } from '../../src/base/locale.ts'
import { filled } from '../../src/base/placeholders.ts'
import type { FreedBy } from '../../src/base/seating.ts'
import { standingOf } from '../../src/base/standing.ts'
import { STATUS } from '../../src/base/vocabulary.ts'
import type { Booking, Was } from '../../src/booking/booking.ts'
import { formerPlaceText, placeText } from '../../src/calendar/place.ts'
import { extraRows } from '../extras.ts'
import { guideRows } from '../guide.ts'
import { sessionDay } from '../text/day.ts'
import { texts } from '../text/index.ts'
import { PENDING, type PendingState } from '../text/letters/pending.ts'
import { type KindWords, type LetterTexts, letterTexts } from '../text/letters.ts'
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
  /** Whether entries of its lottery are closed. */
  entriesClosed: boolean
  /** Whether its holder may cancel it by the link, also while its hours are undecided. */
  mayCancel: boolean
  /** How a place that becomes free reaches somebody who waits. */
  freedBy: FreedBy
  /** null if the link can no longer be derived. */
  manageUrl: string | null
  /** Links that fill in an entry of a web calendar. null while the hours are undecided. */
  calendars: { google: string | null; outlook: string | null; outlook365: string | null }
  /** Whether a calendar file is attached to it. */
  attached: boolean
  /** Whether replies to this letter are read. */
  replies: boolean
  /** The link of the meeting on the web. null if there is none, or if it is not known yet. */
  meetingUrl: string | null
  /** The last day on which the survey can be answered; null while undecided. */
  surveyUntil: CivilDate | null
  /** What its reader knew before, if date, time, form or place changed since. */
  was: Was | null
  /** What its reader knew of something that is over, if they never heard of what a desk changed meanwhile. */
  known: Was | null
  /** Whether they never heard of the place that was held for them. */
  unheard: boolean
  /** Why the desk did what it tells of. */
  reason: Booking['session']['reason']
  /** The words of a message, in a language that need not be its reader's. null for other letters. */
  said: { subject: string; body: string; locale: Locale } | null
  /** The paragraph of the desk. null without one. */
  paragraph: string | null
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
  /** The lines before those of the house, which every letter has. */
  signature: string[]
  footnote: string
  /** What the logo above an HTML letter stands for. Null or left out without one. */
  logo?: string | null
}

/** What a booking that is not confirmed asks for; null if it is booked or over. */
function pendingState(booking: Booking): PendingState | null {
  const standing = standingOf(booking, booking.session)
  return PENDING.find((state) => state === standing) ?? null
}

function momentsText(locale: Locale, date: string | null, time: LetterFacts['time'], instead: string): string {
  if (date === null) return texts(locale).dateUndecided
  return `${dateText(locale, date)} ${time ? hoursText(locale, time) : instead}`
}

function whenText({ locale, booking: { session, slot, status }, time }: LetterFacts): string {
  if (session.former !== null) return sessionDay(locale, session)
  const l = letterTexts(locale)
  const anyTime = status === 'waiting' && slot === null && session.slots.length > 0
  return momentsText(locale, session.date, anyTime ? null : time, anyTime ? l.anySlot : texts(locale).timeUndecided)
}

type Place = Booking['session']['venue']

/** The place that a booking had, unless it reads as the one it has, or was only to follow. */
function leftPlace(locale: Locale, venue: Place, now: Place): string | null {
  if (venue === null || (venue.areaOnly && venue.id === now?.id)) return null
  const text = formerPlaceText({ venue }, locale)
  return venue.id === now?.id && text === formerPlaceText({ venue: now }, locale) ? null : text
}

/** Date, hours and form. Also the place and the number of people if these are others now. */
function wasText(locale: Locale, was: Was, booking: Pick<Booking, 'session' | 'seats'>): string {
  const now = booking.session.venue
  const { date, format, venue = now, seats = booking.seats } = was
  const time = settledHours(was)
  const t = texts(locale)
  const when =
    was.postponed && date !== null
      ? sessionDay(locale, { date: null, former: { date } })
      : momentsText(locale, date, time, t.timeUndecided)
  const place = format === 'onsite' && leftPlace(locale, venue, now)
  const party = seats !== booking.seats && t.people(seats)
  const form = locale === 'ja' ? t.format[format] : t.format[format].toLowerCase()
  return [when, form, place, party].filter(Boolean).join(locale === 'ja' ? ' ' : ', ')
}

/** What was before, unless it reads as what is now. */
function beforeText({ locale, was, booking, time }: LetterFacts): string | null {
  if (was === null) return null
  const { session, format, seats } = booking
  const { starts_at = null, ends_at = null } = time ?? {}
  const { date, former } = session
  const day = { date: former?.date ?? date, postponed: former !== null }
  const now = { ...was, ...day, starts_at, ends_at, format, venue: session.venue, seats }
  const text = wasText(locale, was, booking)
  return text === wasText(locale, now, booking) ? null : text
}

/** When it was to be: the date of a session that has none for now. */
function oldText(facts: LetterFacts): string {
  const { locale, was } = facts
  if (was === null) return whenText(facts)
  return momentsText(locale, was.date, settledHours(was), texts(locale).timeUndecided)
}

/** The facts as their reader knew the booking, if they never heard of what came before its end. */
function asKnown(facts: LetterFacts): LetterFacts {
  const { known, booking } = facts
  if (known === null) return facts
  const { date, format, postponed, venue = booking.session.venue, seats = booking.seats } = known
  const { title = booking.session.title, prefecture = booking.session.prefecture } = known
  const time = settledHours(known)
  const day = postponed && date !== null && time ? { date: null, former: { date, ...time } } : { date, former: null }
  const session = { ...booking.session, ...day, venue, title, prefecture }
  return { ...facts, booking: { ...booking, session, format, seats }, time }
}

/** Until when to answer, until when an answer comes, or until when a lottery takes entries or took them. */
function heldFor({ locale, booking, entriesClosed }: LetterFacts, l: LetterTexts): [string, string | null] {
  const state = pendingState(booking)
  const { offer_expires_at: ends, session } = booking
  if (state === 'entered' && session.closes_at !== null) {
    const { closes, closed } = texts(locale).session
    return [entriesClosed ? closed : closes, momentText(locale, session.closes_at)]
  }
  if (ends === null || (state !== 'offered' && state !== 'won' && state !== 'requested')) return ['', null]
  const name = { offered: l.offerEnds, won: l.confirmEnds, requested: l.answerEnds }[state]
  return [name, texts(locale).until(momentText(locale, ends))]
}

/** The venue of an onsite booking. Other bookings that have a place (`has`) get how to take part; the rest get null. */
function whereText({ kind, locale, booking: { session, format } }: LetterFacts, has: boolean): string | null {
  const t = texts(locale).session
  if (meaningOf(kind).ends) return format === 'onsite' ? formerPlaceText(session, locale) : null
  if (format === 'onsite') return placeText(session, [format], locale) ?? t.noVenue
  if (kind === 'reminder' && format === 'online') return letterTexts(locale).linkNotSent
  return has ? t.elsewhereThanVenue[format] : null
}

/** How to find the venue, for people who come there. */
function guideOf({ kind, locale, booking: { session, format } }: LetterFacts): [string, string][] {
  if (meaningOf(kind).ends || session.status === 'called_off') return []
  return guideRows(locale, session, [format]).map(({ label, value }) => [label, value.replaceAll('\n', ' ')])
}

/** The kinds of letters that say how the booking stands. */
const STATED: readonly BookingLetterKind[] = ['link', 'held_again', 'restored']

/** The words for the state of a booking, if it is not booked as its letter says. */
function stateText({ kind, locale, booking }: LetterFacts): string | null {
  const standing = standingOf(booking, booking.session)
  return STATED.includes(kind) || STATUS[booking.status].pending ? texts(locale).standings[standing] : null
}

/** The format. If the letter names another change first, it also says that people are not to come any more. */
function formatText({ kind, locale, booking: { format }, was }: LetterFacts, l: LetterTexts): string {
  const name = texts(locale).format[format]
  const warns = l.kinds.converted.warns ?? ''
  const isUnsaid = was?.format === 'onsite' && format !== 'onsite' && kind !== 'converted' && !meaningOf(kind).ends
  return isUnsaid ? (locale === 'ja' ? `${name}（${warns.replace(/。$/, '')}）` : `${name}. ${warns}`) : name
}

/** The facts of a letter or a call about a booking, in order. */
export function factRows(given: LetterFacts, l: LetterTexts): LetterView['facts'] {
  const facts = asKnown(given)
  const { kind, locale, booking, cancelsUntil } = facts
  const { session, status, position } = booking
  const { ends = false } = meaningOf(kind)
  const t = texts(locale)
  const postponed = kind === 'postponed'
  // An address that never heard of the day reads of it as it is.
  const old = postponed && facts.was !== null
  const cancels = !ends && !postponed && status !== 'offered' && status !== 'requested'
  const turn = status === 'waiting' && position !== null
  if (kind === 'message') return messageFacts(facts, l)
  const rows: [string, string | null | undefined | false][] = [
    [l.number, booking.number],
    [t.booking.status, !ends && stateText(facts)],
    [l.what, session.title[locale]],
    [old ? l.was : l.when, old ? oldText(facts) : whenText(facts)],
    [l.was, !postponed && !ends && beforeText(facts)],
    [l.reason, facts.reason?.[locale]],
    ends ? ['', null] : heldFor(facts, l),
    [booking.drawn === 'reserve' ? l.reserve : l.position, !ends && turn && l.nth(position)],
    [l.prefecture, prefectureByCode(session.prefecture)?.[locale]],
    [l.format, formatText(facts, l)],
    [l.place, facts.meetingUrl === null && whereText(facts, !ends && !STATUS[status].pending)],
    ...guideOf(facts),
    [l.meetingUrl, !ends && facts.meetingUrl],
    [t.book.labels.seats, t.people(booking.seats)],
    [t.session.cost, !ends && t.session.free],
    [l.note, !ends && session.note?.[locale]],
    ...(ends ? [] : extraRows(locale, booking.extras)),
    [l.deadline, cancels && cancelsUntil && t.until(momentText(locale, cancelsUntil))],
  ]
  return rows.flatMap(([label, value]) => (value ? [{ label, value }] : []))
}

/** The words of a message with the data of its receiver, in the language of the words. */
function saidTo(given: LetterFacts, text: string): string {
  const facts = { ...given, locale: given.said?.locale ?? given.locale }
  const { booking } = facts
  const { company, name, number, session } = booking
  const place = whereText(facts, true) ?? ''
  return filled(text, { company, name, number, place, what: session.title[facts.locale], when: whenText(facts) })
}

/** What a caller says of a message: its words, and the booking that it is about. */
function messageFacts(facts: LetterFacts, l: LetterTexts): LetterView['facts'] {
  const { said } = facts
  const words = said && [
    { label: l.messages.subject, value: saidTo(facts, said.subject) },
    { label: l.messages.body, value: saidTo(facts, said.body) },
  ]
  const { booking } = facts
  const place = whereText(facts, !STATUS[booking.status].pending)
  const state = stateText(facts)
  return [
    ...(words ?? []),
    ...(state === null ? [] : [{ label: texts(facts.locale).booking.status, value: state }]),
    ...surveyFacts(facts, l),
    ...(place === null ? [] : [{ label: l.place, value: place }]),
  ]
}

/** The facts below the words of a letter. Those of a message have said the rest already. */
function factsIn(facts: LetterFacts, l: LetterTexts): LetterView['facts'] {
  if (facts.kind === 'survey') return surveyFacts(facts, l)
  return factRows({ ...facts, said: null }, l)
}

/** The lines of the desk's own paragraph, after ours. */
function paragraphLines(facts: LetterFacts): string[] {
  return facts.paragraph === null ? [] : saidTo(facts, facts.paragraph).split('\n')
}

/** How to get no more messages. */
function messagesSection({ manageUrl }: LetterFacts, l: LetterTexts): LetterSection[] {
  if (manageUrl === null) return []
  const { title, text, open } = l.messages
  return [{ title, lines: [text], links: [{ label: open, url: `${manageUrl}/messages` }] }]
}

/** The session that the survey is about. */
function surveyFacts({ locale, booking, ...facts }: LetterFacts, l: LetterTexts): LetterView['facts'] {
  return [
    { label: l.number, value: booking.number },
    { label: l.what, value: booking.session.title[locale] },
    { label: l.when, value: whenText({ locale, booking, ...facts }) },
    { label: l.prefecture, value: prefectureByCode(booking.session.prefecture)?.[locale] ?? '' },
  ]
}

/** The link of the survey, and its last day. */
function surveySection({ locale, manageUrl, surveyUntil }: LetterFacts, l: LetterTexts): LetterSection[] {
  if (manageUrl === null || surveyUntil === null) return []
  const { title, text, open } = l.survey
  return [{ title, lines: [text(dayText(locale, surveyUntil))], links: [{ label: open, url: `${manageUrl}/survey` }] }]
}

function deskLines(locale: Locale, { name, phones, hours }: Booking['session']['desk'], l: LetterTexts): string[] {
  const lines = [name[locale], phones.length > 0 && l.phone(phones), hours && texts(locale).openHours(hours[locale])]
  return lines.filter((line) => typeof line === 'string')
}

/** How to put a booking into one's calendar. Somebody without a place yet has nothing to put there. */
function calendarSection(facts: LetterFacts, l: LetterTexts): LetterSection[] {
  const { kind, booking, manageUrl, calendars, attached } = facts
  const t = texts(facts.locale).done
  const has = meaningOf(kind).calendar === 'REQUEST' && !STATUS[booking.status].pending && booking.session.date !== null
  if (manageUrl === null || !has) return []
  const elsewhere = [
    [t.google, calendars.google],
    [t.outlook, calendars.outlook],
    [t.outlook365, calendars.outlook365],
  ] as const
  const links: LetterLink[] = elsewhere.flatMap(([label, url]) => (url === null ? [] : [{ label, url, long: true }]))
  const file = { label: l.calendar.file, url: `${manageUrl}/booking.ics` }
  const text = attached ? l.calendar.text : l.calendar.linkOnly
  return [{ title: l.calendar.title, lines: [text], links: [file, ...links] }]
}

/** Where to call. `called`: what for. */
function phoneSection({ booking }: LetterFacts, l: LetterTexts, called: LetterTexts['ask']): LetterSection[] {
  const { number, session } = booking
  const { phones } = session.desk
  return phones.length === 0 ? [] : [{ title: called.title, lines: [called.text(number), l.phone(phones)], links: [] }]
}

function sectionsOf(facts: LetterFacts, l: LetterTexts): LetterSection[] {
  const { kind, booking, manageUrl, publicUrl } = facts
  const { session } = booking
  if (meaningOf(kind).ends) {
    const url = `${publicUrl}/calendar?prefecture=${session.prefecture}`
    const again = { title: l.again.title, lines: [l.again.text], links: [{ label: l.again.open, url }] }
    return [again, ...phoneSection(facts, l, l.ask)]
  }
  if (kind === 'survey') {
    return [...surveySection(facts, l), ...phoneSection(facts, l, l.ask), ...messagesSection(facts, l)]
  }
  if (kind === 'message' && session.over) return [...phoneSection(facts, l, l.ask), ...messagesSection(facts, l)]
  const state = pendingState(booking)
  const answers = state === 'offered' || state === 'won'
  const called = answers ? l.answerByPhone : state === null ? l.byPhone : l.applicationByPhone
  const link = answers ? l.answer : state === null ? (facts.mayCancel ? l.manage : l.see) : l.application
  const manage: LetterSection[] =
    manageUrl === null ? [] : [{ title: link.title, lines: [link.text], links: [{ label: link.open, url: manageUrl }] }]
  const rest = kind === 'message' ? messagesSection(facts, l) : calendarSection(facts, l)
  return [...manage, ...phoneSection(facts, l, called), ...rest]
}

/** The words to somebody whose session is over. */
function overWords(booking: LetterFacts['booking'], l: LetterTexts): KindWords {
  if (booking.session.former !== null) return l.neverHeld
  return standingOf(booking, booking.session) === 'undrawn' ? l.undrawn : l.kinds.session_over
}

/** The words for what became of the session, if they differ from those of the kind. */
function sessionWords(
  { kind, session, known }: Pick<LetterFacts, 'kind' | 'known'> & Pick<Booking, 'session'>,
  l: LetterTexts,
): KindWords | null {
  if (kind === 'held_again' && session.former !== null) return l.postponedAgain
  const isElsewhere = (known?.session ?? session.id) !== session.id
  return kind === 'called_off' && isElsewhere ? l.displaced : null
}

/**
 * The words for what happened. Entries of a draw have words of their own, and so has a postponed session that never got
 * a day.
 */
export function wordsOf(
  { kind, booking, unheard, known }: Pick<LetterFacts, 'kind' | 'booking' | 'unheard' | 'known'>,
  l: LetterTexts,
): KindWords {
  const { drawn, session } = booking
  const own = sessionWords({ kind, session, known }, l)
  if (own) return own
  if (kind === 'lapsed' && unheard) return drawn === 'won' ? l.unheard.won : l.unheard.offered
  if (kind === 'session_over') return overWords(booking, l)
  if (kind === 'lapsed' && drawn === 'won') return l.lapsedDraw
  const declined = !unheard && (kind === 'withdrawn' || kind === 'left') && standingOf(booking, session) === 'declined'
  if (declined) return l.declined
  if (kind === 'link' && pendingState(booking) !== null) return l.applied
  const isReserve = drawn === 'reserve' && (kind === 'offered' || kind === 'promoted' || kind === 'lapsed')
  return isReserve ? l.reserves[kind] : l.kinds[kind]
}

/** What the news means for a booking in its state, and what its holder can do. */
function meaningFor(facts: LetterFacts, l: LetterTexts): (string | false | undefined)[] {
  const { kind, booking, attached, mayCancel } = facts
  const { toAll, ends } = meaningOf(kind)
  const state = pendingState(booking)
  const freed = (state === 'waiting' || state === 'reserve') && l.pending.freed[facts.freedBy]
  if (kind === 'waiting' || kind === 'reserve') return [freed]
  if (!toAll || ends) return []
  const { booked: plain, others, entry, warns } = wordsOf(facts, l)
  const forms = booking.session.formats.filter((format) => format !== booking.format)
  const booked = others && forms.length > 0 ? others(forms.map((each) => texts(facts.locale).format[each])) : plain
  if (state === null) return [warns, booked && (mayCancel ? booked : l.pending.lateBooked), attached && entry]
  return [l.pending[state], freed, mayCancel ? l.pending.ways : l.pending.late]
}

/** The first paragraphs: what happened, and what it means for a booking in this state. */
function openingOf(facts: LetterFacts, l: LetterTexts): string[] {
  const { booking } = facts
  const opening = [...wordsOf(facts, l).opening, ...meaningFor(facts, l)].filter((line) => typeof line === 'string')
  return booking.session.sample ? [...opening, texts(facts.locale).sampleNote] : opening
}

/** Writes a letter about a booking. It holds all that is needed, since some carriers remove links. */
export function bookingLetter(facts: LetterFacts): LetterView {
  const { kind, locale, booking } = facts
  const l = letterTexts(locale)
  const { session } = booking
  const { mark, heading } = wordsOf(facts, l)
  const own = facts.said && { subject: saidTo(facts, facts.said.subject), body: saidTo(facts, facts.said.body) }
  const was = kind === 'postponed' && facts.was?.date
  const as = asKnown(facts).booking.session
  const day = was ? dayText(locale, was) : sessionDay(locale, as, true)
  return {
    locale,
    subject: own?.subject ?? l.subject(mark, as.title[locale], day, booking.number),
    heading: own?.subject ?? heading,
    company: booking.company,
    dear: l.dear(booking.name),
    opening: [...(own?.body.split('\n') ?? []), ...openingOf(facts, l), ...paragraphLines(facts)],
    facts: factsIn(facts, l),
    sections: sectionsOf(facts, l),
    signature: deskLines(locale, session.desk, l),
    footnote: facts.replies ? l.replies : l.noReplies,
  }
}
