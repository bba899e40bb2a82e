import { requireDesk } from '../base/actor.ts'
import { NotFound, type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { expectSome } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { lockDelivery } from '../store/outbox.ts'
import { isCommitted } from '../store/retry.ts'
import { callById } from './queries.ts'

/**
 * Marks a person on the call list as called. A short message in place of the call that has not left yet stays unsent.
 * `again` if nobody was to be called any more: they were, it left, or nothing is left to tell. For the desk of the
 * booking's prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function markCalled(ctx: Ctx, id: string): Promise<Ok<{ booking: string; again: boolean }>> {
  const { db } = ctx.store
  const row = await callById(ctx, id)
  if (!row) throw new NotFound('call')
  requireDesk(ctx.actor, row.prefecture)
  const now = ctx.clock.now()
  const waiting = db.selectFrom('outbox').select('id').where('id', '=', id).where('state', '=', 'waiting')
  const done = await ctx.store.commit(
    lockDelivery(ctx, id),
    expectSome(ctx, waiting),
    db
      .updateTable('outbox')
      .set({ channel: 'phone', state: 'sent', sent_at: now, updated_at: now })
      .where('id', '=', id),
    note(ctx, 'booking.called', row.booking, { about: row.kind }),
  )
  return ok({ booking: row.booking, again: !isCommitted(done) })
}
