import { type InterestNews, NEWS } from '../../templates/mail/interest-letter.ts'
import { bookingSms } from '../../templates/mail/sms.ts'
import { alertById, sessionsNamed } from '../alerts/queries.ts'
import { addDays, type CivilDate, civilDate } from '../base/japan/civil.ts'
import { internationalDigits, isMobile, phoneDigits } from '../base/japan/phone.ts'
import { type BookingLetterKind, meaningOf } from '../base/letters.ts'
import { type SessionStatus, STATUS } from '../base/vocabulary.ts'
import { isAhead } from '../booking/acts-for.ts'
import type { Booking, Was } from '../booking/booking.ts'
import { emailChangeOf, isSameMailbox } from '../booking/email/email-change.ts'
import { withoutLink } from '../booking/link.ts'
import { bookingById, bookingsWithIds } from '../booking/queries.ts'
import type { Ctx } from '../context.ts'
import type { Interest } from '../interest/interest.ts'
import { interestById, interestLetters } from '../interest/queries.ts'
import { entitlementOf, requestById } from '../matching/queries.ts'
import { requestView } from '../matching/view.ts'
import { getsMessages, gettingMessages } from '../messages/queries.ts'
import { accountById, secretariatDesk, signInById } from '../people/queries.ts'
import type { Session } from '../schedule/session.ts'
import type { OutboxRow } from '../store/schema.ts'
import { surveyState } from '../survey/survey.ts'
import { isOfferTime } from '../waitlist/offer-hours.ts'
import {
  accountLetterOf,
  alertLetterOf,
  emailLetterOf,
  factsOf,
  interestLetterOf,
  isAboutAlert,
  isAboutBooking,
  isAboutRequest,
  type Letter,
  letterOf,
  requestLetterOf,
  saidAlone,
  signInLetterOf,
} from './letters.ts'
import type { Sms } from './sms/sms.ts'
import { changeLetters, isOvertaken, type Untold, untoldOf } from './untold.ts'

/**
 * What a letter is written for. `send`: to leave now, unless it was overtaken. `read`: to be read by its recipient on a
 * page. `show`: to be seen by staff, without a link that works.
 */
export type Use = 'send' | 'read' | 'show'

/** Whether a reminder may leave now: the day before, and not at night. Later it says what is not so any more. */
function isEve({ config, clock }: Ctx, date: CivilDate): boolean {
  return addDays(civilDate(clock.now()), 1) === date && isOfferTime(config.offerHours, clock.now())
}

/** Whether a letter promises what does not hold any more. Nothing is to come once the time of a booking is over. */
export function isBroken(ctx: Ctx, row: Pick<OutboxRow, 'kind' | 'dedupe_key'>, booking: Booking): boolean {
  const now = ctx.clock.now()
  const { date } = booking.session
  if (row.kind === 'survey') return surveyState(booking, now) !== 'open'
  if (row.kind === 'reminder') return booking.status !== 'booked' || date !== row.dedupe_key || !isEve(ctx, date)
  // A message is also for people who came.
  if (row.kind === 'message') return STATUS[booking.status].over
  return meaningOf(row.kind).promise === true && !isAhead(booking, now)
}

/** The statuses of a session that nobody can book any more, nor will. */
const OFF: readonly SessionStatus[] = ['called_off', 'skipped', 'held']

/** The last letter about the date that reached somebody who asked for it; null if none did. */
function lastHeard(letters: readonly OutboxRow[]): OutboxRow | null {
  const kinds: readonly OutboxRow['kind'][] = ['settled', 'interest_postponed', 'interest_again', 'interest_over']
  return letters.findLast(({ kind, state }) => kinds.includes(kind) && (state === 'sent' || state === 'kept')) ?? null
}

/** Whether the date and hours are again those that were known before the first letter that was not heard. */
function isAsKnown({ date, starts_at, ends_at }: Session, unheard: readonly OutboxRow[]): boolean {
  const first = unheard.find(({ before }) => before !== null)?.before ?? null
  if (first === null) return false
  const was = JSON.parse(first) as Pick<Session, 'date' | 'starts_at' | 'ends_at'>
  return was.date === date && was.starts_at === starts_at && was.ends_at === ends_at
}

/** What a letter to somebody who asked for a date has to say, after what they heard. Null if nothing is left to say. */
function newsFor(
  row: OutboxRow,
  { session_view: session }: Interest,
  letters: readonly OutboxRow[],
): InterestNews | null {
  const at = letters.findIndex(({ id }) => id === row.id)
  const heard = lastHeard(letters.slice(0, at))
  const knowsDate = heard?.kind === 'settled'
  const isOff = OFF.includes(session.status)
  const isDated = session.settled === 'time' && session.status !== 'postponed'
  if (row.kind === 'interest_over') return isOff ? 'interest_over' : null
  if (isOff) return null
  if (row.kind === 'interest_postponed')
    return knowsDate && session.status === 'postponed' ? 'interest_postponed' : null
  if (row.kind === 'interest_again') return heard?.kind === 'interest_over' && !isDated ? 'interest_again' : null
  if (row.kind !== 'settled') return 'confirm_interest'
  return isDated ? dateNews(session, heard, letters, at) : null
}

/** What the letter at `at` has to say of the date of a session. Null if a later one says it, or if it is known. */
function dateNews(
  session: Session,
  heard: OutboxRow | null,
  letters: readonly OutboxRow[],
  at: number,
): InterestNews | null {
  if (letters.slice(at + 1).some(({ kind, state }) => kind === 'settled' && state !== 'superseded')) return null
  if (heard?.kind === 'interest_over') return 'dated_again'
  if (heard?.kind !== 'settled') return 'settled'
  return isAsKnown(session, letters.slice(letters.indexOf(heard) + 1, at + 1)) ? null : 'redated'
}

/** A row of the outbox about a booking. */
type BookingRow = OutboxRow & { kind: BookingLetterKind }

/**
 * Whether the address that a booking left needs a letter. It is not the booking's again, and a letter reached it before.
 */
async function needsFarewell(ctx: Ctx, row: OutboxRow, booking: Booking): Promise<boolean> {
  const { email } = JSON.parse(row.before ?? '{}') as { email?: string }
  if (email === undefined || isSameMailbox(email, booking.email)) return false
  const rows = await ctx.store.db
    .selectFrom('outbox')
    .select(['kind', 'created_at', 'sent_at'])
    .where('subject', '=', row.subject)
    .where('about', 'in', ['booking', 'email_change'])
    .where('channel', '=', 'mail')
    .where('created_at', '<=', row.created_at)
    .where('id', '<>', row.id)
    .execute()
  const left = rows.filter(({ kind }) => kind === 'left_email').map(({ created_at }) => created_at)
  const since = left.toSorted().at(-1) ?? ''
  // A letter to confirm an address went to another.
  const sent = rows.filter(({ kind }) => kind !== 'left_email' && kind !== 'confirm_email')
  return sent.some(({ sent_at }) => sent_at !== null && sent_at >= since && sent_at < row.created_at)
}

/** What the letter is to say of its booking. Returns null if it is not to leave any more. */
async function toSay(ctx: Ctx, row: BookingRow, booking: Booking, use: Use): Promise<Untold | null | undefined> {
  if (use === 'send' && isBroken(ctx, row, booking)) return null
  if (!meaningOf(row.kind).change) return undefined
  // Read after the booking: if it changed in between, the later letter is among these.
  const letters = await changeLetters(ctx, [row.subject])
  if (use === 'send' && isOvertaken(row, letters)) return null
  const untold = untoldOf(row, letters, booking)
  return use === 'send' ? untold : (untold ?? undefined)
}

/** Whether people who want no messages do not get this letter, even if they refused after it was queued. */
const isRefusable = ({ kind }: Pick<BookingRow, 'kind'>) => kind === 'message' || kind === 'survey'

async function aboutBooking(ctx: Ctx, row: BookingRow, use: Use): Promise<Letter | null> {
  const booking = await bookingById({ ...ctx, locale: row.locale }, row.subject)
  if (use === 'send' && isRefusable(row) && !(await getsMessages(ctx, row.subject))) return null
  const untold = booking && (await toSay(ctx, row, booking, use))
  if (!booking || untold === null) return null
  return letterOf(ctx, row, use === 'show' ? withoutLink(booking) : booking, untold)
}

/** What a row about a booking needs to be judged by. */
type Judged = Pick<BookingRow, 'id' | 'kind' | 'channel' | 'subject' | 'sequence' | 'before' | 'dedupe_key'>

/** Those of these letters about bookings, a hundred at most, that would leave if they were sent now. By id. */
export async function wouldLeave(ctx: Ctx, rows: readonly Judged[]): Promise<ReadonlySet<string>> {
  const ids = [...new Set(rows.map(({ subject }) => subject))]
  const bookings = new Map((await bookingsWithIds(ctx, ids)).map((booking) => [booking.id, booking]))
  const getting = await gettingMessages(
    ctx,
    rows.filter(isRefusable).map(({ subject }) => subject),
  )
  const lettersOf = Map.groupBy(await changeLetters(ctx, ids), ({ subject }) => subject)
  const leaves = (row: Judged) => {
    const booking = bookings.get(row.subject)
    if (!booking || booking.email === null || isBroken(ctx, row, booking)) return false
    if (isRefusable(row) && !getting.has(row.subject)) return false
    const letters = lettersOf.get(row.subject) ?? []
    return !meaningOf(row.kind).change || (!isOvertaken(row, letters) && untoldOf(row, letters, booking) !== null)
  }
  return new Set(rows.filter(leaves).map(({ id }) => id))
}

/** The news of a row by its kind alone, for people who look at it later. */
const asQueued = ({ kind }: OutboxRow): InterestNews => (kind in NEWS ? (kind as InterestNews) : 'confirm_interest')

async function aboutInterest(ctx: Ctx, row: OutboxRow, use: Use): Promise<Letter | null> {
  const interest = await interestById(ctx, row.subject)
  if (!interest) return null
  const news = newsFor(row, interest, await interestLetters(ctx, interest.id))
  if (use === 'send' && news === null) return null
  if (interest.state === 'ended' && row.kind !== 'interest_over') return null
  return interestLetterOf(ctx, row, interest, news ?? asQueued(row))
}

/**
 * To a person who asked to hear of free places. It leaves with the places that are free then, or not at all. Staff
 * see it without a link that works.
 */
async function aboutAlert(ctx: Ctx, row: OutboxRow, use: Use): Promise<Letter | null> {
  const alert = await alertById(ctx, row.subject)
  if (!alert || !isAboutAlert(row)) return null
  const isSending = use === 'send'
  const due = { confirm_alert: 'asked', place_free: 'confirmed', alert_over: 'ended' } as const
  if (isSending && alert.state !== due[row.kind]) return null
  const named = { ...ctx, locale: row.locale }
  const sessions = row.kind === 'place_free' ? await sessionsNamed(named, row.before, { free: isSending }) : []
  if (isSending && row.kind === 'place_free' && sessions.length === 0) return null
  return alertLetterOf(ctx, row, use === 'show' ? { ...alert, id: '' } : alert, sessions)
}

/** To a firm about its request. Staff see it without a link that works. */
async function aboutRequest(ctx: Ctx, row: OutboxRow, use: Use): Promise<Letter | null> {
  const request = await requestById(ctx, row.subject)
  if (!request || request.phone === '' || !isAboutRequest(row)) return null
  const view = requestView(request, await entitlementOf(ctx, request))
  return requestLetterOf(ctx, row, use === 'show' ? { ...view, token_version: 0 } : view, await secretariatDesk(ctx))
}

/** To the new address of a booking, to confirm it, or to the one it left. */
async function aboutEmail(ctx: Ctx, row: OutboxRow, use: Use): Promise<Letter | null> {
  const booking = await bookingById({ ...ctx, locale: row.locale }, row.subject)
  if (!booking || (use === 'send' && row.kind === 'left_email' && !(await needsFarewell(ctx, row, booking))))
    return null
  const change = await emailChangeOf(ctx, row.subject)
  // A later change asks by a letter of its own.
  return emailLetterOf(ctx, row, booking, change?.id === row.dedupe_key ? change : undefined)
}

/**
 * Writes the letter of any outbox row from the current state. Returns null if it has no recipient any more, and for
 * `send` also if what it says was overtaken.
 */
export async function write(ctx: Ctx, row: OutboxRow, use: Use): Promise<Letter | null> {
  if (isAboutBooking(row)) return aboutBooking(ctx, row, use)
  if (row.about === 'interest') return aboutInterest(ctx, row, use)
  if (row.about === 'alert') return aboutAlert(ctx, row, use)
  if (row.about === 'request') return aboutRequest(ctx, row, use)
  if (row.about === 'email_change') return aboutEmail(ctx, row, use)
  if (row.about === 'sign_in') {
    const asked = await signInById(ctx, row.subject)
    return asked ? signInLetterOf(ctx, row, asked) : null
  }
  const account = await accountById(ctx, row.subject)
  return account ? accountLetterOf(ctx, row, account, await secretariatDesk(ctx)) : null
}

/**
 * The short message of a row. `overtaken`: nothing is left to say. `unreachable`: its holder has no mobile telephone or
 * wants no short messages any more. A desk calls them.
 */
export async function smsOf(ctx: Ctx, row: OutboxRow): Promise<Sms | 'overtaken' | 'unreachable'> {
  const found = { ...ctx, locale: row.locale }
  const booking = isAboutBooking(row) ? await bookingById(found, row.subject) : undefined
  if (!isAboutBooking(row) || !booking || booking.phone === '') return 'overtaken'
  const untold = await toSay(ctx, row, booking, 'send')
  if (untold === null) return 'overtaken'
  const digits = phoneDigits(booking.phone) ?? ''
  if (booking.email !== null || booking.sms === 0 || !isMobile(digits)) return 'unreachable'
  const was = row.before === null ? null : (JSON.parse(row.before) as Was)
  const facts = await factsOf(ctx, row.locale, booking, untold ?? saidAlone(row.kind, booking, was))
  return { id: row.id, to: internationalDigits(digits), text: bookingSms(facts) }
}

/**
 * Whether a letter that could not be written is a call instead. Its booking has no address any more, and its holder has
 * not heard what it says.
 */
export async function isToCall(ctx: Ctx, row: OutboxRow): Promise<boolean> {
  if (!isAboutBooking(row) || (!meaningOf(row.kind).change && row.kind !== 'message')) return false
  const booking = await bookingById(ctx, row.subject)
  if (!booking || booking.email !== null || booking.phone === '') return false
  if (isRefusable(row) && !(await getsMessages(ctx, row.subject))) return false
  return (await toSay(ctx, row, booking, 'send')) !== null
}
