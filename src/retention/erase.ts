import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { HolderRef } from '../booking/access.ts'
import { holderActs, isAhead } from '../booking/acts-for.ts'
import { placeOf } from '../booking/booking.ts'
import { changeBooking } from '../booking/change-booking.ts'
import { endLink } from '../booking/link.ts'
import { statusWrite } from '../booking/write/insert.ts'
import { withSeatRecount } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { expecting, unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { anonymous } from './anonymous.ts'

/** Erased, or refused: ahead but too late to cancel, or it changed three times meanwhile. */
export type Erased = Ok<{ booking: string }> | Refused<'closed' | 'changed'>

/**
 * Makes the booking whose manage link carries this token anonymous for good, at its holder's request. Cancels it first
 * if its day is still to come. No letter leaves, since no address is left. Figures stay as they are. Throws `NotFound`
 * for an unknown token, so also the second time.
 */
export async function erase(ctx: Ctx, ref: HolderRef): Promise<Erased> {
  const done = await changeBooking(ctx, ref, async (booking) => {
    const now = ctx.clock.now()
    if (!holderActs(booking, now).has('erase')) return refused('closed')
    const { id, session } = booking
    const cancelled = isAhead(booking, now)
    return withSeatRecount(
      ctx,
      placeOf(booking),
      expecting(ctx, 'session', session),
      ...unchanged(ctx, 'booking', booking),
      ...(cancelled ? [statusWrite(ctx, booking, 'cancelled', { cancelled_at: now })] : []),
      ...anonymous(ctx, [id]),
      ...(await endLink(ctx, 'link.erased', booking)),
      note(ctx, 'booking.erased', id, { session: session.id, cancelled }),
    )
  })
  if (!done.ok) return done
  ctx.store.scrub?.()
  return ok({ booking: done.booking })
}
