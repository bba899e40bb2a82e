import { type Instant, plusMinutes } from '../base/clock.ts'
import { addDays, type CivilDate, civilDate, instantAt } from '../base/japan/civil.ts'
import type { Config } from '../config.ts'
import type { Session, Slot, WaitingParty } from '../schedule/session.ts'

/** Hours of the day `HH:MM` in Japan, the end excluded; `24:00` is midnight. */
type Hours = Config['offerHours']

function hoursOf(date: CivilDate, { from, to }: Hours): { opens: Instant; shuts: Instant } {
  const shuts = to === '24:00' ? instantAt(addDays(date, 1), '00:00') : instantAt(date, to)
  return { opens: instantAt(date, from), shuts }
}

/** Whether offers may leave at this instant: none at night (domain.md rule 7). */
export function isOfferTime(hours: Hours, now: Instant): boolean {
  const { opens, shuts } = hoursOf(civilDate(now), hours)
  return opens <= now && now < shuts
}

/** When an offer made now ends: so many minutes within the hours, where its clock runs, and never past the deadline. */
export function offerEnds(hours: Hours, minutes: number, now: Instant, deadline: Instant | null): Instant {
  let at = now
  for (let left = minutes; ; ) {
    const date = civilDate(at)
    const { opens, shuts } = hoursOf(date, hours)
    if (at < opens) at = opens
    const today = Math.max(0, (Date.parse(shuts) - Date.parse(at)) / 60_000)
    if (left <= today) {
      at = plusMinutes(at, left)
      break
    }
    left -= today
    at = instantAt(addDays(date, 1), '00:00')
  }
  return deadline !== null && deadline < at ? deadline : at
}

/** Why somebody who waits longer was passed over; in the journal for staff. */
export type PassedOver = 'slot' | 'seats' | 'format' | 'closed'

/** The slot that a waiting party would be given now (null where the session has none), or why there is none. */
export function placeFor(
  session: Session,
  party: WaitingParty,
  now: Instant,
): { ok: true; slot: Slot | null } | { ok: false; why: PassedOver } {
  if (!session.formats.includes(party.format)) return { ok: false, why: 'format' }
  const fits = ({ room }: { room: number | null }) => room === null || party.seats <= room
  if (session.slots.length === 0) {
    if (session.closes_at === null || now >= session.closes_at) return { ok: false, why: 'closed' }
    return fits(session) ? { ok: true, slot: null } : { ok: false, why: 'seats' }
  }
  const wanted = session.slots.filter((slot) => party.slot === null || slot.id === party.slot)
  const open = wanted.filter((slot) => now < slot.closes_at)
  if (open.length === 0) return { ok: false, why: 'closed' }
  const slot = open.find(fits)
  if (slot) return { ok: true, slot }
  return { ok: false, why: open.some((one) => one.room !== 0) || party.slot === null ? 'seats' : 'slot' }
}
