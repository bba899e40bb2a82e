import { civilTime } from '../../base/japan/civil.ts'
import { hasSeats } from '../../base/seating.ts'
import type { Session, Slot } from '../../schedule/session.ts'
import type { Booking } from '../booking.ts'

/** The place of a party in another session. */
export type PlaceThere = Pick<Booking, 'session' | 'slot' | 'format'>

type Party = Pick<Booking, 'slot' | 'format' | 'seats'>

const less = (free: number | null, seats: number) => (free === null ? null : free - seats)

/**
 * A place in another session for each party, in their order; null without room. All of them fit there together. A party
 * keeps its hour if there is room, else it gets the first time that has. It keeps its form if the session has it.
 */
export function placesTogether(session: Session, parties: readonly Party[]): (PlaceThere | null)[] {
  let day = session.remaining
  const left = new Map(session.slots.map((slot) => [slot.id, slot.remaining]))
  const slotFor = ({ slot: own, seats }: Party): Slot | undefined => {
    const same = (slot: Slot) => own !== null && civilTime(slot.starts_at) === civilTime(own.starts_at)
    const fits = session.slots.filter((slot) => hasSeats(left.get(slot.id) ?? null, seats))
    return fits.find(same) ?? fits[0]
  }
  return parties.map((party) => {
    const { seats } = party
    const slot = slotFor(party)
    const [first] = session.formats
    const format = session.formats.includes(party.format) ? party.format : first
    if (!format || !hasSeats(day, seats) || (session.slots.length > 0 && !slot)) return null
    day = less(day, seats)
    if (slot) left.set(slot.id, less(left.get(slot.id) ?? null, seats))
    return { session, slot: slot ?? null, format }
  })
}
