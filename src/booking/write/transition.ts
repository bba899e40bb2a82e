import type { BookingState } from '../../base/vocabulary.ts'
import type { Ctx } from '../../context.ts'
import { expecting, unchanged } from '../../store/expectation.ts'
import type { Write } from '../../store/store.ts'
import { type Booking, placeOf } from '../booking.ts'
import { statusWrite } from './insert.ts'
import { withSeatRecount } from './seats.ts'

/**
 * The writes of one change of state (`NEXT`) in the place it asks for, with its letter and journal line. They break
 * `still_true` if the booking or its session changed since it was read.
 */
export function transitionWrites(
  ctx: Ctx,
  booking: Booking,
  state: BookingState,
  more: Parameters<typeof statusWrite>[3],
  ...notices: Write[]
): Write[] {
  const { session } = booking
  const place = more?.slot === undefined ? placeOf(booking) : { session: session.id, slot: more.slot }
  return withSeatRecount(
    ctx,
    place,
    expecting(ctx, 'session', session),
    ...unchanged(ctx, 'booking', booking),
    statusWrite(ctx, booking, state, more),
    ...notices,
  )
}
