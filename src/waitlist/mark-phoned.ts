import { type Ok, ok } from '../base/outcome.ts'
import { accessibleBooking } from '../booking/access.ts'
import type { Ctx } from '../context.ts'
import { noteOnce } from '../store/journal.ts'

/** Minutes in which the same mark of one account counts once: a form that was sent twice. */
const ONCE = 1

/** Why the desk calls a person who waits. A place came free after the deadline, or no offer leaves any more. */
export type PhonedAbout = 'freed' | 'stranded'

/**
 * Notes that the desk called a person on the waiting list after the deadline. `reached`: the person answered. The last
 * note counts, so the other one takes it back. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function markPhoned(
  ctx: Ctx,
  id: string,
  reached: boolean,
  about: PhonedAbout = 'freed',
): Promise<Ok<{ booking: string }>> {
  const booking = await accessibleBooking(ctx, { id })
  const act = reached ? 'booking.called' : 'booking.not_reached'
  await ctx.store.commit(noteOnce(ctx, ONCE, act, booking.id, { about }))
  return ok({ booking: booking.id })
}
