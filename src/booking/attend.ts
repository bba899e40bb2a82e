import { requireDesk } from '../base/actor.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import { actsFor } from './acts-for.ts'
import { bookingById } from './queries.ts'
import { expecting, lockBooking } from './write/seats.ts'

/** Marked (`again`: it was already), or refused: nothing was booked, its day has not come, or it changed meanwhile. */
export type Attendance = Ok<{ booking: string; again: boolean }> | Refused<'closed' | 'changed'>

/**
 * Marks whether somebody came, from the morning of its day on; a slip is mended by marking the other. No letter leaves,
 * and calendars have nothing to learn. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function attend(ctx: Ctx, id: string, as: 'attended' | 'absent'): Promise<Attendance> {
  return retryOnConflict(async () => {
    const booking = await bookingById(ctx, id)
    if (!booking) throw new NotFound('booking')
    requireDesk(ctx.actor, booking.session.prefecture)
    if (booking.status === as) return ok({ booking: id, again: true })
    if (!actsFor(booking, { now: ctx.clock.now(), asStaff: true }).has(as)) return refused('closed')
    const done = await ctx.store.commit(
      lockBooking(ctx, id),
      expecting(ctx, 'booking', booking),
      ctx.store.db
        .updateTable('booking')
        .set({ status: as, came_at: as === 'attended' ? ctx.clock.now() : null, revision: booking.revision + 1 })
        .where('id', '=', id),
      note(ctx, as === 'attended' ? 'booking.attended' : 'booking.absent', id),
    )
    return isCommitted(done) ? ok({ booking: id, again: false }) : null
  })
}
