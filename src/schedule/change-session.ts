import { sql } from 'kysely'
import type { Ctx } from '../context.ts'
import { raised } from '../store/raised.ts'
import type { SessionRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import type { Session } from './session.ts'

/**
 * The update of a session. Raises SEQUENCE and revision. Clears `skipped_by` if the new state is not `skipped`. Keeps the
 * state from which it is called off. Alone it serves changes that are taken back whole: calling off, another form. The
 * caller may add conditions.
 */
export function sessionWrite(ctx: Ctx, id: string, set: Partial<SessionRow>) {
  const left = set.state !== undefined && set.state !== 'skipped'
  const kept = set.state === 'called_off' ? { state_before: sql.ref<SessionRow['state_before']>('state') } : {}
  const back = set.state !== undefined && set.state !== 'called_off' ? { state_before: null } : {}
  return ctx.store.db
    .updateTable('session')
    .set({ ...set, ...kept, ...back, ...(left && { skipped_by: null }), ...raised(ctx) })
    .where('id', '=', id)
}

/** The write by which staff change a session for good, as in `sessionWrite`. Planning no longer changes the session. */
export function sessionChange(ctx: Ctx, { id }: Pick<Session, 'id'>, set: Partial<SessionRow>): Write {
  return sessionWrite(ctx, id, { ...set, edited: 1 })
}
