import { requireDesk } from '../base/actor.ts'
import { NotFound, type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { expectSome } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { lockDelivery } from '../store/outbox.ts'
import { isCommitted } from '../store/retry.ts'
import { callById } from './queries.ts'

/**
 * Counts a call that nobody answered; the person stays on the call list. `tries` is the count that the caller saw, so
 * that one call is counted once. `again` if it was counted meanwhile, or if nobody is to be called any more. For the desk
 * of the booking's prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function markUnreached(
  ctx: Ctx,
  id: string,
  tries: number,
): Promise<Ok<{ booking: string; again: boolean }>> {
  const { db } = ctx.store
  const row = await callById(ctx, id)
  if (!row) throw new NotFound('call')
  requireDesk(ctx.actor, row.prefecture)
  const seen = db.selectFrom('outbox').select('id').where('id', '=', id)
  const done = await ctx.store.commit(
    lockDelivery(ctx, id),
    expectSome(ctx, seen.where('channel', '=', 'phone').where('state', '=', 'waiting').where('attempts', '=', tries)),
    db
      .updateTable('outbox')
      .set({ attempts: tries + 1, updated_at: ctx.clock.now() })
      .where('id', '=', id),
    note(ctx, 'booking.not_reached', row.booking, { about: row.kind }),
  )
  return ok({ booking: row.booking, again: !isCommitted(done) })
}
