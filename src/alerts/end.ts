import { sql } from 'kysely'
import { NotFound, type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { dropFaults, supersedeLetters } from '../store/outbox.ts'
import { orThrow, type Write } from '../store/store.ts'
import { alertByToken } from './queries.ts'

/** The writes that end alerts and delete their addresses. Their unsent letters do not leave. */
export function endAlertWrites(ctx: Ctx, ids: string[]): Write[] {
  return [
    ctx.store.db
      .updateTable('alert')
      .set({ state: 'ended', email: null, person_key: sql<string>`'ended:' || id`, updated_at: ctx.clock.now() })
      .where('id', 'in', ids),
    dropFaults(ctx, 'alert', ids),
    supersedeLetters(ctx, 'alert', ids),
  ]
}

/** Ends an alert and deletes its address, by a button. Idempotent. Throws `NotFound` for an unknown token. */
export async function endAlert(ctx: Ctx, token: string): Promise<Ok<{ alert: string }>> {
  const alert = await alertByToken(ctx, token)
  if (!alert) throw new NotFound('alert')
  const { id } = alert
  if (alert.email !== null) orThrow(await ctx.store.commit(...endAlertWrites(ctx, [id]), note(ctx, 'alert.ended', id)))
  return ok({ alert: id })
}
