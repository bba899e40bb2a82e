import type { Ctx } from '../../context.ts'
import type { Write } from '../../store/store.ts'

/**
 * The writes that copy the paragraphs of letters into a year. They are of the programme before it, and of series.
 * `copies` has the id of each copy by that of its series. What is there already stays. Idempotent. One query.
 */
export async function textCopies(ctx: Ctx, copies: ReadonlyMap<string, string>, year: number): Promise<Write[]> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const rows = await db
    .selectFrom('letter_text')
    .leftJoin('programme', 'programme.id', 'letter_text.programme')
    .selectAll('letter_text')
    .where((eb) => eb.or([eb('programme.fiscal_year', '=', year - 1), eb('letter_text.series', 'is not', null)]))
    .execute()
  return rows.flatMap((row) => {
    const series = copies.get(row.series ?? '') ?? null
    const programme = row.programme === null ? null : `fy${year}`
    if (series === null && programme === null) return []
    const owner = series === null ? `programme:${programme}` : `series:${series}`
    const own = { id: `${row.id}-${year}`, series, programme, owner }
    return [
      db
        .insertInto('letter_text')
        .values({ ...row, ...own, revision: 0, created_at: now, updated_at: now })
        .onConflict((oc) => oc.doNothing()),
    ]
  })
}
