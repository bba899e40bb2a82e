import type { Instant } from '../base/clock.ts'
import { isPast } from '../base/hours.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { isAnonymous } from '../base/person.ts'
import { isDayHere, isEntry } from '../base/seating.ts'
import { isAnswerPassed, isOfferPassed } from '../base/standing.ts'
import { type BookingStatus, type OVER, STATUS } from '../base/vocabulary.ts'
import { type Places, placeFor } from '../schedule/availability.ts'
import { type Booking, formsOnReturn, isCancellable, isEndable, isOfferOpen, mayBecome, TAKEN_BACK } from './booking.ts'

/** Whether the time of an offer has passed; soon the booking lapses by itself. */
export function isOfferOver(booking: Booking, now: Instant): boolean {
  return isOfferPassed(booking, booking.session, now)
}

/** Whether the time to answer an offer or a request has passed; soon the booking lapses by itself. */
export function isAnswerOver(booking: Booking, now: Instant): boolean {
  return isAnswerPassed(booking, booking.session, now)
}

/** Whether a booking is live and not yet over. */
export function isAhead(booking: Booking, now: Instant): boolean {
  return STATUS[booking.status].live && !isPast(booking, now)
}

/**
 * The place that the desk may give to a waiting or offered party. Refuses `closed` for any other status, a lottery
 * entry and a past day; `full` without room. The public's deadline does not bind the desk.
 */
export function promotion(booking: Booking, now: Instant): Ok<{ slot: string | null }> | Refused<'closed' | 'full'> {
  const { session, status, seats, format } = booking
  const over = session.ends_at === null || now >= session.ends_at || isPast(booking, now)
  if ((status !== 'waiting' && status !== 'offered') || isEntry(booking) || over) return refused('closed')
  const slot = booking.slot?.id ?? null
  if (status === 'offered') return ok({ slot })
  const place = placeFor(session, { slot, seats, format }, '')
  return place.ok ? ok({ slot: place.slot }) : refused('full')
}

/** The places of a session, also if it is postponed and has no deadline for now. */
function withoutDeadline(session: Booking['session']): Places {
  return session.former === null ? session : { ...session, closes_at: session.former.starts_at }
}

/** Whether a draw went on without an entry that was withdrawn before it. */
function isUndrawn({ status_before, draw_order, session }: Booking): boolean {
  const waited = status_before === 'waiting' && session.acceptance === 'lottery'
  return waited && session.draw !== null && draw_order === null
}

/**
 * The status that a booking gets back whose end the desk can take back (`TAKEN_BACK`). Refuses `closed` for any other, and
 * once its day is over or called off. Also for an entry that a draw passed by. Refuses `full` without room in its own time,
 * `format` if its form is not held any more. If the session was converted meanwhile, or back, the form follows it.
 */
export function restoration(
  booking: Booking,
  now: Instant,
):
  | Ok<{ status: Exclude<BookingStatus, (typeof OVER)[number]> } & Pick<Booking, 'format' | 'format_before'>>
  | Refused<'closed' | 'full' | 'format'> {
  const { session, slot, seats, ended, status_before: status } = booking
  const forms = formsOnReturn(booking)
  const over = session.over || session.status === 'called_off' || isPast(booking, now)
  const isTakenBack = ended !== null && TAKEN_BACK[ended] && !isUndrawn(booking) && !isAnonymous(booking)
  if (!isTakenBack || over || status === null || status === 'cancelled' || status === 'lapsed') return refused('closed')
  if (!mayBecome(booking.status, status)) return refused('closed')
  if (forms === null) return refused('format')
  if (!STATUS[status].holds) return ok({ status, ...forms })
  const isThere = session.slots.length === 0 || slot !== null
  const asked = { slot: slot?.id ?? null, seats, format: forms.format }
  return isThere && placeFor(withoutDeadline(session), asked, '').ok ? ok({ status, ...forms }) : refused('full')
}

type Rule = (booking: Booking, now: Instant) => boolean

/** When each act of the holder of a manage link is possible. */
const BY_HOLDER = {
  accept: isOfferOpen,
  // An offer stands still while there is no day; it can be declined all the same.
  decline: (booking, now) =>
    isOfferOpen(booking, now) || (booking.status === 'offered' && booking.session.former !== null),
  move: (booking, now) => booking.status === 'booked' && isCancellable(booking, now),
  amend: (booking, now) => isCancellable(booking, now) && !isAnswerOver(booking, now),
  cancel: (booking, now) => isCancellable(booking, now) && !isAnswerOver(booking, now),
  // Not between the deadline for cancelling and the end of its day.
  erase: (booking, now) => !isAhead(booking, now) || isCancellable(booking, now),
} satisfies Record<string, Rule>

/** When each act of the desk is possible. Without a day nobody gets a place: the answers wait for the new day. */
const BY_STAFF = {
  approve: ({ status, session }) => status === 'requested' && session.former === null,
  'turn-down': ({ status }) => status === 'requested',
  promote: (booking, now) => promotion(booking, now).ok,
  restore: (booking, now) => restoration(booking, now).ok,
  attended: ({ status, session }, now) => isDayHere(session, now) && mayBecome(status, 'attended'),
  absent: ({ status, session }, now) => isDayHere(session, now) && mayBecome(status, 'absent'),
  // A mark set by mistake. No other step leads back.
  unmark: ({ status }) => status === 'attended' || status === 'absent',
  move: (booking, now) => booking.status === 'booked' && isEndable(booking, now),
  amend: isEndable,
  cancel: isEndable,
  // Somebody who came may still have a wrong name in the figures, or a wrong address for the survey.
  correct: (booking) => !STATUS[booking.status].over && !isAnonymous(booking),
  meeting: (booking, now) => booking.format === 'online' && booking.status === 'booked' && isEndable(booking, now),
} satisfies Record<string, Rule>

/** What the holder of a manage link does with a booking. */
export type HolderAct = keyof typeof BY_HOLDER

/** What the desk does with a booking; a note may be written at any time. */
export type StaffAct = keyof typeof BY_STAFF

function possible<Act extends string>(rules: Record<Act, Rule>, booking: Booking, now: Instant): ReadonlySet<Act> {
  const acts = Object.keys(rules) as Act[]
  return new Set(acts.filter((act) => rules[act](booking, now)))
}

/** The acts of the desk that are possible at the instant `now`. Each act asks this first, and the pages show these. */
export function staffActs(booking: Booking, now: Instant): ReadonlySet<StaffAct> {
  return possible<StaffAct>(BY_STAFF, booking, now)
}

/** The acts of the holder of the manage link that are possible at the instant `now`, as `staffActs`. */
export function holderActs(booking: Booking, now: Instant): ReadonlySet<HolderAct> {
  return possible<HolderAct>(BY_HOLDER, booking, now)
}
