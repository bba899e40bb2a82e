import { givenUp } from '../../base/standing.ts'
import type { Ctx } from '../../context.ts'
import { note } from '../../store/journal.ts'
import type { Write } from '../../store/store.ts'
import type { Booking } from '../booking.ts'
import { confirm } from './notify.ts'
import { transitionWrites } from './transition.ts'

/**
 * The writes that give up a booking, a place in the queue or an offer, with the letter. Cancelling and declining share
 * them. `ended` says whether its holder or the desk did it. People who never had a place get no cancellation for their
 * calendar.
 */
export async function withdrawalWrites(
  ctx: Ctx,
  booking: Booking,
  act: 'booking.cancelled' | 'booking.declined',
  ended: 'cancelled' | 'cancelled_by_desk' = 'cancelled',
  told = false,
): Promise<Write[]> {
  const { id, session } = booking
  const what = givenUp(booking)
  // People who were drawn never stood on a waiting list.
  const kind = what === 'declined' ? (booking.drawn === null ? 'left' : 'withdrawn') : what
  return transitionWrites(
    ctx,
    booking,
    ended,
    { cancelled_at: ctx.clock.now() },
    ...(await confirm(ctx, booking, kind, told)),
    note(ctx, act, id, { session: session.id, ...(ended !== 'cancelled' && { ended }) }),
  )
}
