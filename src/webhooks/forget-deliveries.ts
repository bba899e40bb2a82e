import { requireSystem } from '../base/actor.ts'
import { plusMinutes } from '../base/clock.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { orThrow } from '../store/store.ts'

/** Days for which the console lists a delivery. */
const KEPT_DAYS = 30

/** Deletes deliveries that were sent or given up a month ago. For the clockwork. Returns how many. */
export async function forgetDeliveries(ctx: Ctx): Promise<Ok<{ forgotten: number }>> {
  requireSystem(ctx.actor)
  const before = plusMinutes(ctx.clock.now(), -KEPT_DAYS * 24 * 60)
  const [forgotten = 0] = orThrow(
    await ctx.store.commit(
      ctx.store.db
        .deleteFrom('webhook_delivery')
        .where('state', 'in', ['sent', 'failed'])
        .where('updated_at', '<', before),
    ),
  )
  return ok({ forgotten })
}
