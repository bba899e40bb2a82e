import { accountLetter } from '../../templates/mail/account-letter.ts'
import { alertLetter } from '../../templates/mail/alert-letter.ts'
import { bookingLetter, type LetterFacts, type LetterView } from '../../templates/mail/booking-letter.ts'
import { emailLetter } from '../../templates/mail/email-letter.ts'
import { houseLines } from '../../templates/mail/house-lines.ts'
import { type InterestNews, interestLetter } from '../../templates/mail/interest-letter.ts'
import { invitationLetter } from '../../templates/mail/invitation-letter.ts'
import { letterHtml } from '../../templates/mail/letter.tsx'
import { letterText } from '../../templates/mail/plain.ts'
import { requestLetter } from '../../templates/mail/request-letter.ts'
import { signInLetter } from '../../templates/mail/sign-in-letter.ts'
import { alertToken, alertView } from '../alerts/alert.ts'
import { timeOf } from '../base/hours.ts'
import { addDays } from '../base/japan/civil.ts'
import {
  type AccountLetterKind,
  type AlertLetterKind,
  type BookingLetterKind,
  meaningOf,
  type RequestLetterKind,
} from '../base/letters.ts'
import type { Locale } from '../base/locale.ts'
import { freedBy } from '../base/seating.ts'
import { STATUS } from '../base/vocabulary.ts'
import { type Booking, cancelsAt, isCancellable, meetingUrlOf, type Was } from '../booking/booking.ts'
import { emailChangeToken } from '../booking/email/email-change.ts'
import { manageUrl } from '../booking/link.ts'
import { type Address, addressOf } from '../calendar/address.ts'
import { bookingCalendar } from '../calendar/feed.ts'
import { googleCalendarUrl, outlookCalendarUrl } from '../calendar/links.ts'
import type { Ctx } from '../context.ts'
import type { House } from '../house/house.ts'
import { readHouse } from '../house/queries.ts'
import { hasEarlyAccess, type Interest, interestToken } from '../interest/interest.ts'
import { requestToken } from '../matching/request.ts'
import type { RequestView } from '../matching/view.ts'
import { carriedFor, contentsOf, filesOf, type LetterFile } from '../messages/letter-file.ts'
import { type OwnSender, ownSender, type SenderOnTrial } from '../messages/letter-sender.ts'
import { closestText, type LetterTextInput } from '../messages/letter-text.ts'
import { type MessageWords, messageOf, saidIn } from '../messages/queries.ts'
import { type Account, signInCode, signInToken } from '../people/account.ts'
import type { Desk } from '../people/desk.ts'
import type { AccountNews } from '../people/write/tell-account.ts'
import { type Localized, type Session, withDay } from '../schedule/session.ts'
import type { AccountRow, AlertRow, EmailChangeRow, OutboxRow, SignInRow } from '../store/schema.ts'
import { SURVEY_DAYS } from '../survey/survey.ts'
import type { Untold } from './untold.ts'

/** A letter ready to be sent. METHOD, STATUS and the MIME parameter of its calendar part come from one value. */
export type Letter = {
  from: Address
  to: Address
  replyTo: Address | null
  subject: string
  text: string
  html: string
  /** The same at every attempt, so that a repeated letter is recognised (RFC 5322 section 3.6.4). */
  messageId: string
  headers: Record<string, string>
  calendar: { method: 'REQUEST' | 'CANCEL'; content: string } | null
  /** What it carries: a logo within the HTML, and documents. */
  files: readonly LetterFile[]
  /** The content of its files by their ids, in base64. Only in a letter that leaves. */
  contents?: ReadonlyMap<string, string>
}

/** The row of a letter about a booking. A preview has no SEQUENCE and no moment of its own. */
export type BookingLetterRow = Pick<OutboxRow, 'id' | 'locale' | 'before'> &
  Partial<Pick<OutboxRow, 'sequence' | 'created_at'>> & {
    kind: BookingLetterKind
    /** The words of a message that is not sent yet. */
    said?: MessageWords
    /** A paragraph that is not saved yet. */
    paragraph?: LetterTextInput
    /** A sender and signature that are not saved yet. */
    trial?: SenderOnTrial
    /** The documents of a message that is not sent yet. */
    documents?: readonly LetterFile[]
  }

/** The entry of a letter. SEQUENCE and DTSTAMP belong to the change in the letter, not to a later one. */
async function calendarPart(
  ctx: Pick<Ctx, 'config' | 'locale'>,
  { kind, sequence, created_at }: Pick<BookingLetterRow, 'kind' | 'sequence' | 'created_at'>,
  booking: Booking,
  was: Was | null,
) {
  const { calendar: method, toAll = false } = meaningOf(kind)
  // The calendar has an entry only once the booking was confirmed.
  // A booking that comes back from a cancellation stands as now.
  const standing = was?.status && !STATUS[was.status].over ? was.status : booking.status
  if (toAll && STATUS[standing].pending) return null
  const organizer = addressOf(ctx.config.mailFrom).address.toLowerCase()
  // While there is no day, the calendar has no entry. The new day puts it in again.
  if (method === 'REQUEST' && booking.session.former !== null) return null
  // Outlook answers "as you are the organizer" if people are invited by themselves.
  if (method === null || withDay(booking.session).date === null || booking.email?.toLowerCase() === organizer)
    return null
  const revised = { ...booking, sequence: sequence ?? booking.sequence, updated_at: created_at ?? booking.updated_at }
  return { method, content: await bookingCalendar(ctx, revised, method) }
}

/**
 * Writes the letter of an outbox row, in the row's language, from the current state of the booking. `untold` says what
 * it stands for, if letters before it never left. Returns null if the booking has no e-mail address.
 */
export async function letterOf(
  ctx: Writing & Pick<Ctx, 'clock'>,
  row: BookingLetterRow,
  booking: Booking,
  untold?: Untold,
): Promise<Letter | null> {
  if (booking.email === null) return null
  const { config } = ctx
  const kind = untold?.kind ?? row.kind
  const was = row.before === null || kind === 'message' ? null : (JSON.parse(row.before) as Was)
  const writing = { config, locale: row.locale }
  const calendar = await calendarPart(writing, { ...row, kind }, booking, untold?.knew ?? was)
  const said = untold ?? saidAlone(kind, booking, was)
  const own = { said: await messageWordsOf(ctx, row), paragraph: await paragraphOf(ctx, kind, row, booking) }
  const style = await styleOf(ctx, row.locale, booking.session, row.trial)
  const facts = { ...(await factsOf(ctx, row.locale, booking, said, style)), ...own }
  const view = bookingLetter({ ...facts, attached: calendar !== null })
  const to = { name: booking.name, address: booking.email }
  const letter = await written(ctx, row, style, view, to)
  const files = [...letter.files, ...(await documentsWith(ctx, kind, row, style))]
  return { ...letter, headers: { ...letter.headers, ...unsubscribing(kind, facts.manageUrl) }, calendar, files }
}

/** The documents that a letter carries: those of its message, or those of the desk if it confirms a place. */
async function documentsWith(
  { store }: Partial<Pick<Ctx, 'store'>>,
  kind: BookingLetterKind,
  row: BookingLetterRow,
  { documents }: Style,
): Promise<readonly LetterFile[]> {
  if (meaningOf(kind).confirms) return documents
  if (row.documents || !store) return row.documents ?? []
  const owner = (await messageOf({ store }, row))?.files ?? null
  return owner === null ? [] : filesOf({ store }, owner)
}

/**
 * The letter with the content of its files, to be sent. Throws if one of them was removed meanwhile: it is to be written
 * again.
 */
export async function withContents(ctx: Pick<Ctx, 'store'>, letter: Letter): Promise<Letter> {
  if (letter.files.length === 0) return letter
  const contents = await contentsOf(ctx, letter.files)
  if (contents.size < letter.files.length) throw new Error('a file of a letter was removed meanwhile')
  return { ...letter, contents }
}

/** The paragraph of the desk in a letter, in its language. Null without one. */
async function paragraphOf(
  { store }: Partial<Pick<Ctx, 'store'>>,
  kind: BookingLetterKind,
  { locale, paragraph }: Pick<BookingLetterRow, 'locale' | 'paragraph'>,
  { session }: Booking,
): Promise<string | null> {
  const row = paragraph ?? (store && (await closestText({ store }, kind, session)))
  return (locale === 'ja' ? row?.text_ja : row?.text_en) || null
}

/** The headers by which a mail program stops letters at one click: it posts to this address (RFC 8058). */
const oneClick = (url: string) => ({
  'List-Unsubscribe': `<${url}>`,
  'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
})

/** How a mail program stops letters that nobody needs. */
function unsubscribing(kind: BookingLetterKind, own: string | null): Record<string, string> {
  return (kind !== 'message' && kind !== 'survey') || own === null ? {} : oneClick(`${own}/messages`)
}

/** The words of a message, in the language of its row. Null for other letters. */
export async function messageWordsOf(
  { store }: Partial<Pick<Ctx, 'store'>>,
  row: Pick<BookingLetterRow, 'kind' | 'before' | 'locale' | 'said'>,
): Promise<MessageWords | null> {
  const message = row.said || !store ? undefined : await messageOf({ store }, row)
  return row.said ?? (message ? saidIn(row.locale, message) : null)
}

/** What a letter or a call says. */
export type Said = Omit<Untold, 'knew'>

/** What a letter or a call says that stands for itself alone. A preview has the reason of the session as it will be. */
export function saidAlone(kind: BookingLetterKind, { session }: Booking, was: Was | null): Said {
  const { before, reason } = meaningOf(kind)
  const why = was?.why === undefined ? session.reason : was.why
  return { kind, before: before ? was : null, known: null, unheard: false, reason: reason ? why : null }
}

/** What a letter or a call about a booking is made from. */
export async function factsOf(
  ctx: Writing & Pick<Ctx, 'clock'>,
  locale: Locale,
  booking: Booking,
  { kind, before, known, unheard, reason }: Said,
  style?: Style,
): Promise<LetterFacts> {
  const { config, clock } = ctx
  const { reply } = style ?? (await styleOf(ctx, locale, booking.session))
  const writing = { config, locale }
  const mayCancel = isCancellable(booking, clock.now())
  return {
    kind,
    locale,
    booking,
    was: before,
    known,
    unheard,
    reason,
    time: timeOf(booking),
    entriesClosed: booking.session.closes_at !== null && clock.now() >= booking.session.closes_at,
    cancelsUntil: mayCancel ? cancelsAt(booking) : null,
    mayCancel,
    freedBy: freedBy(booking, clock.now()),
    publicUrl: config.publicUrl,
    manageUrl: await manageUrl(ctx, booking),
    calendars: {
      google: googleCalendarUrl(writing, booking),
      outlook: outlookCalendarUrl(writing, booking, 'live'),
      outlook365: outlookCalendarUrl(writing, booking, 'office'),
    },
    replies: reply !== null,
    meetingUrl: meetingUrlOf(booking),
    surveyUntil: booking.session.date && addDays(booking.session.date, SURVEY_DAYS),
    attached: false,
    said: null,
    paragraph: null,
  }
}

/**
 * Whose rows say who runs this house. Without a store letters use words of their own. `flowing`: the text is for a page,
 * which breaks its lines itself.
 */
type Writing = Pick<Ctx, 'config'> & Partial<Pick<Ctx, 'store'>> & { flowing?: true }

/** What a letter has around its words. `reply`: where answers go. `programme`: the name of the year, beside its logo. */
type Style = Omit<OwnSender, 'reply'> & {
  reply: string | null
  house: House | null
  logo: LetterFile | null
  documents: readonly LetterFile[]
  programme: string
}

/**
 * What letters have around their words. For those about a session its owners say it, else the house. Answers go where its
 * owners say, else to its desk. Without both they go to the house, or where the configuration says.
 */
async function styleOf(
  { config, store }: Writing,
  locale: Locale,
  session: Session | null,
  trial?: SenderOnTrial,
): Promise<Style> {
  const house = store ? await readHouse({ store }) : null
  const bare = { sender: null, reply: null, signature: null, logo: null, documents: [], named: { ja: '', en: '' } }
  const own = store && session ? await ownSender({ store }, locale, session, trial) : bare
  const carried = store && session ? await carriedFor({ store }, session) : bare
  const reply = own.reply ?? session?.desk.email ?? (house?.reply || config.mailReplyTo)
  return {
    sender: own.sender,
    signature: own.signature,
    reply,
    house,
    logo: carried.logo,
    documents: carried.documents,
    programme: carried.named[locale],
  }
}

/** What every letter has around its words. It is signed by those who run this house. */
async function written(
  { config, flowing }: Writing,
  row: Pick<OutboxRow, 'id' | 'locale'>,
  { house, sender, reply, signature, logo, programme }: Style,
  given: LetterView,
  to: Address,
): Promise<Letter> {
  const lines = signature ?? house?.signature[row.locale].split('\n').filter((line) => line !== '') ?? []
  const view = {
    ...given,
    logo: logo && programme,
    signature: [...given.signature, ...lines, ...houseLines(row.locale, house), config.publicUrl],
  }
  const from = addressOf(config.mailFrom)
  return {
    from: { ...from, name: sender ?? (house?.sender[row.locale] || from.name) },
    to,
    replyTo: reply === null ? null : addressOf(reply),
    subject: view.subject,
    text: letterText(view, flowing ? Number.POSITIVE_INFINITY : undefined),
    html: letterHtml(view),
    messageId: `<${row.id}@${config.domain}>`,
    // RFC 3834 section 5; the second is how Exchange is asked not to answer.
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Auto-Response-Suppress': 'All', 'Content-Language': row.locale },
    calendar: null,
    files: logo ? [logo] : [],
  }
}

/** Whether a row of the outbox is about a booking. */
export function isAboutBooking(row: OutboxRow): row is OutboxRow & { about: 'booking'; kind: BookingLetterKind } {
  return row.about === 'booking'
}

/** Whether a row of the outbox is about a request. */
export function isAboutRequest(row: OutboxRow): row is OutboxRow & { about: 'request'; kind: RequestLetterKind } {
  return row.about === 'request'
}

/**
 * Writes the letter to the new address of a booking, or to the one it left. Returns null if the link is over, or if the
 * address is gone.
 */
export async function emailLetterOf(
  ctx: Writing & Pick<Ctx, 'clock'>,
  row: Pick<OutboxRow, 'id' | 'kind' | 'locale' | 'before'>,
  { session }: Pick<Booking, 'session'>,
  change: EmailChangeRow | undefined,
): Promise<Letter | null> {
  const { config } = ctx
  const { locale } = row
  const style = await styleOf(ctx, locale, session)
  if (row.kind === 'left_email') {
    const { email } = JSON.parse(row.before ?? '{}') as { email?: string }
    const view = emailLetter({ locale, session, publicUrl: config.publicUrl, confirm: null })
    return email === undefined ? null : written(ctx, row, style, view, { name: '', address: email })
  }
  const token = change && (await emailChangeToken(ctx, change))
  if (!change || !token || ctx.clock.now() >= change.expires_at) return null
  const confirm = { token, expires_at: change.expires_at }
  const view = emailLetter({ locale, session, publicUrl: config.publicUrl, confirm })
  return written(ctx, row, style, view, { name: '', address: change.email })
}

/** Writes the letter with this news to a person who asked for a session's date. Returns null if the address is gone. */
export async function interestLetterOf(
  ctx: Writing & Pick<Ctx, 'clock'>,
  row: Pick<OutboxRow, 'id' | 'locale'> & { before?: OutboxRow['before'] },
  interest: Interest,
  news: InterestNews,
): Promise<Letter | null> {
  const token = await interestToken(ctx, interest)
  if (interest.email === null || token === null) return null
  const { config } = ctx
  const { session_view: session, first_until } = interest
  const style = await styleOf(ctx, row.locale, session)
  const { why = null } = JSON.parse(row.before ?? '{}') as { why?: Localized }
  const view = interestLetter({
    news,
    why,
    early: hasEarlyAccess(interest, ctx.clock.now()),
    locale: row.locale,
    session,
    first_until,
    publicUrl: config.publicUrl,
    token,
    replies: style.reply !== null,
  })
  return written(ctx, row, style, view, { name: '', address: interest.email })
}

/** Whether a row of the outbox is about an alert. */
export function isAboutAlert(row: OutboxRow): row is OutboxRow & { about: 'alert'; kind: AlertLetterKind } {
  return row.about === 'alert'
}

/**
 * Writes the letter to a person who asked to hear of free places. It names these sessions. Returns null if the
 * address is gone, or if its link is out of service.
 */
export async function alertLetterOf(
  ctx: Writing,
  row: Pick<OutboxRow, 'id' | 'locale'> & { kind: AlertLetterKind },
  alert: AlertRow,
  sessions: readonly Session[],
): Promise<Letter | null> {
  const token = await alertToken(ctx, alert)
  if (alert.email === null || token === null) return null
  const { publicUrl } = ctx.config
  const style = await styleOf(ctx, row.locale, null)
  const { kind, locale } = row
  const replies = style.reply !== null
  const view = alertLetter({ kind, locale, alert: alertView(alert), sessions, token, publicUrl, replies })
  const letter = await written(ctx, row, style, view, { name: '', address: alert.email })
  if (kind !== 'place_free') return letter
  return { ...letter, headers: { ...letter.headers, ...oneClick(`${publicUrl}/alerts/${token}/end`) } }
}

/** Writes the letter to a firm about its request. Returns null if it has no address, or if its link is out of service. */
export async function requestLetterOf(
  ctx: Writing,
  row: Pick<OutboxRow, 'id' | 'locale'> & { kind: RequestLetterKind },
  request: RequestView,
  desk: Pick<Desk, 'name' | 'phones'> | undefined,
): Promise<Letter | null> {
  const { email, name } = request
  const token = await requestToken(ctx, request)
  if (email === null || token === null) return null
  const { publicUrl } = ctx.config
  const style = await styleOf(ctx, row.locale, null)
  const url = `${publicUrl}/c/${token}`
  const replies = style.reply !== null
  const view = requestLetter({ kind: row.kind, locale: row.locale, request, url, publicUrl, desk, replies })
  return written(ctx, row, style, view, { name, address: email })
}

/**
 * Writes the letter by which staff sign in, also for the first time. Returns null if the sign-in is over or its secret
 * is gone.
 */
export async function signInLetterOf(
  ctx: Writing & Pick<Ctx, 'clock'>,
  row: Pick<OutboxRow, 'id' | 'locale'>,
  given: SignInRow & Pick<AccountRow, 'email' | 'name' | 'role'>,
): Promise<Letter | null> {
  const [token, code] = [await signInToken(ctx, given), await signInCode(ctx, given)]
  if (token === null || ctx.clock.now() >= given.expires_at) return null
  const { config } = ctx
  const { name, email, role, expires_at } = given
  const { publicUrl } = config
  const view =
    given.purpose === 'invitation'
      ? invitationLetter({ locale: row.locale, name, role, token, expires_at, publicUrl })
      : signInLetter({ locale: row.locale, name, token, code, expires_at, publicUrl })
  return written(ctx, row, await styleOf(ctx, row.locale, null), view, { name, address: email })
}

/** Whether a kind of letter is to the owner of an account. */
function isAboutAccount(kind: OutboxRow['kind']): kind is AccountLetterKind {
  return meaningOf(kind).about === 'account'
}

/** Writes the letter to the owner of an account about what happened to it. `desk` is whom they call if it was not them. */
export async function accountLetterOf(
  ctx: Writing,
  row: Pick<OutboxRow, 'id' | 'kind' | 'locale' | 'before' | 'created_at'>,
  { name, email, role }: Pick<Account, 'name' | 'email' | 'role'>,
  desk: Pick<Desk, 'name' | 'phones'> | undefined,
): Promise<Letter | null> {
  if (!isAboutAccount(row.kind)) return null
  const news = JSON.parse(row.before ?? '{}') as AccountNews
  const { kind, locale, created_at: at } = row
  const view = accountLetter({ kind, locale, name, role, at, news, desk })
  return written(ctx, row, await styleOf(ctx, row.locale, null), view, { name, address: news.email ?? email })
}
