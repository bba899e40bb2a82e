import { requireAccount } from '../base/actor.ts'
import { plusMinutes } from '../base/clock.ts'
import type { Ctx } from '../context.ts'
import type { Pass } from './queries.ts'

/** Minutes between two notes that a browser is used, so that few page views write. */
const SEEN_EVERY = 5

/**
 * Notes that a browser of the actor is used now, at most once in `SEEN_EVERY` minutes. A browser that is not used for
 * DESK_IDLE_MINUTES is locked (`Pass`). Throws `Forbidden`.
 */
export async function seePass(ctx: Ctx, { id, seen_at }: Pick<Pass, 'id' | 'seen_at'>): Promise<void> {
  const account = requireAccount(ctx.actor)
  const now = ctx.clock.now()
  if (seen_at > plusMinutes(now, -SEEN_EVERY)) return
  await ctx.store.commit(
    ctx.store.db
      .updateTable('pass')
      .set({ seen_at: now })
      .where('id', '=', id)
      .where('account', '=', account)
      .where('seen_at', '=', seen_at),
  )
}
