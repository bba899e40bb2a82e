import type { Instant } from '../../base/clock.ts'
import { isPast } from '../../base/hours.ts'
import { isAnonymous } from '../../base/person.ts'
import { isEntry } from '../../base/seating.ts'
import { STATUS } from '../../base/vocabulary.ts'
import { promotion, restoration, type StaffAct, staffActs } from '../acts-for.ts'
import type { Booking } from '../booking.ts'

/** Why an act that the desk would look for on the page of a booking is not there. */
export type BookingWithheld =
  | ('full' | 'format')
  | ('over' | 'called_off' | 'postponed' | 'undecided')
  | ('offer_over' | 'drawn' | 'entry')

type Why = BookingWithheld | null

/** What a session says against it: it is called off, over, postponed, or its hours are undecided. */
function sessionSays(booking: Booking, now: Instant): Why {
  const { session } = booking
  if (session.status === 'called_off') return 'called_off'
  if (session.over || session.status === 'held' || isPast(booking, now)) return 'over'
  if (session.former !== null) return 'postponed'
  return session.ends_at === null ? 'undecided' : null
}

function againstReturn(booking: Booking, now: Instant): Why {
  if (!STATUS[booking.status].over || isAnonymous(booking)) return null
  const back = restoration(booking, now)
  if (back.ok) return null
  if (back.why !== 'closed') return back.why
  const said = sessionSays(booking, now)
  if (said === 'called_off' || said === 'over') return said
  if (booking.ended === 'offer_over') return 'offer_over'
  return booking.session.draw === null ? null : 'drawn'
}

function againstPlace(booking: Booking, now: Instant): Why {
  if (booking.status !== 'waiting' && booking.status !== 'offered') return null
  const place = promotion(booking, now)
  if (place.ok) return null
  if (place.why === 'full') return 'full'
  return isEntry(booking) ? 'entry' : sessionSays(booking, now)
}

/** Why each act is withheld that a clerk would look for in the state of the booking. */
const RULES = {
  restore: againstReturn,
  promote: againstPlace,
  approve: (booking, now) => (booking.status === 'requested' ? sessionSays(booking, now) : null),
  move: (booking, now) => (booking.status === 'booked' ? sessionSays(booking, now) : null),
  cancel: (booking, now) => (STATUS[booking.status].live ? sessionSays(booking, now) : null),
} satisfies Partial<Record<StaffAct, (booking: Booking, now: Instant) => Why>>

/** An act of which the page of a booking says why it is not possible. */
export type WithheldAct = keyof typeof RULES

/**
 * The acts that the desk would look for and that are not possible at the instant `now`, with why. In the order of the
 * page.
 */
export function withheldFrom(booking: Booking, now: Instant): [WithheldAct, BookingWithheld][] {
  const acts = staffActs(booking, now)
  return (Object.keys(RULES) as WithheldAct[]).flatMap((act) => {
    const why = acts.has(act) ? null : RULES[act](booking, now)
    return why === null ? [] : [[act, why] as [WithheldAct, BookingWithheld]]
  })
}
