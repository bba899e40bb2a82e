import type { Ctx } from '../../context.ts'
import { withinReach } from '../../store/reach.ts'
import type { SessionRow } from '../../store/schema.ts'

/**
 * The session of a prefecture with the latest date, which a new day is mostly like; or undefined. Only sessions that take
 * place, have hours and are booked here. One query.
 */
export async function latestIn(ctx: Ctx, prefecture: string): Promise<SessionRow | undefined> {
  return ctx.store.db
    .selectFrom('session')
    .selectAll()
    .where('prefecture', '=', prefecture)
    .where(withinReach(ctx, 'prefecture'))
    .where('state', '=', 'published')
    .where('kind', '=', 'consultation')
    .where('sample', '=', 0)
    .where('apply_name', 'is', null)
    .where('starts_at', 'is not', null)
    .where('date', 'is not', null)
    .orderBy('date', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}
