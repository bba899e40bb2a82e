import { plusMinutes } from '../base/clock.ts'
import type { Ctx } from '../context.ts'
import { orThrow } from '../store/store.ts'

/** Days for which the results of an act on ticked bookings can be looked at. */
const TICKED_DAYS = 30

/** Deletes acts on ticked bookings that were over more than `TICKED_DAYS` ago. Their lines in the journal stay. */
export async function forgetTicked(ctx: Ctx): Promise<void> {
  const until = plusMinutes(ctx.clock.now(), -TICKED_DAYS * 24 * 60)
  const old = ctx.store.db.deleteFrom('ticked').where('state', 'in', ['finished', 'stopped'])
  orThrow(await ctx.store.commit(old.where('updated_at', '<', until)))
}
