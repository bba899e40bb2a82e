import { requireDesk } from '../base/actor.ts'
import { NotFound, type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { orThrow } from '../store/store.ts'

/**
 * Marks that somebody on the call list has been told by telephone (`again`: they were already). For the desk of the
 * booking's prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function markCalled(ctx: Ctx, id: string): Promise<Ok<{ booking: string; again: boolean }>> {
  const { db } = ctx.store
  const row = await db
    .selectFrom('outbox')
    .innerJoin('booking', 'booking.id', 'outbox.subject')
    .innerJoin('session', 'session.id', 'booking.session')
    .select(['outbox.kind', 'booking.id as booking', 'session.prefecture'])
    .where('outbox.id', '=', id)
    .where('outbox.about', '=', 'booking')
    .where('outbox.channel', '=', 'phone')
    .executeTakeFirst()
  if (!row) throw new NotFound('call')
  requireDesk(ctx.actor, row.prefecture)
  const now = ctx.clock.now()
  const [told = 0] = orThrow(
    await ctx.store.commit(
      db
        .updateTable('outbox')
        .set({ state: 'sent', sent_at: now, updated_at: now })
        .where('id', '=', id)
        .where('state', '=', 'waiting'),
      note(ctx, 'booking.called', row.booking, { about: row.kind }),
    ),
  )
  return ok({ booking: row.booking, again: told === 0 })
}
