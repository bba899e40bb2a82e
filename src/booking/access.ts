import { requireDesk } from '../base/actor.ts'
import type { Shown } from '../base/fingerprint.ts'
import { NotFound } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import type { Booking } from './booking.ts'
import { bookingById, bookingByToken } from './queries.ts'

/** A booking as its holder addresses it: by the token of its manage link. `shown`: what the page before showed of it. */
export type HolderRef = { token: string; shown?: Shown }

/** A booking as the desk addresses it: by its id. `shown` as in `HolderRef`; `told`: its holder knows of the act already. */
export type StaffRef = { id: string; shown?: Shown; told?: boolean }

/** How a booking is addressed: by its holder, or by the desk. */
export type BookingRef = HolderRef | StaffRef

/** Whether the desk acts here; the deadlines of the public do not bind it. */
export function isStaff(ref: BookingRef): ref is StaffRef {
  return 'id' in ref
}

/** Whether the holder knows of the act already, so that nobody needs to call them. */
export function isTold(ref: BookingRef): boolean {
  return isStaff(ref) && ref.told === true
}

/**
 * The booking with this token, or with this id. By id it is for the desk of its prefecture. Throws `NotFound`,
 * `Forbidden`.
 */
export async function accessibleBooking(ctx: Ctx, ref: BookingRef): Promise<Booking> {
  const booking = isStaff(ref) ? await bookingById(ctx, ref.id) : await bookingByToken(ctx, ref.token)
  if (!booking) throw new NotFound('booking')
  if (isStaff(ref)) requireDesk(ctx.actor, booking.session.prefecture)
  return booking
}
