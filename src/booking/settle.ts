import { z } from 'zod'
import { onlyDesk } from '../base/actor.ts'
import { plusMinutes } from '../base/clock.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { instantAt, isCivilDate } from '../base/japan/civil.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { changing } from '../schedule/changing.ts'
import { programmeOn, sessionById } from '../schedule/queries.ts'
import { note } from '../store/journal.ts'
import { confirmedInterests } from './queries.ts'
import { expecting, placesOf, seated } from './seats.ts'

const time = z.string('required').regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'choice')

/** The day and hours `HH:MM` that a session gets. */
const SettleInput = z
  .object({ date: z.string('required').refine(isCivilDate, 'choice'), starts: time, ends: time })
  .refine(({ starts, ends }) => starts < ends, { message: 'choice', path: ['ends'] })

/**
 * Settled, with how many are told first (`again`: it was then already), or refused: faulty fields (a past day, or one of
 * another programme's year), it has hours already or is off, or it changed three times meanwhile.
 */
export type Settled =
  | Ok<{ session: string; told: number; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed'>

/**
 * Gives a session its date and hours: from then on it is one like any other. Who asked to be told and confirmed it is told
 * by `tellSettled`, and books first: for everybody else booking opens FIRST_RIGHT_HOURS later, at once where nobody had
 * asked. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function settle(ctx: Ctx, id: string, given: unknown): Promise<Settled> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const session = await sessionById(ctx, id)
    if (!session) throw new NotFound('session')
    onlyDesk(ctx.actor, session.prefecture)
    const parsed = SettleInput.safeParse(given)
    if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
    const { date, starts, ends } = parsed.data
    const [starts_at, ends_at] = [instantAt(date, starts), instantAt(date, ends)]
    if (session.starts_at === starts_at && session.ends_at === ends_at) return ok({ session: id, told: 0, again: true })
    if (session.status !== 'undecided') return refused('closed')
    const now = ctx.clock.now()
    if (starts_at <= now || (await programmeOn(ctx, date))?.id !== session.programme.id) {
      return refused('invalid', { errors: { date: 'choice' as const } })
    }
    const waiting = (await confirmedInterests(ctx, id)).length
    const opens_at = waiting === 0 ? now : plusMinutes(now, ctx.config.firstRightHours * 60)
    const done = await ctx.store.commit(
      ...seated(
        ctx,
        placesOf(session),
        expecting(ctx, 'session', session),
        changing(ctx, session, { date, starts_at, ends_at, opens_at }),
        note(ctx, 'session.settled', id, { interested: waiting }),
      ),
    )
    if (done.ok) return ok({ session: id, told: waiting, again: false })
    if (done.broke !== 'still_true') throw new Error(`settling broke ${done.broke}`)
  }
  return refused('changed')
}
