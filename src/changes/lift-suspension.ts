import { requireDesk } from '../base/actor.ts'
import { chunks } from '../base/chunks.ts'
import { civilDate } from '../base/japan/civil.ts'
import { NotFound, type Ok, ok } from '../base/outcome.ts'
import { FORMATS } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { raised } from '../store/raised.ts'
import { isCommitted } from '../store/retry.ts'
import { orThrow, type Write } from '../store/store.ts'
import { type SuspendedSession, sessionsOfSuspension, suspensionById, whileInForce } from './suspension-queries.ts'

/** Sessions in one commit, so that a long run never locks the database for long. */
const BATCH = 20

/** A session that somebody edits meanwhile is read again, this often at most. */
const ROUNDS = 5

/** The write that offers a session in person again, unless it was changed since it was read. */
function restored(ctx: Ctx, suspension: string, row: SuspendedSession): Write {
  const both = [row.formats, row.formats_before ?? ''].join(',').split(',')
  return ctx.store.db
    .updateTable('session')
    .set({
      formats: FORMATS.filter((format) => both.includes(format)).join(','),
      suspension: null,
      formats_before: null,
      reason_ja: null,
      reason_en: null,
      ...raised(ctx),
    })
    .where('id', '=', row.id)
    .where('suspension', '=', suspension)
    .where('revision', '=', row.revision)
}

/**
 * Lifts a suspension. Its future sessions are offered in person again, for new bookings and moves; converted bookings
 * stay. Idempotent, also after an interruption. For staff of all its prefectures. Returns the number of sessions.
 * Throws `NotFound`, `Forbidden`.
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
    for (const part of chunks(rows, BATCH)) {
      const changed = orThrow(await ctx.store.commit(...part.map((row) => restored(ctx, id, row))))
      sessions += changed.reduce((sum, one) => sum + one, 0)
    }
  }
  return ok({ sessions })
}
