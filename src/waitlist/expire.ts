import { requireSystem } from '../base/actor.ts'
import { type Ok, ok } from '../base/outcome.ts'
import { placeOf, wasText } from '../booking/booking.ts'
import { bookingById } from '../booking/queries.ts'
import { statusWrite } from '../booking/write/insert.ts'
import { notify } from '../booking/write/notify.ts'
import { withSeatRecount } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { isCommitted } from '../store/retry.ts'
import { expiredOffers } from './queries.ts'

/**
 * Ends offers and requests whose time is over: the booking lapses, its place is free, its holder is notified. One
 * commit an offer; one that was accepted or declined meanwhile is left alone. For the clockwork. Returns how many
 * ended.
 */
export async function expire(ctx: Ctx): Promise<Ok<{ expired: number }>> {
  requireSystem(ctx.actor)
  let expired = 0
  for (const id of await expiredOffers(ctx, ctx.clock.now())) {
    const booking = await bookingById(ctx, id)
    if (booking?.status !== 'offered' && booking?.status !== 'requested') continue
    const { session } = booking
    const ended = booking.status === 'requested' ? 'unanswered' : 'offer_over'
    const done = await ctx.store.commit(
      ...withSeatRecount(
        ctx,
        placeOf(booking),
        ...unchanged(ctx, 'booking', booking),
        statusWrite(ctx, booking, ended),
        ...notify(ctx, booking, booking.status === 'requested' ? 'unanswered' : 'lapsed', wasText(booking)),
        note(ctx, 'booking.lapsed', id, { session: session.id, ended }),
      ),
    )
    if (isCommitted(done)) expired++
  }
  return ok({ expired })
}
