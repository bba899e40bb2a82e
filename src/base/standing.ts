import type { Instant } from './clock.ts'
import type { BookingLetterKind } from './letters.ts'
import { isEntry } from './seating.ts'
import {
  type Acceptance,
  type BookingState,
  type BookingStatus,
  type End,
  type SessionStatus,
  STATUS,
  stateOf,
} from './vocabulary.ts'

/**
 * A booking as people read of it: its state, or what a lottery makes of it. `entered` and `reserve` wait, `won` has an
 * offer, `confirm_over` and `reserve_over` are their ends. `declined`: its person gave up an offered place, or the desk
 * did it for them. `unheard`: the time of an offer passed before its person heard of it. `never_held`: its session was
 * postponed for good. `undrawn`: its lottery came to no result. `templates/text/public/standing.ts` has the words of each.
 */
export type Standing =
  | BookingState
  | ('entered' | 'reserve' | 'won')
  | ('confirm_over' | 'reserve_over' | 'never_held' | 'undrawn' | 'declined' | 'declined_by_desk' | 'unheard')

/** How a booking ended. */
type BookingEnd = {
  status: BookingStatus
  ended: End | null
  /** What it was before it ended. Missing in rows of something that has not ended. */
  status_before?: BookingStatus | null
}

/** What a draw makes of an entry. */
export type ResultKind = 'won' | 'reserve'

/** What the standing of a booking depends on. */
type BookingRead = BookingEnd & {
  drawn: ResultKind | null
  /** When an offer or a request lapses. */
  offer_expires_at?: Instant | null
  /** 1 or true if its person was never told of the place that is or was held for them. */
  unheard?: boolean | number
}

/** What the standing depends on of its session: acceptance, progress of the draw, and whether it is postponed. */
type SessionRead = {
  acceptance: Acceptance
  draw: 'drawn' | 'announced' | null
  former?: object | null
  postponed_from?: string | null
}

/** A row that has all that the standing depends on. */
export type StandingRow = BookingRead & SessionRead & { offer_expires_at: Instant | null; unheard: boolean | number }

/** Whether a booking ended because an offered place was declined (辞退). */
export function isDeclined({ status, ended, status_before = null }: BookingEnd): boolean {
  return status === 'cancelled' && ended !== 'called_off' && status_before === 'offered'
}

/** Whether there is no day for now, so that no clock of an offer runs. */
const isWithoutDay = ({ former, postponed_from }: SessionRead) => (former ?? postponed_from ?? null) !== null

/** How an offer or a request ends whose time to be answered has passed, by its status. */
const BY_TIME: Partial<Record<BookingStatus, End>> = { offered: 'offer_over', requested: 'unanswered' }

type Answered = Pick<BookingRead, 'status' | 'offer_expires_at'>

/** How an offer or a request ended by its time at the instant `now`; null if it did not. The row may not say so yet. */
function endByTime({ status, offer_expires_at = null }: Answered, session: SessionRead, now: Instant): End | null {
  const passed = offer_expires_at !== null && now >= offer_expires_at && !isWithoutDay(session)
  return passed ? (BY_TIME[status] ?? null) : null
}

/** Whether the time to answer an offer or a request has passed at the instant `now`. The row may not say so yet. */
export function isAnswerPassed(booking: Answered, session: SessionRead, now: Instant): boolean {
  return endByTime(booking, session, now) !== null
}

/** Whether the time of an offer has passed at the instant `now`, also before the row says so. */
export function isOfferPassed(booking: Answered, session: SessionRead, now: Instant): boolean {
  return booking.status === 'offered' && isAnswerPassed(booking, session, now)
}

/**
 * A booking as it is at the instant `now`. An offer or a request whose time has passed is over, also before its row says
 * so.
 */
export function inItsTime<T extends BookingRead>(booking: T, session: SessionRead, now: Instant): T {
  const ended = endByTime(booking, session, now)
  return ended === null ? booking : { ...booking, status: 'lapsed', ended }
}

/** The standing of a booking at the instant `now`, for pages, lists and entries of calendars. */
export function standingAt(booking: BookingRead, session: SessionRead, now: Instant): Standing {
  return standingOf(inItsTime(booking, session, now), session)
}

/** The standing of a booking in its session as its row says it, for letters about what became of it. */
export function standingOf(booking: BookingRead, session: SessionRead): Standing {
  const { acceptance, draw } = session
  const { status, drawn } = booking
  const state = stateOf(booking)
  if (isDeclined(booking)) return state === 'cancelled' ? 'declined' : 'declined_by_desk'
  if (state === 'offer_over' && booking.unheard) return 'unheard'
  if (state === 'session_over' && isWithoutDay(session)) return 'never_held'
  if (state === 'session_over' && acceptance === 'lottery' && drawn === null && draw !== 'announced') return 'undrawn'
  if (drawn === 'reserve' && state === 'waiting') return 'reserve'
  if (drawn === 'reserve' && state === 'session_over') return 'reserve_over'
  if (drawn === 'won' && state === 'offered') return 'won'
  if (drawn === 'won' && state === 'offer_over') return 'confirm_over'
  return isEntry({ status, session: { acceptance, draw } }) ? 'entered' : state
}

/** What its holder gives up: a booking, a turn on the waiting list, an offered place, or any other application. */
export function givenUp(
  booking: BookingRead & { session: SessionRead },
): 'cancelled' | 'left' | 'declined' | 'withdrawn' {
  const standing = standingOf(booking, booking.session)
  if (standing === 'offered' || standing === 'won') return 'declined'
  if (standing === 'waiting') return 'left'
  return STATUS[booking.status].pending ? 'withdrawn' : 'cancelled'
}

/** The letters that say how a booking stands, named as its standings. */
const STANDING = ['booked', 'requested', 'waiting', 'entered', 'reserve', 'offered', 'won'] as const

/** The letter that says how a booking stands, for an address that has had none. */
export function standingLetter(
  booking: BookingRead & { session: SessionRead & { status: SessionStatus } },
): BookingLetterKind {
  if (booking.session.status === 'postponed') return 'postponed'
  const standing = standingOf(booking, booking.session)
  return STANDING.find((kind) => kind === standing) ?? 'link'
}
