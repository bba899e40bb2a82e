import { placeOf, wasText } from '../booking/booking.ts'
import { bookingById } from '../booking/queries.ts'
import { statusWrite } from '../booking/write/insert.ts'
import { notify } from '../booking/write/notify.ts'
import { withSeatRecount } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import type { Write } from '../store/store.ts'

/** How what is pending ends by time alone, and the letter that says so. */
const BY_TIME = {
  waiting: { ended: 'session_over', kind: 'session_over' },
  offered: { ended: 'offer_over', kind: 'lapsed' },
  requested: { ended: 'unanswered', kind: 'unanswered' },
} as const

/**
 * The writes that end a pending booking whose time is over. It lapses, its place is free, its holder is notified. Null
 * if it was accepted, declined or ended meanwhile.
 */
export async function lapseWrites(ctx: Ctx, id: string): Promise<Write[] | null> {
  const booking = await bookingById(ctx, id)
  if (booking?.status !== 'waiting' && booking?.status !== 'offered' && booking?.status !== 'requested') return null
  const { ended, kind } = BY_TIME[booking.status]
  // Nobody can be reached of a booking that was made anonymous.
  const reached = booking.email !== null || booking.phone !== ''
  return withSeatRecount(
    ctx,
    placeOf(booking),
    ...unchanged(ctx, 'booking', booking),
    statusWrite(ctx, booking, ended),
    ...(reached ? notify(ctx, booking, kind, wasText(booking)) : []),
    note(ctx, 'booking.lapsed', id, { session: booking.session.id, ended }),
  )
}
