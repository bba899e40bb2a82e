import { requireDesk } from '../base/actor.ts'
import { civilDate } from '../base/japan/civil.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { orThrow } from '../store/store.ts'
import { intakeById } from './queries.ts'

/**
 * Deletes the draft of a schedule. What was taken in from it stays. For the desk that reads it in. Throws `NotFound`,
 * `Forbidden`.
 */
export async function dropIntake(ctx: Ctx, id: string): Promise<Ok<object>> {
  requireDesk(ctx.actor)
  const { created_at } = await intakeById(ctx, id)
  orThrow(
    await ctx.store.commit(
      ctx.store.db.deleteFrom('intake').where('id', '=', id),
      note(ctx, 'intake.dropped', id, { date: civilDate(created_at) }),
    ),
  )
  return ok({})
}
