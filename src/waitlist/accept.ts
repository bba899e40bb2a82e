import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { actsFor } from '../booking/acts-for.ts'
import { bookingByToken } from '../booking/queries.ts'
import { transitionWrites } from '../booking/write/transition.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { queue } from '../store/outbox.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'

/** Accepted (`again`: it is booked already), or refused: no offer stands any more, or it changed three times meanwhile. */
export type Accepted = Ok<{ booking: string; again: boolean }> | Refused<'closed' | 'changed'>

/**
 * Takes the place offered to the booking whose manage link carries this token, as long as the offer stands; its
 * confirmation follows in the same commit. A second time is harmless. Throws `NotFound` for an unknown token.
 */
export async function accept(ctx: Ctx, token: string): Promise<Accepted> {
  return retryOnConflict(async () => {
    const booking = await bookingByToken(ctx, token)
    if (!booking) throw new NotFound('booking')
    if (booking.status === 'booked') return ok({ booking: booking.id, again: true })
    if (!actsFor(booking, { now: ctx.clock.now(), asStaff: false }).has('accept')) return refused('closed')
    const { id, session, email, locale } = booking
    const done = await ctx.store.commit(
      ...transitionWrites(
        ctx,
        booking,
        'booked',
        {},
        ...(email === null
          ? []
          : [queue(ctx, { kind: 'booked', subject: id, sequence: booking.sequence + 1, locale })]),
        note(ctx, 'booking.accepted', id, { session: session.id }),
      ),
    )
    return isCommitted(done) ? ok({ booking: id, again: false }) : null
  })
}
