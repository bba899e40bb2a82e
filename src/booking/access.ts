import { requireDesk } from '../base/actor.ts'
import { NotFound } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import type { Booking } from './booking.ts'
import { bookingById, bookingByToken } from './queries.ts'

/** How a booking is come by: by the token of its manage link, which is its holder's, or by its id, which is the desk's. */
export type BookingRef = string | { id: string }

/** Whether the desk acts here; the deadlines of the public do not bind it. */
export function isStaff(held: BookingRef): boolean {
  return typeof held !== 'string'
}

/** The booking somebody holds the link of, or that the desk of its prefecture tends. Throws `NotFound`, `Forbidden`. */
export async function accessibleBooking(ctx: Ctx, held: BookingRef): Promise<Booking> {
  const booking = typeof held === 'string' ? await bookingByToken(ctx, held) : await bookingById(ctx, held.id)
  if (!booking) throw new NotFound('booking')
  if (isStaff(held)) requireDesk(ctx.actor, booking.session.prefecture)
  return booking
}
