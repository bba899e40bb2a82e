import type { Ctx } from '../context.ts'
import { raised } from '../store/raised.ts'
import type { SessionRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import type { Session } from './session.ts'

/**
 * The update of a session. Raises SEQUENCE and revision. Clears `skipped_by` if the new state is not `skipped`. The
 * caller may add conditions.
 */
export function sessionWrite(ctx: Ctx, id: string, set: Partial<SessionRow>) {
  const left = set.state !== undefined && set.state !== 'skipped'
  return ctx.store.db
    .updateTable('session')
    .set({ ...set, ...(left && { skipped_by: null }), ...raised(ctx) })
    .where('id', '=', id)
}

/** The write by which staff change a session, as in `sessionWrite`. Planning no longer changes the session. */
export function sessionChange(ctx: Ctx, { id }: Pick<Session, 'id'>, set: Partial<SessionRow>): Write {
  return sessionWrite(ctx, id, { ...set, edited: 1 })
}
