import { isEntry } from '../../base/seating.ts'
import type { Ctx } from '../../context.ts'
import { note } from '../../store/journal.ts'
import type { Write } from '../../store/store.ts'
import type { Booking } from '../booking.ts'
import { confirm } from './notify.ts'
import { transitionWrites } from './transition.ts'

/**
 * The writes that give up a booking, a place in the queue or an offer, with the letter. Cancelling and declining share
 * them. People who never had a place get no cancellation for their calendar.
 */
export async function withdrawalWrites(
  ctx: Ctx,
  booking: Booking,
  act: 'booking.cancelled' | 'booking.declined',
  told = false,
): Promise<Write[]> {
  const { id, session } = booking
  const waited = booking.status === 'waiting' || booking.status === 'offered'
  const asked = booking.status === 'requested' || booking.drawn !== null || isEntry(booking)
  const kind = asked ? ('withdrawn' as const) : waited ? ('left' as const) : ('cancelled' as const)
  return transitionWrites(
    ctx,
    booking,
    'cancelled',
    { cancelled_at: ctx.clock.now() },
    ...(await confirm(ctx, booking, kind, told)),
    note(ctx, act, id, { session: session.id }),
  )
}
