import { plusMinutes } from '../base/clock.ts'
import type { Ctx } from '../context.ts'
import { orThrow } from '../store/store.ts'

/** Days for which the key of a form of the console finds the row that it made. */
const SUBMISSION_DAYS = 30

/**
 * Deletes the keys of forms that were sent more than `SUBMISSION_DAYS` ago. A form that is sent again after that makes
 * another row. The hashes name no person, but tell who sent what if somebody guesses it.
 */
export async function forgetSubmissions(ctx: Ctx): Promise<void> {
  const until = plusMinutes(ctx.clock.now(), -SUBMISSION_DAYS * 24 * 60)
  orThrow(await ctx.store.commit(ctx.store.db.deleteFrom('submission').where('created_at', '<', until)))
}
