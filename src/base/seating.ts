import type { Instant } from './clock.ts'
import { type CivilDate, civilDate } from './japan/civil.ts'
import {
  type Acceptance,
  type BookingStatus,
  type Format,
  IN_PERSON,
  type Kind,
  type SessionStatus,
} from './vocabulary.ts'

/** What the rules of seating read of a slot. A null capacity is unlimited. */
type SlotRead = { capacity: number | null; remaining: number | null; closes_at: Instant }

/** What the rules of seating read of a session. A null capacity is unlimited; a null deadline is undecided. */
type SessionRead = {
  status: SessionStatus
  capacity: number | null
  closes_at: Instant | null
  slots: readonly SlotRead[]
}

/** Whether a booking is a lottery entry whose result is not announced yet. */
export function isEntry(booking: {
  status: BookingStatus
  session: { acceptance: Acceptance; draw: 'drawn' | 'announced' | null }
}): boolean {
  const { status, session } = booking
  return status === 'waiting' && session.acceptance === 'lottery' && session.draw !== 'announced'
}

/** Whether a session can be taken part in by meeting. */
export function isInPerson({ formats }: { formats: readonly Format[] }): boolean {
  return formats.some((format) => IN_PERSON.includes(format))
}

/** Whether the day of a session has come, in Japan, so that people can be checked in. */
export function isDayHere({ date }: { date: CivilDate | null }, now: Instant): boolean {
  return date !== null && date <= civilDate(now)
}

/** The day under which a calendar lists a session. One that is postponed stays under its former day, marked as such. */
export function calendarDay({ date, former }: { date: CivilDate | null; former: { date: CivilDate } | null }) {
  return date ?? former?.date ?? null
}

/** The lesser of two numbers of people; null is unlimited. */
export function lesser(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.min(a, b)
}

/** Whether a party of `seats` fits in the free seats; null is unlimited. */
export function hasSeats(free: number | null, seats: number): boolean {
  return free === null || free >= seats
}

/** The slot with the most free seats, the first of equals; null is unlimited. Undefined if there are no slots. */
export function emptiest<T>(slots: readonly T[], free: (slot: T) => number | null): T | undefined {
  const seats = (slot: T) => free(slot) ?? Number.POSITIVE_INFINITY
  return slots.reduce<T | undefined>(
    (best, slot) => (best === undefined || seats(slot) > seats(best) ? slot : best),
    undefined,
  )
}

/** Whether few places remain (△): one, or at most a fifth of the capacity. */
export function isFew(remaining: number, capacity: number | null): boolean {
  return capacity !== null && remaining <= Math.max(1, capacity * 0.2)
}

/** Whether a session has a free place. */
export function isOpen({ status }: Pick<SessionRead, 'status'>): boolean {
  return status === 'open' || status === 'few'
}

/** Whether a session takes bookings now, full or not. False if applications go elsewhere. */
export function isRunning(session: Pick<SessionRead, 'status'>): boolean {
  return isOpen(session) || session.status === 'full'
}

/** Whether people may ask for news of the date: it is undecided, or the session is postponed and booked here. */
export function isDateAwaited({
  status,
  over,
  apply,
}: Pick<SessionRead, 'status'> & { over: boolean; apply: { kind: 'here' | 'elsewhere' } }): boolean {
  return status === 'undecided' || (status === 'postponed' && !over && apply.kind === 'here')
}

/** Whether a place may be taken now: the session is open and, if given, so is the slot. */
export function isBookable(
  session: Pick<SessionRead, 'status'>,
  slot: Pick<SlotRead, 'closes_at'> | null,
  now: Instant,
): boolean {
  return isOpen(session) && (slot === null || now < slot.closes_at)
}

/** Whether a slot has a free place and its deadline has not passed. */
export function isSlotOpen(slot: Pick<SlotRead, 'remaining' | 'closes_at'>, now: Instant): boolean {
  return slot.remaining !== 0 && now < slot.closes_at
}

/**
 * Whether any time of a session can still be chosen. Without slots the status decides. A lottery accepts entries beyond
 * its capacity.
 */
export function hasOpenTime(session: SessionRead, now: Instant): boolean {
  return isOpen(session) && (session.slots.length === 0 || session.slots.some((slot) => isSlotOpen(slot, now)))
}

/**
 * Whether a party may wait for a slot, or for any slot (null). Bookings must be accepted and the deadline not passed.
 */
export function mayWait(
  session: Pick<SessionRead, 'status' | 'closes_at'>,
  slot: Pick<SlotRead, 'closes_at'> | null,
  now: Instant,
): boolean {
  const closes = slot ? slot.closes_at : session.closes_at
  return isRunning(session) && closes !== null && now < closes
}

/** Whether a waiting list is offered: a party may wait, and the session or one of its slots is full. */
export function isWaitlisted(session: SessionRead, now: Instant): boolean {
  if (!mayWait(session, null, now)) return false
  return session.status === 'full' || session.slots.some((slot) => slot.remaining === 0 && mayWait(session, slot, now))
}

/** The most people one booking may have: the lesser of slot and day capacity; null if both are unlimited. */
export function mostSeats(
  session: Pick<SessionRead, 'capacity'>,
  slot: Pick<SlotRead, 'capacity'> | null,
): number | null {
  return lesser(session.capacity, slot?.capacity ?? null)
}

/** The most people one booking may have in the largest slot of a session; null is unlimited. */
export function mostSeatsOfAny(session: SessionRead): number | null {
  const each = (session.slots.length > 0 ? session.slots : [null]).map((slot) => mostSeats(session, slot))
  return each.reduce((most, one) => (most === null || one === null ? null : Math.max(most, one)))
}

/**
 * How a free place reaches people on the waiting list (docs/domain.md rule 7). `offer` asks them, `booked` gives it at
 * once, and `request` lets the desk answer. After the deadline the desk makes a `call`. `none`: nobody gets a place any
 * more.
 */
export type FreedBy = 'offer' | 'booked' | 'request' | 'call' | 'none'

/** How a free place reaches those who wait, while bookings are taken. */
export function freedInTime({
  kind,
  acceptance,
}: {
  kind: Kind
  acceptance: Acceptance
}): 'offer' | 'booked' | 'request' {
  if (acceptance === 'approval') return 'request'
  return kind === 'seminar' && acceptance === 'first_come' ? 'booked' : 'offer'
}

/**
 * How a free place reaches people on the waiting list, at the instant `now`. Reserves of a draw get offers until it
 * begins.
 */
export function freedBy(
  {
    session,
    slot,
  }: {
    session: Pick<SessionRead, 'status' | 'closes_at'> & {
      kind: Kind
      acceptance: Acceptance
      former: object | null
      starts_at: Instant | null
      ends_at: Instant | null
      slots: readonly { starts_at: Instant }[]
    }
    slot: { starts_at: Instant; closes_at: Instant } | null
  },
  now: Instant,
): FreedBy {
  const inTime = freedInTime(session)
  // While there is no day, those who wait keep their turn.
  if (session.former !== null) return inTime
  if (session.acceptance === 'lottery') {
    const begins = slot?.starts_at ?? session.slots.at(-1)?.starts_at ?? session.starts_at
    return begins === null || now < begins ? 'offer' : 'none'
  }
  if (mayWait(session, slot, now)) return inTime
  const ends = slot?.starts_at ?? session.slots.at(-1)?.starts_at ?? session.ends_at
  return ends === null || now < ends ? 'call' : 'none'
}
