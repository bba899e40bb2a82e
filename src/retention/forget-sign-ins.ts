import { sql } from 'kysely'
import { plusMinutes } from '../base/clock.ts'
import type { Ctx } from '../context.ts'
import { orThrow } from '../store/store.ts'

/** Days for which expired sign-ins stay, so that the desk can look into one. The journal keeps that they happened. */
const SIGN_IN_DAYS = 30

/**
 * Deletes codes and browsers that expired more than `SIGN_IN_DAYS` ago, and the letters of that time to staff. They name a
 * person's browser or former address.
 */
export async function forgetSignIns(ctx: Ctx): Promise<void> {
  const { db } = ctx.store
  const until = plusMinutes(ctx.clock.now(), -SIGN_IN_DAYS * 24 * 60)
  orThrow(
    await ctx.store.commit(
      db.deleteFrom('sign_in').where('expires_at', '<', until),
      db.deleteFrom('pass').where('expires_at', '<', until),
      // Literals, because engines match a partial index by its text.
      db.deleteFrom('outbox').where(sql<boolean>`about in ('sign_in', 'account')`).where('created_at', '<', until),
    ),
  )
}
