import type { Ctx } from '../context.ts'
import { raised } from '../store/raised.ts'
import type { SessionRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import type { Session } from './session.ts'

/**
 * The write by which a person changes a session: SEQUENCE and revision raised, and left alone by planning from now on.
 * A session that gets another state than `skipped` is no longer skipped by anybody.
 */
export function sessionChange(ctx: Ctx, { id }: Pick<Session, 'id'>, set: Partial<SessionRow>): Write {
  const left = set.state !== undefined && set.state !== 'skipped'
  return ctx.store.db
    .updateTable('session')
    .set({ ...set, ...(left && { skipped_by: null }), edited: 1, ...raised(ctx) })
    .where('id', '=', id)
}
