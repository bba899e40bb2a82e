import type { Ctx } from '../context.ts'
import { raised } from '../store/raised.ts'
import type { SessionRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import type { Session } from './session.ts'

/** The write by which staff change a session. Raises SEQUENCE and revision; planning no longer changes the session. */
export function sessionChange(ctx: Ctx, { id }: Pick<Session, 'id'>, set: Partial<SessionRow>): Write {
  return ctx.store.db
    .updateTable('session')
    .set({ ...set, edited: 1, ...raised(ctx) })
    .where('id', '=', id)
}
