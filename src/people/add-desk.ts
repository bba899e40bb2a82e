import { requireSystem } from '../base/actor.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import type { DeskRow } from '../store/schema.ts'
import { orThrow } from '../store/store.ts'

/**
 * Adds a desk. `email_use` says whether letters may be sent to its address. Idempotent. For the seed and the command
 * line. Throws `Forbidden`.
 */
export async function addDesk(ctx: Ctx, desk: DeskRow): Promise<Ok<{ desk: string }>> {
  requireSystem(ctx.actor)
  orThrow(
    await ctx.store.commit(
      ctx.store.db
        .insertInto('desk')
        .values(desk)
        .onConflict((oc) => oc.doNothing()),
      note(ctx, 'desk.added', desk.id),
    ),
  )
  return ok({ desk: desk.id })
}
