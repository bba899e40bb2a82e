import { type Faults, faultsOf } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import { accessibleBooking, type HolderRef } from './access.ts'
import { holderActs } from './acts-for.ts'
import { AmendInput } from './input.ts'
import { personColumns } from './write/person-columns.ts'

/** Amended, or refused: faulty fields, over or cancelled, or changed three times meanwhile. */
export type Amended =
  | Ok<{ booking: string }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed' | 'twice'>

/**
 * Changes telephone and message of the booking whose manage link carries this token, until it can no longer be
 * cancelled. Time and place stay, so no letter leaves. Throws `NotFound` for an unknown token.
 */
export async function amend(ctx: Ctx, ref: HolderRef, given: unknown): Promise<Amended> {
  const parsed = AmendInput.safeParse(given)
  return retryOnConflict(async () => {
    const booking = await accessibleBooking(ctx, ref)
    if (!holderActs(booking, ctx.clock.now()).has('amend')) return refused('closed')
    if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
    const { phone, message } = parsed.data
    if (phone === booking.phone && message === booking.message) return ok({ booking: booking.id })
    const done = await ctx.store.commit(
      ...unchanged(ctx, 'booking', booking),
      ctx.store.db
        .updateTable('booking')
        .set({
          phone,
          message,
          ...personColumns({ ...booking, phone }),
          revision: booking.revision + 1,
        })
        .where('id', '=', booking.id),
      note(ctx, 'booking.amended', booking.id),
    )
    if (!done.ok && done.broke === 'booking_once') return refused('twice')
    return isCommitted(done) ? ok({ booking: booking.id }) : null
  })
}
