import { requireDesk } from '../base/actor.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { statusWrite } from '../booking/write/insert.ts'
import { notify } from '../booking/write/notify.ts'
import { expecting, lockBooking, withSeatRecount } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { actsFor, isLotClosed } from '../schedule/acts-for.ts'
import { placeFor } from '../schedule/availability.ts'
import { answerEnds } from '../schedule/business-day.ts'
import { closedDays } from '../schedule/closure-queries.ts'
import { sessionById } from '../schedule/queries.ts'
import { note } from '../store/journal.ts'
import { orThrow } from '../store/store.ts'
import { openUntilStart } from '../waitlist/offer-hours.ts'
import { undecidedEntry } from './queries.ts'

/** Announced, with how many won and how many are reserves this time (nobody if all were told before), or refused: nothing was drawn yet, or it is off by now. */
export type Announced = Ok<{ won: number; reserves: number }> | Refused<'closed'>

/** Decides and tells the next entry; null where there is none left. */
async function next(ctx: Ctx, id: string): Promise<'won' | 'reserve' | 'again' | null> {
  const session = await sessionById(ctx, id)
  const entry = await undecidedEntry(ctx, id)
  if (!session || !entry) return null
  const now = ctx.clock.now()
  const place = placeFor(openUntilStart(session), entry, now)
  if (!place.ok) {
    const { sequence, revision } = entry
    const raised = { sequence: sequence + 1, revision: revision + 1, updated_at: now }
    const done = await ctx.store.commit(
      lockBooking(ctx, entry.id),
      expecting(ctx, 'booking', entry),
      ctx.store.db
        .updateTable('booking')
        .set({ drawn: 'reserve', ...raised })
        .where('id', '=', entry.id),
      notify(ctx, entry, 'reserve'),
      note(ctx, 'booking.reserve', entry.id, { session: id }),
    )
    return done.ok ? 'reserve' : 'again'
  }
  const { config } = ctx
  const shut = await closedDays(ctx, session.prefecture)
  const offer_expires_at = answerEnds(config.confirmDays, now, session.starts_at, shut)
  const done = await ctx.store.commit(
    ...withSeatRecount(
      ctx,
      { session: id, slot: place.slot },
      expecting(ctx, 'session', session),
      expecting(ctx, 'booking', entry),
      statusWrite(ctx, entry, 'offered', { slot: place.slot, offer_expires_at, drawn: 'won' }),
      notify(ctx, entry, 'won'),
      note(ctx, 'booking.won', entry.id, { session: id }),
    ),
  )
  return done.ok ? 'won' : 'again'
}

/**
 * Tells everybody how the lots of a session fell, once a person has looked at the draw: in its order who fits has a place
 * held until the deadline to confirm, the others are reserves in that order. One commit an entry, so that it may be
 * interrupted anywhere and nobody is told twice. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function announceDraw(ctx: Ctx, id: string): Promise<Announced> {
  const session = await sessionById(ctx, id)
  if (!session) throw new NotFound('session')
  requireDesk(ctx.actor, session.prefecture)
  if (isLotClosed(session) && session.draw === 'announced') return ok({ won: 0, reserves: 0 })
  if (!actsFor(session).has('announce')) return refused('closed')
  const counts = { won: 0, reserve: 0, again: 0 }
  for (let one = await next(ctx, id); one !== null; one = await next(ctx, id)) counts[one]++
  const now = ctx.clock.now()
  orThrow(
    await ctx.store.commit(
      ctx.store.db
        .updateTable('draw')
        .set({ announced_at: now })
        .where('session', '=', id)
        .where('announced_at', 'is', null),
      note(ctx, 'session.announced', id, { won: counts.won, reserves: counts.reserve }),
    ),
  )
  return ok({ won: counts.won, reserves: counts.reserve })
}
