import { newId } from '../../base/id.ts'
import type { Ctx } from '../../context.ts'
import type { Write } from '../../store/store.ts'

/** The writes that ask the questions of some series in others too: by the id of a series, that of its copy. One query. */
export async function questionCopies(ctx: Ctx, copies: ReadonlyMap<string, string>): Promise<Write[]> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const rows = await db.selectFrom('question').selectAll().where('series', 'is not', null).where('retired_at', 'is', null).execute()
  return rows.flatMap((row) => {
    const series = copies.get(row.series ?? '')
    const fresh = { id: newId(now), revision: 0, created_at: now, updated_at: now }
    return series === undefined ? [] : [db.insertInto('question').values({ ...row, ...fresh, series })]
  })
}
