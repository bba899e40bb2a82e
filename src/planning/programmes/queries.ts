import { requireSecretariat } from '../../base/actor.ts'
import { NotFound } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import type { ProgrammeRow } from '../../store/schema.ts'

/** All programmes with the number of their sessions, the latest first. One query. Throws `Forbidden`. */
export async function programmes(ctx: Ctx): Promise<(ProgrammeRow & { sessions: number })[]> {
  requireSecretariat(ctx.actor)
  const rows = await ctx.store.db
    .selectFrom('programme')
    .selectAll()
    .select((eb) =>
      eb
        .selectFrom('session')
        .select((of) => of.fn.countAll<number | string>().as('many'))
        .whereRef('session.programme', '=', 'programme.id')
        .as('sessions'),
    )
    .orderBy('fiscal_year', 'desc')
    .execute()
  return rows.map((row) => ({ ...row, sessions: Number(row.sessions) }))
}

/** A programme by its id. Throws `NotFound`, `Forbidden`. */
export async function programmeById(ctx: Ctx, id: string): Promise<ProgrammeRow> {
  requireSecretariat(ctx.actor)
  const row = await ctx.store.db.selectFrom('programme').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new NotFound('programme')
  return row
}
