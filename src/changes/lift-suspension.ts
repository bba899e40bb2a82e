import { requireDesk } from '../base/actor.ts'
import { civilDate } from '../base/japan/civil.ts'
import { NotFound, type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { sessionById } from '../schedule/queries.ts'
import { note } from '../store/journal.ts'
import { isCommitted } from '../store/retry.ts'
import { changeWrites } from './change-session.ts'
import { backWrites } from './conversion.ts'
import { sessionsOfSuspension, suspensionById, whileInForce } from './suspension-queries.ts'

/** A session that somebody edits meanwhile is read again, this often at most. */
const ROUNDS = 5

/**
 * Lifts a suspension. Its future sessions are held in person again. People whom it had converted get their form back, and
 * one letter in the commit of their session. Idempotent, also after an interruption. For staff
 * of all its prefectures. Returns the number of sessions. Throws `NotFound`, `Forbidden`.
 */
export async function liftSuspension(ctx: Ctx, id: string): Promise<Ok<{ sessions: number }>> {
  const suspension = await suspensionById(ctx, id)
  if (!suspension) throw new NotFound('suspension')
  requireDesk(ctx.actor, ...suspension.prefectures.split(','))
  const { db } = ctx.store
  const now = ctx.clock.now()
  if (suspension.state === 'in_force') {
    const set = { state: 'lifted' as const, updated_at: now }
    const lifted = await ctx.store.commit(
      ...whileInForce(ctx, id),
      db.updateTable('suspension').set(set).where('id', '=', id),
      note(ctx, 'suspension.lifted', id),
    )
    isCommitted(lifted) // Refused if somebody else lifted it meanwhile: its sessions are restored all the same.
  }
  let sessions = 0
  for (let round = 0; round < ROUNDS; round++) {
    const rows = await sessionsOfSuspension(ctx, id, civilDate(now))
    if (rows.length === 0) break
    for (const row of rows) {
      const session = await sessionById(ctx, row)
      if (!session) continue
      const back = await backWrites(ctx, session, null, { keeping: true })
      const done = await ctx.store.commit(...changeWrites(ctx, session, ...back))
      if (isCommitted(done)) sessions++
    }
  }
  return ok({ sessions })
}
