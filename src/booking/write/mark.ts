import type { Ctx } from '../../context.ts'
import type { Act } from '../../store/acts.ts'
import { unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import type { Write } from '../../store/store.ts'
import type { Booking } from '../booking.ts'

/** What is recorded of a booking: it was attended, or not; `booked` takes the record back. */
export type AttendanceMark = 'attended' | 'absent' | 'booked'

const ACT = {
  attended: 'booking.attended',
  absent: 'booking.absent',
  booked: 'booking.unmarked',
} as const satisfies Record<AttendanceMark, Act>

/** The writes that mark whether somebody came. They expect the booking as it was read. */
export function markWrites(ctx: Ctx, booking: Booking, as: AttendanceMark): Write[] {
  const { id, revision } = booking
  return [
    ...unchanged(ctx, 'booking', booking),
    ctx.store.db
      .updateTable('booking')
      .set({ status: as, came_at: as === 'attended' ? ctx.clock.now() : null, revision: revision + 1 })
      .where('id', '=', id),
    note(ctx, ACT[as], id),
  ]
}
