import type { Instant } from '../base/clock.ts'
import { emptiest, hasSeats, isBookable } from '../base/seating.ts'
import type { BookingRow } from '../store/schema.ts'
import type { Session, Slot } from './session.ts'

/** A party that waits for one slot, or for any (null). */
export type WaitingParty = Pick<BookingRow, 'slot' | 'seats' | 'format'>
/** Free seats of a day and of its slots. A slot's `room` is its own, or the lesser of both. */
export type Places = Pick<Session, 'formats' | 'room' | 'closes_at'> & {
  slots: Pick<Slot, 'id' | 'room' | 'closes_at'>[]
}

/** Why a waiting party is passed over. */
export type PassedOver = 'slot' | 'seats' | 'format' | 'closed'

/** The slot that a waiting party would get now (null without slots), or why it does not fit. Any slot is the emptiest. */
export function placeFor(
  { formats, room: day, closes_at, slots }: Places,
  { slot: wanted, seats, format }: WaitingParty,
  now: Instant,
): { ok: true; slot: string | null } | { ok: false; why: PassedOver } {
  if (!formats.includes(format)) return { ok: false, why: 'format' }
  const asked = slots.filter((slot) => wanted === null || slot.id === wanted)
  const open = asked.filter((slot) => now < slot.closes_at)
  if (slots.length === 0 ? closes_at === null || now >= closes_at : open.length === 0)
    return { ok: false, why: 'closed' }
  if (!hasSeats(day, seats)) return { ok: false, why: 'seats' }
  if (slots.length === 0) return { ok: true, slot: null }
  const free = open.filter((one) => hasSeats(one.room, seats))
  const slot = emptiest(free, ({ room }) => room)
  if (slot) return { ok: true, slot: slot.id }
  return { ok: false, why: open.every((one) => one.room === 0) ? 'slot' : 'seats' }
}

/** Free seats after reserving some for each waiting party that fits, in queue order (docs/domain.md rule 7). */
export function withoutAwaited(places: Places, parties: readonly WaitingParty[], now: Instant): Places {
  let day = places.room
  const slots = places.slots.map((slot) => ({ ...slot }))
  const less = (free: number | null, seats: number) => (free === null ? null : free - seats)
  for (const party of parties) {
    const place = placeFor({ ...places, room: day, slots }, party, now)
    if (!place.ok) continue
    day = less(day, party.seats)
    const slot = slots.find((one) => one.id === place.slot)
    if (slot) slot.room = less(slot.room, party.seats)
  }
  return { ...places, room: day, slots }
}

/** Whether a party fits now: in one of the slots if any, else in the day. */
export function hasRoom(session: Session, seats: number, now: Instant): boolean {
  if (session.slots.length === 0) return isBookable(session, null, now) && hasSeats(session.remaining, seats)
  return session.slots.some((slot) => isBookable(session, slot, now) && hasSeats(slot.remaining, seats))
}
