import type { Question } from '../../base/questions.ts'
import type { Ctx } from '../../context.ts'
import { questionsWithIds } from '../../schedule/questions.ts'
import { type ExportFilter, ledger } from './rows.ts'

/**
 * The questions that have a column each in an export: those of its one series or session. Empty if it holds several. Throws `Forbidden`.
 */
export async function questionsOfExport(ctx: Ctx, filter: ExportFilter): Promise<Question[]> {
  const owners = await ledger(ctx, filter)
    .select((eb) => eb.fn.coalesce('session.series', 'session.id').as('owner'))
    .distinct()
    .limit(2)
    .execute()
  const [only, another] = owners
  if (!only || another) return []
  const rows = await ctx.store.db
    .selectFrom('question')
    .select('id')
    .where((eb) =>
      eb.or([eb('series', '=', only.owner), eb('session', 'in', ledger(ctx, filter).select('session.id'))]),
    )
    .execute()
  return questionsWithIds(
    ctx,
    rows.map(({ id }) => id),
  )
}
