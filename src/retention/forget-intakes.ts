import { plusMinutes } from '../base/clock.ts'
import type { Ctx } from '../context.ts'
import { orThrow } from '../store/store.ts'

/** Days for which the draft of a schedule is kept after its last change. */
const INTAKE_DAYS = 30

/** Deletes drafts of schedules that nobody changed for `INTAKE_DAYS`. What was taken in stays, with its printed text. */
export async function forgetIntakes(ctx: Ctx): Promise<void> {
  const until = plusMinutes(ctx.clock.now(), -INTAKE_DAYS * 24 * 60)
  orThrow(await ctx.store.commit(ctx.store.db.deleteFrom('intake').where('updated_at', '<', until)))
}
