import { requireSystem } from '../base/actor.ts'
import { type Ok, ok } from '../base/outcome.ts'
import { isAnswerOver } from '../booking/acts-for.ts'
import type { Ctx } from '../context.ts'
import { isCommitted } from '../store/retry.ts'
import { lapseWrites } from './lapse.ts'
import { expiredOffers } from './queries.ts'

/**
 * Ends offers and requests whose time is over: the booking lapses, its place is free, its holder is notified. One
 * commit an offer; one that was accepted or declined meanwhile is left alone. For the clockwork. Returns how many
 * ended.
 */
export async function expire(ctx: Ctx): Promise<Ok<{ expired: number }>> {
  requireSystem(ctx.actor)
  const now = ctx.clock.now()
  let expired = 0
  for (const id of await expiredOffers(ctx, now)) {
    const writes = await lapseWrites(ctx, id, (booking) => isAnswerOver(booking, now))
    if (writes && isCommitted(await ctx.store.commit(...writes))) expired++
  }
  return ok({ expired })
}
