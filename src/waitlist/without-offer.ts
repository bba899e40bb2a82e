import { addDays, civilDate } from '../base/japan/civil.ts'
import { freedBy } from '../base/seating.ts'
import type { Ctx } from '../context.ts'
import { sessionsWithIds } from '../schedule/queries.ts'
import type { Session } from '../schedule/session.ts'
import type { Freed, ToPhone } from './freed.ts'
import { type Phoned, phonedAbout, waitingBetween } from './queries.ts'

/** Days ahead in which sessions are looked for. */
const AHEAD = 14

/** A closed session without a free place, and the parties that still wait in it. */
export type Stranded = { session: Session; parties: ToPhone[] }

/**
 * The sessions of the next two weeks in which people wait whom no offer can reach any more. Booking is closed there, and
 * no place is free. Parties whose time has begun are left out. `freed` are those with a free place. Lotteries are left
 * out. Of the prefectures that the actor may read, the nearest day first; at most 50 sessions. Two queries, and four
 * more if somebody waits.
 */
export async function withoutOffer(ctx: Ctx, freed: readonly Freed[]): Promise<Stranded[]> {
  const today = civilDate(ctx.clock.now())
  const waiting = Map.groupBy(await waitingBetween(ctx, today, addDays(today, AHEAD)), ({ session }) => session)
  const offered = new Set(freed.map(({ session }) => session.id))
  const ids = [...waiting.keys()].filter((id) => !offered.has(id)).slice(0, 50)
  const found = (await sessionsWithIds(ctx, ids)).filter(
    ({ status, acceptance }) => status === 'closed' && acceptance !== 'lottery',
  )
  const phoned = found.length === 0 ? new Map<string, Phoned>() : await phonedAbout(ctx, today, 'stranded')
  return found
    .map((session) => {
      const ahead = (waiting.get(session.id) ?? []).filter((party) => {
        const slot = session.slots.find(({ id }) => id === party.slot) ?? null
        return freedBy({ session, slot }, ctx.clock.now()) === 'call'
      })
      return { session, parties: ahead.map((party) => ({ ...party, phoned: phoned.get(party.id) ?? null })) }
    })
    .filter(({ parties }) => parties.length > 0)
}
