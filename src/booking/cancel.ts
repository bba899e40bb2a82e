import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { afresh, stands } from './afresh.ts'
import { isCancellable } from './booking.ts'
import { bookingByToken } from './queries.ts'
import { withdrawn } from './withdrawn.ts'

/** Cancelled (`again`: it was already), or refused: its time has passed, or it changed three times meanwhile. */
export type Cancelled = Ok<{ booking: string; again: boolean }> | Refused<'closed' | 'changed'>

/**
 * Cancels the booking whose manage link carries this token and frees its place, or leaves the waiting list; the letter
 * follows in the same commit. Whoever holds the link may do it. A second time is harmless. Throws `NotFound` for an
 * unknown token.
 */
export async function cancel(ctx: Ctx, token: string): Promise<Cancelled> {
  return afresh(async () => {
    const booking = await bookingByToken(ctx, token)
    if (!booking) throw new NotFound('booking')
    if (booking.status === 'cancelled') return ok({ booking: booking.id, again: true })
    if (!isCancellable(booking, ctx.clock.now())) return refused('closed')
    const done = await ctx.store.commit(...withdrawn(ctx, booking, 'booking.cancelled'))
    return stands(done) ? ok({ booking: booking.id, again: false }) : null
  })
}
