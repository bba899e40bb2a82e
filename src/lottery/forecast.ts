import type { Instant } from '../base/clock.ts'
import { placeFor } from '../schedule/availability.ts'
import type { Session } from '../schedule/session.ts'
import type { BookingRow } from '../store/schema.ts'
import { openUntilStart } from '../waitlist/offer-hours.ts'

/** What an entry gets by the draw: a place, a rank among the reserves, or nothing if it is withdrawn. */
export type Result = { kind: 'won'; slot: string | null } | { kind: 'reserve'; rank: number } | { kind: 'withdrawn' }

type Entry = Pick<BookingRow, 'status' | 'slot' | 'seats' | 'format' | 'drawn'>

/**
 * The result of each entry, in the order of the draw: as announced, else as `announceDraw` would decide it now. Takes no
 * place.
 */
export function forecast<E extends Entry>(
  session: Session,
  entries: readonly E[],
  now: Instant,
): { entry: E; result: Result }[] {
  const places = openUntilStart(session)
  const less = (free: number | null, seats: number) => (free === null ? null : free - seats)
  let day = places.room
  const slots = places.slots.map((slot) => ({ ...slot }))
  let rank = 0
  return entries.map((entry) => {
    const { status, drawn, seats } = entry
    if (drawn === 'won') return { entry, result: { kind: 'won', slot: entry.slot } as const }
    if (status !== 'waiting' && drawn === null) return { entry, result: { kind: 'withdrawn' } as const }
    const place = drawn === null ? placeFor({ ...places, room: day, slots }, entry, now) : null
    if (!place?.ok) {
      rank++
      return { entry, result: { kind: 'reserve', rank } as const }
    }
    day = less(day, seats)
    const slot = slots.find((one) => one.id === place.slot)
    if (slot) slot.room = less(slot.room, seats)
    return { entry, result: { kind: 'won', slot: place.slot } as const }
  })
}
