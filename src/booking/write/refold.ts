import { requireSystem } from '../../base/actor.ts'
import { type Ok, ok } from '../../base/outcome.ts'
import { nextTurn } from '../../base/turn.ts'
import type { Ctx } from '../../context.ts'
import { orThrow } from '../../store/store.ts'
import { SEARCH_COLUMN, searchColumn } from './person-columns.ts'

/** Bookings per commit, so that many never lock the database for long. */
const BATCH = 50

/**
 * Computes the search text of bookings that an earlier version stored, which have fewer parts. Idempotent, also if
 * interrupted; a person that changes meanwhile is computed by that change. For the clockwork. Returns how many.
 */
export async function refold(ctx: Ctx): Promise<Ok<{ refolded: number }>> {
  requireSystem(ctx.actor)
  const { db } = ctx.store
  let refolded = 0
  for (let last = ''; ; ) {
    const rows = await db
      .selectFrom('booking')
      .select(['id', 'company', 'name', 'name_kana', 'email', 'phone', 'search_key'])
      .where('id', '>', last)
      .where('search_key', '<>', '')
      .where('search_key', 'not like', SEARCH_COLUMN)
      .orderBy('id')
      .limit(BATCH)
      .execute()
    const writes = rows.map((row) =>
      db
        .updateTable('booking')
        .set({ search_key: searchColumn(row) })
        .where('id', '=', row.id)
        .where('search_key', '=', row.search_key),
    )
    if (writes.length > 0) orThrow(await ctx.store.commit(...writes))
    refolded += rows.length
    last = rows.at(-1)?.id ?? last
    if (rows.length < BATCH) return ok({ refolded })
    await nextTurn()
  }
}
