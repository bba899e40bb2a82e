import type { Context } from 'hono'
import { NotFound } from '../../base/outcome.ts'
import type { Booking } from '../../booking/booking.ts'
import { bookingByToken } from '../../booking/queries.ts'
import type { Env } from '../env.ts'
import { tokenIn } from '../token.ts'

/** The booking whose manage link was opened, and the token of the link. Throws `NotFound` for an unknown token. */
export async function heldBooking(c: Context<Env>): Promise<{ booking: Booking; token: string }> {
  const token = tokenIn(c)
  const booking = await bookingByToken(c.var.ctx, token)
  if (!booking) throw new NotFound('booking')
  return { booking, token }
}
