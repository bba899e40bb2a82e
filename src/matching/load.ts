import { sql } from 'kysely'
import { LIVE_MATCH } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { lockRow } from '../store/expectation.ts'
import type { Write } from '../store/store.ts'

/** The offers and cases of an expert that are open. */
const open = sql<number>`(select count(*) from ${sql.table('match')} as live where live.expert = expert.id
  and live.state in (${sql.join(LIVE_MATCH.map((state) => sql.lit(state)))}))`

/**
 * The writes of a commit that offers to experts, or ends offers and cases of theirs. They lock the experts and recount what
 * is open. The order of their ids keeps two commits from waiting for each other. They break `expert_has_room` beyond the
 * limit. The excess that staff allowed is lowered to what is left of it.
 */
export function withLoads(ctx: Pick<Ctx, 'store'>, experts: readonly string[], ...writes: readonly Write[]): Write[] {
  const { db } = ctx.store
  const ids = [...new Set(experts)].toSorted()
  return [
    ...ids.map((id) => lockRow(ctx, 'expert', id)),
    ...writes,
    ...ids.map((id) =>
      db
        .updateTable('expert')
        .set({
          taken: open,
          excess: sql<number>`case when excess = 0 or ${open} <= most then 0
            when ${open} - most < excess then ${open} - most else excess end`,
        })
        .where('id', '=', id),
    ),
  ]
}
