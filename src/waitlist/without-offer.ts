import { addDays, civilDate } from '../base/japan/civil.ts'
import type { Ctx } from '../context.ts'
import { sessionsWithIds } from '../schedule/queries.ts'
import type { Session } from '../schedule/session.ts'
import type { Freed } from './freed.ts'
import { waitingBetween } from './queries.ts'

/** Days ahead in which sessions are looked for. */
const AHEAD = 14

/** A closed session without a free place, and the number of parties that still wait in it. */
export type Stranded = { session: Session; parties: number }

/**
 * The sessions of the next two weeks in which people wait whom no offer can reach any more. Booking is closed there, and
 * no place is free. `freed` are those with a free place. Lotteries are left out. Of the prefectures that the actor may read,
 * the nearest day first; at most 50 sessions. Two queries, and three more if somebody waits.
 */
export async function withoutOffer(ctx: Ctx, freed: readonly Freed[]): Promise<Stranded[]> {
  const today = civilDate(ctx.clock.now())
  const waiting = await waitingBetween(ctx, today, addDays(today, AHEAD))
  const offered = new Set(freed.map(({ session }) => session.id))
  const ids = [...waiting.keys()].filter((id) => !offered.has(id))
  return (await sessionsWithIds(ctx, ids))
    .filter(({ status, acceptance }) => status === 'closed' && acceptance !== 'lottery')
    .map((session) => ({ session, parties: waiting.get(session.id) ?? 0 }))
}
