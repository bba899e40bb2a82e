import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { queue } from '../store/outbox.ts'
import { isCancellable } from './booking.ts'
import { bookingByToken } from './queries.ts'
import { expecting, seated } from './seats.ts'

/** Cancelled (`again`: it was already), or refused: its time has passed, or it changed three times meanwhile. */
export type Cancelled = Ok<{ booking: string; again: boolean }> | Refused<'closed' | 'changed'>

/**
 * Cancels the booking whose manage link carries this token and frees its place; the letter follows in the same commit.
 * Whoever holds the link may do it. A second time is harmless. Throws `NotFound` for an unknown token.
 */
export async function cancel(ctx: Ctx, token: string): Promise<Cancelled> {
  for (let attempt = 0; attempt < 3; attempt++) {
    const booking = await bookingByToken(ctx, token)
    if (!booking) throw new NotFound('booking')
    if (booking.status === 'cancelled') return ok({ booking: booking.id, again: true })
    const now = ctx.clock.now()
    if (!isCancellable(booking, now)) return refused('closed')
    const sequence = booking.sequence + 1
    const done = await ctx.store.commit(
      ...seated(
        ctx,
        { session: booking.session.id, slot: booking.slot?.id ?? null },
        expecting(ctx, 'session', booking.session),
        expecting(ctx, 'booking', booking),
        ctx.store.db
          .updateTable('booking')
          .set({ status: 'cancelled', sequence, revision: booking.revision + 1, cancelled_at: now, updated_at: now })
          .where('id', '=', booking.id),
        ...(booking.email === null
          ? []
          : [queue(ctx, { kind: 'cancelled', booking: booking.id, sequence, locale: booking.locale })]),
        note(ctx, 'booking.cancelled', booking.id, { session: booking.session.id }),
      ),
    )
    if (done.ok) return ok({ booking: booking.id, again: false })
    if (done.broke !== 'still_true') throw new Error(`cancelling broke ${done.broke}`)
  }
  return refused('changed')
}
