import { sql } from 'kysely'
import type { BookingLetterKind } from '../base/letters.ts'
import { isEntry } from '../base/seating.ts'
import { type BookingState, STATUS, stateOf } from '../base/vocabulary.ts'
import type { Session } from '../schedule/session.ts'
import type { BookingRow } from '../store/schema.ts'
import type { Booking } from './booking.ts'

/**
 * A booking as people read of it: its state, or what a lottery makes of it. `entered` and `reserve` wait, `won` has an
 * offer, `confirm_over` and `reserve_over` are their ends. `templates/text/public/standing.ts` has the words of each.
 */
export type Standing = BookingState | 'entered' | 'reserve' | 'won' | 'confirm_over' | 'reserve_over'

/** The standing of a booking in its session. */
export function standingOf(
  booking: Pick<BookingRow, 'status' | 'ended' | 'drawn'>,
  { acceptance, draw }: Pick<Session, 'acceptance' | 'draw'>,
): Standing {
  const { status, drawn } = booking
  const state = stateOf(booking)
  if (drawn === 'reserve' && state === 'waiting') return 'reserve'
  if (drawn === 'reserve' && state === 'session_over') return 'reserve_over'
  if (drawn === 'won' && state === 'offered') return 'won'
  if (drawn === 'won' && state === 'offer_over') return 'confirm_over'
  return isEntry({ status, session: { acceptance, draw } }) ? 'entered' : state
}

/** What its holder gives up: a booking, a turn on the waiting list, an offered place, or any other application. */
export function givenUp(booking: Booking): 'cancelled' | 'left' | 'declined' | 'withdrawn' {
  const standing = standingOf(booking, booking.session)
  if (standing === 'offered' || standing === 'won') return 'declined'
  if (standing === 'waiting') return 'left'
  return STATUS[booking.status].pending ? 'withdrawn' : 'cancelled'
}

/** The columns of `booking` and `session` that `standingOf` needs, besides `drawSql`. */
export const STANDING_COLUMNS = ['booking.status', 'booking.ended', 'booking.drawn', 'session.acceptance'] as const

/** Whether the draw of the session of a booking was announced, as `Session` says it. */
export const drawSql = sql<'announced' | null>`(select 'announced' from draw
  where draw.session = booking.session and draw.announced_at is not null)`

/** What a row must have for `standingOf`. */
export type StandingRow = Pick<BookingRow, 'status' | 'ended' | 'drawn'> & Pick<Session, 'acceptance' | 'draw'>

/** The letters that say how a booking stands, named as its standings. */
const STANDING = ['booked', 'requested', 'waiting', 'entered', 'reserve', 'offered', 'won'] as const

/** The letter that says how a booking stands, for an address that has had none. */
export function standingLetter(booking: Booking): BookingLetterKind {
  if (booking.session.status === 'postponed') return 'postponed'
  const standing = standingOf(booking, booking.session)
  return STANDING.find((kind) => kind === standing) ?? 'link'
}
