import type { Shown, ShownFields } from '../base/fingerprint.ts'
import { timeOf } from '../base/hours.ts'
import { type Ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { attendanceFields } from '../schedule/shown.ts'
import type { Decision } from '../store/retry.ts'
import { staffActs } from './acts-for.ts'
import type { Booking } from './booking.ts'
import { changeBooking } from './change-booking.ts'
import { type AttendanceMark, markWrites } from './write/mark.ts'

/**
 * Marked (`again`: it was already). Refused if nothing was booked, its day has not come, it is not as `shown`, or it
 * changed meanwhile.
 */
export type Attendance = Ok<{ booking: string; again: boolean }> | Refused<'closed' | 'changed'>

/** What the list of its day shows of a booking. */
export function attendanceOf({ id, status, session, slot }: Booking): ShownFields {
  return attendanceFields({ id, status, date: session.date, starts_at: timeOf({ session, slot })?.starts_at ?? null })
}

/**
 * Marks whether somebody came, from the morning of its day on. Another mark corrects a wrong one, and `booked` takes
 * it back. Sends no letter and leaves SEQUENCE as it is. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function attend(ctx: Ctx, id: string, as: AttendanceMark, shown?: Shown): Promise<Attendance> {
  const decide = (booking: Booking): Decision<Refused<'closed'>> => {
    if (booking.status === as) return 'again'
    if (!staffActs(booking, ctx.clock.now()).has(as === 'booked' ? 'unmark' : as)) return refused('closed')
    return markWrites(ctx, booking, as)
  }
  return changeBooking(ctx, { id, shown }, decide, attendanceOf)
}
