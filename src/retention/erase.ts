import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { STATUS } from '../base/vocabulary.ts'
import { type Booking, isCancellable, placeOf, timeOf } from '../booking/booking.ts'
import { bookingByToken } from '../booking/queries.ts'
import { statusWrite } from '../booking/write/insert.ts'
import { withSeatRecount } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { expecting } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import { anonymous } from './anonymous.ts'

/** Erased, or refused: its time has not passed and it can no longer be cancelled, or it changed three times meanwhile. */
export type Erased = Ok<{ booking: string }> | Refused<'closed' | 'changed'>

/** Whether something of it is still to come. */
function isAhead(booking: Booking, now: string): boolean {
  const ends = timeOf(booking)?.ends_at
  return STATUS[booking.status].live && (ends === undefined || now < ends)
}

/** Whether its holder may have it erased at the instant `now`: not between the deadline for cancelling and the end of its day. */
export function isErasable(booking: Booking, now: string): boolean {
  return !isAhead(booking, now) || isCancellable(booking, now)
}

/**
 * Erases who made the booking whose manage link carries this token, at their own request: it is made anonymous for good,
 * cancelled first where its day is still to come, and no letter leaves, since there is nobody left to write to. Figures stay
 * as they are. Throws `NotFound` for an unknown token, so also the second time.
 */
export async function erase(ctx: Ctx, token: string): Promise<Erased> {
  return retryOnConflict(async () => {
    const booking = await bookingByToken(ctx, token)
    if (!booking) throw new NotFound('booking')
    const now = ctx.clock.now()
    if (!isErasable(booking, now)) return refused('closed')
    const { id, session } = booking
    const cancelled = isAhead(booking, now)
    const done = await ctx.store.commit(
      ...withSeatRecount(
        ctx,
        placeOf(booking),
        expecting(ctx, 'session', session),
        expecting(ctx, 'booking', booking),
        ...(cancelled ? [statusWrite(ctx, booking, 'cancelled', { cancelled_at: now })] : []),
        ...anonymous(ctx, [id]),
        note(ctx, 'booking.erased', id, { session: session.id, cancelled }),
      ),
    )
    return isCommitted(done) ? ok({ booking: id }) : null
  })
}
