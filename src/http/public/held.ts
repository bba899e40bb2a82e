import type { Context } from 'hono'
import { NotFound } from '../../base/outcome.ts'
import { holderActs as actsOfHolder, type HolderAct } from '../../booking/acts-for.ts'
import type { Booking } from '../../booking/booking.ts'
import { bookingByToken } from '../../booking/queries.ts'
import type { Env } from '../env.ts'
import { tokenIn } from '../token.ts'

/** A booking, and the token of the manage link that was opened. */
export type Held = { booking: Booking; token: string }

/** The booking whose manage link was opened, and the token of the link. Throws `NotFound` for an unknown token. */
export async function heldBooking(c: Context<Env>): Promise<Held> {
  const token = tokenIn(c)
  const booking = await bookingByToken(c.var.ctx, token)
  if (!booking) throw new NotFound('booking')
  return { booking, token }
}

/** What the holder may do with the booking now. */
export function holderActs(c: Context<Env>, booking: Booking): ReadonlySet<HolderAct> {
  return actsOfHolder(booking, c.var.ctx.clock.now())
}
