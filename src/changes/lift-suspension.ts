import { requireDesk } from '../base/actor.ts'
import { chunks } from '../base/chunks.ts'
import { civilDate } from '../base/japan/civil.ts'
import { NotFound, type Ok, ok } from '../base/outcome.ts'
import { FORMATS } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { raised } from '../store/raised.ts'
import { orThrow, type Write } from '../store/store.ts'
import { sessionsOfSuspension, suspensionById } from './suspension-queries.ts'

/** Sessions in one commit, so that a long run never locks the database for long. */
const BATCH = 20

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
    orThrow(
      await ctx.store.commit(
        db.updateTable('suspension').set(set).where('id', '=', id),
        note(ctx, 'suspension.lifted', id),
      ),
    )
  }
  const rows = await sessionsOfSuspension(ctx, id, civilDate(now))
  for (const part of chunks(rows, BATCH)) {
    const writes = part.map((row): Write => {
      const both = [row.formats, row.formats_before ?? ''].join(',').split(',')
      return db
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
        .where('suspension', '=', id)
    })
    orThrow(await ctx.store.commit(...writes))
  }
  return ok({ sessions: rows.length })
}
