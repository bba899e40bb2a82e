import { requireSystem } from '../base/actor.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { isCommitted } from '../store/retry.ts'
import { lapseWrites } from './lapse.ts'
import { pendingInOver } from './queries.ts'

/**
 * Ends what still waits, is offered or is requested in sessions that are over. Each holder is notified once, by letter
 * or on the call list. One commit a booking, at most 200 a call; the next call continues. For the clockwork. Returns how
 * many ended.
 */
export async function endOver(ctx: Ctx): Promise<Ok<{ ended: number }>> {
  requireSystem(ctx.actor)
  let ended = 0
  for (const id of await pendingInOver(ctx, ctx.clock.now())) {
    const writes = await lapseWrites(ctx, id, ({ session }) => session.over)
    if (writes && isCommitted(await ctx.store.commit(...writes))) ended++
  }
  return ok({ ended })
}
