import { onlyDesk } from '../base/actor.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { bookingById } from '../booking/queries.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { unbroken } from '../store/store.ts'
import { letterById } from './queries.ts'

/** To be sent again, or refused: it was sent, is under way, was overtaken, or no mail leaves here. */
export type Resent = Ok<{ letter: string }> | Refused<'closed'>

/**
 * Sends a letter that was given up once more, as it is written now; the tries count anew. For the desk of its booking's
 * prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function resend(ctx: Ctx, id: string): Promise<Resent> {
  const row = await letterById(ctx, id)
  const booking = row?.booking ? await bookingById(ctx, row.booking) : undefined
  if (!row || !booking) throw new NotFound('letter')
  onlyDesk(ctx.actor, booking.session.prefecture)
  if (row.state !== 'failed' || ctx.config.smtpUrl === null) return refused('closed')
  const now = ctx.clock.now()
  const [changed = 0] = unbroken(
    await ctx.store.commit(
      ctx.store.db
        .updateTable('outbox')
        .set({ state: 'waiting', due_at: now, attempts: 0, fault: null, updated_at: now })
        .where('id', '=', id)
        .where('state', '=', 'failed'),
      note(ctx, 'letter.resent', booking.id, { letter: id, kind: row.kind }),
    ),
  )
  return changed === 1 ? ok({ letter: id }) : refused('closed')
}
