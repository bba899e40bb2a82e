import type { Ctx } from '../../context.ts'
import type { Write } from '../../store/store.ts'

/**
 * The writes that copy the questions of series. `copies` has the id of each copy by that of its series. `year`
 * ends their ids. Idempotent. One query.
 */
export async function questionCopies(ctx: Ctx, copies: ReadonlyMap<string, string>, year: number): Promise<Write[]> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  if (copies.size === 0) return []
  const rows = await db
    .selectFrom('question')
    .selectAll()
    .where('series', 'is not', null)
    .where('retired_at', 'is', null)
    .execute()
  return rows.flatMap((row) => {
    const series = copies.get(row.series ?? '')
    if (series === undefined) return []
    const copy = { ...row, id: `${row.id}-${year}`, series, revision: 0, created_at: now, updated_at: now }
    return [
      db
        .insertInto('question')
        .values(copy)
        .onConflict((oc) => oc.doNothing()),
    ]
  })
}
