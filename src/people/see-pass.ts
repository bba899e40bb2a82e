import { requireAccount } from '../base/actor.ts'
import { plusMinutes } from '../base/clock.ts'
import type { Locale } from '../base/locale.ts'
import type { Ctx } from '../context.ts'
import type { Pass } from './queries.ts'

/** Minutes between two notes that a browser is used, so that few page views write. */
const SEEN_EVERY = 5

/**
 * Notes that a browser of the actor is used now, at most once in `SEEN_EVERY` minutes. A browser that is not used for
 * DESK_IDLE_MINUTES is locked (`Pass`). `chosen` is the language that was chosen in it, or null: letters to the actor are in
 * it from now on. Throws `Forbidden`.
 */
export async function seePass(
  ctx: Ctx,
  { id, seen_at, account: known }: Pick<Pass, 'id' | 'seen_at'> & { account: { locale: Locale | null } },
  chosen: Locale | null = null,
): Promise<void> {
  const account = requireAccount(ctx.actor)
  const now = ctx.clock.now()
  const { db } = ctx.store
  const seen = db
    .updateTable('pass')
    .set({ seen_at: now })
    .where('id', '=', id)
    .where('account', '=', account)
    .where('seen_at', '=', seen_at)
  const spoken = chosen && db.updateTable('account').set({ locale: chosen }).where('id', '=', account)
  const writes = [
    ...(seen_at > plusMinutes(now, -SEEN_EVERY) ? [] : [seen]),
    ...(spoken && chosen !== known.locale ? [spoken] : []),
  ]
  if (writes.length > 0) await ctx.store.commit(...writes)
}
