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
 * offer, `confirm_over` and `reserve_over` are their ends. `declined`: its person gave up an offered place.
 * `never_held`: its session was postponed for good. `undrawn`: its lottery came to no result. `templates/text/public/standing.ts` has the words of each.
 */
export type Standing =
  | BookingState
  | ('entered' | 'reserve' | 'won')
  | ('confirm_over' | 'reserve_over' | 'never_held' | 'undrawn' | 'declined')

/** What the standing of a booking depends on. */
type BookingRead = {
  status: BookingStatus
  ended: End | null
  drawn: 'won' | 'reserve' | null
  /** What it was before it ended. Missing in rows of something that has not ended. */
  status_before?: BookingStatus | null
}

/** What the standing depends on of its session: acceptance, progress of the draw, and whether it is postponed. */
type SessionRead = {
  acceptance: Acceptance
  draw: 'drawn' | 'announced' | null
  former?: object | null
  postponed_from?: string | null
}

/** A row that has all that the standing depends on. */
export type StandingRow = BookingRead & SessionRead

/** The standing of a booking in its session. */
export function standingOf(booking: BookingRead, session: SessionRead): Standing {
  const { acceptance, draw, former, postponed_from } = session
  const { status, drawn, status_before } = booking
  const state = stateOf(booking)
  if (status_before === 'offered' && state === 'cancelled') return 'declined'
  if (state === 'session_over' && (former ?? postponed_from ?? null) !== null) return 'never_held'
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
