import type { Instant } from '../base/clock.ts'
import { civilDate } from '../base/japan/civil.ts'
import type { Booking } from '../booking/booking.ts'
import type { Ctx } from '../context.ts'
import { type Places, placeFor, withoutAwaited } from '../schedule/availability.ts'
import { sessionsWithIds } from '../schedule/queries.ts'
import type { Session } from '../schedule/session.ts'
import type { BookingRow } from '../store/schema.ts'
import { openUntilStart } from './offer-hours.ts'
import { type Caller, type Phoned, phonedAbout, waitingBeside, waitingIn } from './queries.ts'

/**
 * A session with a place that no offer gives any more. With the parties that wait for it and the calls to them.
 * `places`: for how many people it has room; null if for any number.
 */
export type Freed = { session: Session; places: number | null; parties: ToPhone[] }

/** Somebody who waits, with the calls to them so far. */
export type ToPhone = Caller & { phoned: Phoned | null }

/** The free places of a session, in all its times. */
function roomOf({ room, slots }: Places): number | null {
  const rooms = slots.map((slot) => slot.room)
  const limited = rooms.filter((one) => one !== null)
  if (slots.length === 0 || limited.length < rooms.length) return room
  const sum = limited.reduce((total, one) => total + one, 0)
  return room === null ? sum : Math.min(room, sum)
}

/** The parties that fit, but get no offer because booking is closed, and the places for them. */
function stranded<Party extends Caller>(
  session: Session,
  parties: readonly Party[],
  now: Instant,
): { places: number | null; parties: Party[] } {
  if (session.acceptance === 'lottery' || session.ends_at === null || now >= session.ends_at) {
    return { places: 0, parties: [] }
  }
  const late = openUntilStart({ ...session, slots: session.slots.filter((slot) => now < slot.starts_at) })
  // The clockwork still offers the times whose deadline has not passed.
  const offered = parties.filter((party) => placeFor(session, party, now).ok)
  const left = withoutAwaited({ ...late, closes_at: session.ends_at }, offered, now)
  const fitting = parties.filter((party) => !offered.includes(party) && placeFor(left, party, now).ok)
  return { places: roomOf(left), parties: fitting }
}

/**
 * The freed places after the booking deadline, with those who wait for them. The desk calls them (docs/domain.md rule 7).
 * Of the prefectures that the actor may read, the nearest day first; at most 50 sessions. Six queries.
 */
export async function freedPlaces(ctx: Ctx): Promise<Freed[]> {
  const now = ctx.clock.now()
  const waiting = await waitingBeside(ctx, civilDate(now))
  const phoned = waiting.length === 0 ? new Map<string, Phoned>() : await phonedAbout(ctx, civilDate(now), 'freed')
  const callers = waiting.map((party) => ({ ...party, phoned: phoned.get(party.id) ?? null }))
  const parties = Map.groupBy(callers, ({ session }) => session)
  const found = await sessionsWithIds(ctx, [...parties.keys()].slice(0, 50))
  return found
    .map((session) => ({ session, ...stranded(session, parties.get(session.id) ?? [], now) }))
    .filter((one) => one.parties.length > 0)
}

/** The parties that wait before a booking and fit the place `to` that it gets. In the order of the queue. */
export async function passedOver(ctx: Ctx, { id, session }: Booking, to: Booking['slot']): Promise<BookingRow[]> {
  const now = ctx.clock.now()
  const queue = await waitingIn(ctx, session.id)
  const late = openUntilStart({ ...session, slots: session.slots.filter((slot) => slot.id === to?.id) })
  const before = queue.slice(
    0,
    Math.max(
      0,
      queue.findIndex((one) => one.id === id),
    ),
  )
  return before.filter((party) => placeFor({ ...late, closes_at: session.ends_at }, party, now).ok)
}
