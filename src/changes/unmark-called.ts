import { requireDesk } from '../base/actor.ts'
import { NotFound, type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { expectSome } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { lockDelivery } from '../store/outbox.ts'
import { isCommitted } from '../store/retry.ts'
import { callById } from './queries.ts'

/**
 * Takes back a mark as called that was set by mistake: the call is on the list again. `again` if it is there already,
 * or if the person was erased. For the desk of the booking's prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function unmarkCalled(ctx: Ctx, id: string): Promise<Ok<{ booking: string; again: boolean }>> {
  const { db } = ctx.store
  const row = await callById(ctx, id)
  if (!row) throw new NotFound('call')
  requireDesk(ctx.actor, row.prefecture)
  const called = db
    .selectFrom('outbox')
    .innerJoin('booking', 'booking.id', 'outbox.subject')
    .select('outbox.id')
    .where('outbox.id', '=', id)
    .where('outbox.channel', '=', 'phone')
    .where('outbox.state', '=', 'sent')
    .where('booking.phone', '<>', '')
  const done = await ctx.store.commit(
    lockDelivery(ctx, id),
    expectSome(ctx, called),
    db.updateTable('outbox').set({ state: 'waiting', sent_at: null, updated_at: ctx.clock.now() }).where('id', '=', id),
    note(ctx, 'booking.uncalled', row.booking, { about: row.kind }),
  )
  return ok({ booking: row.booking, again: !isCommitted(done) })
}
