import type { Ctx } from '../context.ts'
import type { SessionRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import type { Session } from './session.ts'

/**
 * The write by which a person changes a session: SEQUENCE and revision raised, and left alone by planning from now on.
 * A session that gets another state than `skipped` is no longer skipped by anybody.
 */
export function sessionChange(
  ctx: Ctx,
  session: Pick<Session, 'id' | 'sequence' | 'revision'>,
  set: Partial<SessionRow>,
): Write {
  const { id, sequence, revision } = session
  const left = set.state !== undefined && set.state !== 'skipped'
  const raised = { sequence: sequence + 1, revision: revision + 1, updated_at: ctx.clock.now() }
  return ctx.store.db
    .updateTable('session')
    .set({ ...set, ...(left && { skipped_by: null }), edited: 1, ...raised })
    .where('id', '=', id)
}
