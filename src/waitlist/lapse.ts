import { type Booking, placeOf, wasText } from '../booking/booking.ts'
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
  // Its session was postponed and got no day.
  booked: { ended: 'session_over', kind: 'session_over' },
} as const

/**
 * The writes that end a pending booking whose time is over. Also a booking whose session was postponed and got no day in
 * its programme. It lapses, its place is free, its holder is notified. Null if it was accepted, declined or ended
 * meanwhile. Also if it is not `due` any more, since its session got another day.
 */
export async function lapseWrites(ctx: Ctx, id: string, due: (booking: Booking) => boolean): Promise<Write[] | null> {
  const booking = await bookingById(ctx, id)
  if (booking === undefined || !due(booking)) return null
  const { session, status } = booking
  if (status !== 'waiting' && status !== 'offered' && status !== 'requested' && status !== 'booked') return null
  if (status === 'booked' && session.former === null) return null
  // Nobody was late to answer while there was no day to answer for.
  const { ended, kind } = session.former === null ? BY_TIME[status] : BY_TIME.booked
  // Nobody can be reached of a booking that was made anonymous.
  const reached = booking.email !== null || booking.phone !== ''
  return withSeatRecount(
    ctx,
    placeOf(booking),
    ...unchanged(ctx, 'booking', booking),
    statusWrite(ctx, booking, ended),
    ...(reached ? notify(ctx, booking, kind, wasText(booking)) : []),
    note(ctx, 'booking.lapsed', id, { session: session.id, ended }),
  )
}
