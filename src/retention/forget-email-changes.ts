import type { Ctx } from '../context.ts'
import { orThrow } from '../store/store.ts'

/** Deletes the new addresses that nobody confirmed in time. */
export async function forgetEmailChanges(ctx: Ctx): Promise<void> {
  orThrow(await ctx.store.commit(ctx.store.db.deleteFrom('email_change').where('expires_at', '<=', ctx.clock.now())))
}
