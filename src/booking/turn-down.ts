import { onlyDesk } from '../base/actor.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { placeOf } from './booking.ts'
import { becoming } from './entry.ts'
import { bookingById } from './queries.ts'
import { expecting, seated } from './seats.ts'
import { told } from './told.ts'

/** Turned down (`again`: it was over already), or refused: it is booked by now, or it changed three times meanwhile. */
export type TurnedDown = Ok<{ booking: string; again: boolean }> | Refused<'closed' | 'changed'>

/**
 * Turns down what somebody asked for in a session of 承認制: its place goes to whoever is next, and they are told in the same
 * commit. For the desk of its prefecture. A second time is harmless. Throws `NotFound`, `Forbidden`.
 */
export async function turnDown(ctx: Ctx, id: string): Promise<TurnedDown> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const booking = await bookingById(ctx, id)
    if (!booking) throw new NotFound('booking')
    const { session, status } = booking
    onlyDesk(ctx.actor, session.prefecture)
    if (status === 'lapsed' || status === 'cancelled') return ok({ booking: id, again: true })
    if (status !== 'requested') return refused('closed')
    const done = await ctx.store.commit(
      ...seated(
        ctx,
        placeOf(booking),
        expecting(ctx, 'session', session),
        expecting(ctx, 'booking', booking),
        becoming(ctx, booking, 'lapsed'),
        told(ctx, booking, 'turned_down'),
        note(ctx, 'booking.turned_down', id, { session: session.id }),
      ),
    )
    if (done.ok) return ok({ booking: id, again: false })
    if (done.broke !== 'still_true') throw new Error(`turning down broke ${done.broke}`)
  }
  return refused('changed')
}
