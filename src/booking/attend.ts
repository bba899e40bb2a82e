import { type Ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { staffActs } from './acts-for.ts'
import { changeBooking } from './change-booking.ts'

/** Marked (`again`: it was already), or refused: nothing was booked, its day has not come, or it changed meanwhile. */
export type Attendance = Ok<{ booking: string; again: boolean }> | Refused<'closed' | 'changed'>

/**
 * Marks whether somebody came, from the morning of its day on; the other mark corrects a wrong one. Sends no letter and
 * leaves SEQUENCE as it is. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function attend(ctx: Ctx, id: string, as: 'attended' | 'absent'): Promise<Attendance> {
  return changeBooking(ctx, { id }, (booking) => {
    if (booking.status === as) return 'again'
    if (!staffActs(booking, ctx.clock.now()).has(as)) return refused('closed')
    return [
      ...unchanged(ctx, 'booking', booking),
      ctx.store.db
        .updateTable('booking')
        .set({ status: as, came_at: as === 'attended' ? ctx.clock.now() : null, revision: booking.revision + 1 })
        .where('id', '=', id),
      note(ctx, as === 'attended' ? 'booking.attended' : 'booking.absent', id),
    ]
  })
}
