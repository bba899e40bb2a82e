import { type Ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import type { Act } from '../store/acts.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { staffActs } from './acts-for.ts'
import { changeBooking } from './change-booking.ts'

/** What is recorded of a booking: it was attended, or not; `booked` takes the record back. */
export type AttendanceMark = 'attended' | 'absent' | 'booked'

const ACT = {
  attended: 'booking.attended',
  absent: 'booking.absent',
  booked: 'booking.unmarked',
} as const satisfies Record<AttendanceMark, Act>

/** Marked (`again`: it was already), or refused: nothing was booked, its day has not come, or it changed meanwhile. */
export type Attendance = Ok<{ booking: string; again: boolean }> | Refused<'closed' | 'changed'>

/**
 * Marks whether somebody came, from the morning of its day on; another mark corrects a wrong one, and `booked` takes it
 * back. Sends no letter and leaves SEQUENCE as it is. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function attend(ctx: Ctx, id: string, as: AttendanceMark): Promise<Attendance> {
  return changeBooking(ctx, { id }, (booking) => {
    if (booking.status === as) return 'again'
    if (!staffActs(booking, ctx.clock.now()).has(as === 'booked' ? 'unmark' : as)) return refused('closed')
    return [
      ...unchanged(ctx, 'booking', booking),
      ctx.store.db
        .updateTable('booking')
        .set({ status: as, came_at: as === 'attended' ? ctx.clock.now() : null, revision: booking.revision + 1 })
        .where('id', '=', id),
      note(ctx, ACT[as], id),
    ]
  })
}
