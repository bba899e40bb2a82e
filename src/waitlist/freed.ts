import type { Instant } from '../base/clock.ts'
import { civilDate } from '../base/japan/civil.ts'
import type { Ctx } from '../context.ts'
import { placeFor, withoutAwaited } from '../schedule/availability.ts'
import { sessionsWithIds } from '../schedule/queries.ts'
import type { Session } from '../schedule/session.ts'
import { openUntilStart } from './offer-hours.ts'
import { type Caller, waitingBeside } from './queries.ts'

/** A session with a place that no offer gives any more, and the parties that wait for it. */
export type Freed = { session: Session; parties: Caller[] }

/** The parties that wait in a session and fit, but get no offer because booking is closed. */
function stranded(session: Session, parties: readonly Caller[], now: Instant): Caller[] {
  if (session.acceptance === 'lottery' || session.ends_at === null || now >= session.ends_at) return []
  const late = openUntilStart({ ...session, slots: session.slots.filter((slot) => now < slot.starts_at) })
  // The clockwork still offers the times whose deadline has not passed.
  const offered = parties.filter((party) => placeFor(session, party, now).ok)
  const left = withoutAwaited({ ...late, closes_at: session.ends_at }, offered, now)
  return parties.filter((party) => !offered.includes(party) && placeFor(left, party, now).ok)
}

/**
 * The freed places after the booking deadline, with those who wait for them. The desk calls them (docs/domain.md rule 7).
 * Of the prefectures that the actor may read, the nearest day first; at most 50 sessions. Five queries.
 */
export async function freedPlaces(ctx: Ctx): Promise<Freed[]> {
  const now = ctx.clock.now()
  const parties = Map.groupBy(await waitingBeside(ctx, civilDate(now)), ({ session }) => session)
  const found = await sessionsWithIds(ctx, [...parties.keys()].slice(0, 50))
  return found
    .map((session) => ({ session, parties: stranded(session, parties.get(session.id) ?? [], now) }))
    .filter((one) => one.parties.length > 0)
}
