import { onlyDesk } from '../base/actor.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { placeOf } from './booking.ts'
import { becoming } from './entry.ts'
import { bookingById } from './queries.ts'
import { expecting, seated } from './seats.ts'
import { told } from './told.ts'

/** Approved (`again`: it is booked already), or refused: nothing is asked for any more, or it changed three times meanwhile. */
export type Approved = Ok<{ booking: string; again: boolean }> | Refused<'closed' | 'changed'>

/**
 * Approves what somebody asked for in a session of 承認制: it is booked, and its holder is told in the same commit. For the
 * desk of its prefecture. A second time is harmless. Throws `NotFound`, `Forbidden`.
 */
export async function approve(ctx: Ctx, id: string): Promise<Approved> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const booking = await bookingById(ctx, id)
    if (!booking) throw new NotFound('booking')
    const { session, status } = booking
    onlyDesk(ctx.actor, session.prefecture)
    if (status === 'booked') return ok({ booking: id, again: true })
    if (status !== 'requested') return refused('closed')
    const done = await ctx.store.commit(
      ...seated(
        ctx,
        placeOf(booking),
        expecting(ctx, 'session', session),
        expecting(ctx, 'booking', booking),
        becoming(ctx, booking, 'booked'),
        told(ctx, booking, 'booked'),
        note(ctx, 'booking.approved', id, { session: session.id }),
      ),
    )
    if (done.ok) return ok({ booking: id, again: false })
    if (done.broke !== 'still_true') throw new Error(`approving broke ${done.broke}`)
  }
  return refused('changed')
}
