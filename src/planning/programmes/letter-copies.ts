import type { Ctx } from '../../context.ts'
import type { Write } from '../../store/store.ts'

type Owned = { programme: string | null; series: string | null }

/** Whose the copy of a row is, or null if neither its series nor its programme is copied. */
function ownerAfter(row: Owned, copies: ReadonlyMap<string, string>, year: number): (Owned & { owner: string }) | null {
  const series = copies.get(row.series ?? '') ?? null
  const programme = row.programme === null ? null : `fy${year}`
  if (series === null && programme === null) return null
  return { series, programme, owner: series === null ? `programme:${programme}` : `series:${series}` }
}

/** The rows of a table that are of a series, or of the programme before a year. */
function ofYearBefore(ctx: Ctx, table: 'letter_sender' | 'letter_file', year: number) {
  return ctx.store.db
    .selectFrom(table)
    .leftJoin('programme', 'programme.id', `${table}.programme`)
    .where((eb) => eb.or([eb('programme.fiscal_year', '=', year - 1), eb(`${table}.series`, 'is not', null)]))
}

/** The writes that copy whom letters come from into a year, as `textCopies`. One query. */
export async function senderCopies(ctx: Ctx, copies: ReadonlyMap<string, string>, year: number): Promise<Write[]> {
  const now = ctx.clock.now()
  const rows = await ofYearBefore(ctx, 'letter_sender', year).selectAll('letter_sender').execute()
  return rows.flatMap((row) => {
    const own = ownerAfter(row, copies, year)
    if (own === null) return []
    const copy = { ...row, ...own, id: `${row.id}-${year}`, revision: 0, created_at: now, updated_at: now }
    return [
      ctx.store.db
        .insertInto('letter_sender')
        .values(copy)
        .onConflict((oc) => oc.doNothing()),
    ]
  })
}

/** The writes that copy the logo and the documents of letters into a year with their content, as `textCopies`. One query. */
export async function fileCopies(ctx: Ctx, copies: ReadonlyMap<string, string>, year: number): Promise<Write[]> {
  const { db } = ctx.store
  const rows = await ofYearBefore(ctx, 'letter_file', year).selectAll('letter_file').execute()
  return rows.flatMap((row) => {
    const own = ownerAfter(row, copies, year)
    if (own === null) return []
    const id = `${row.id}-${year}`
    const place = row.place.replace(row.owner, own.owner)
    return [
      db
        .insertInto('letter_file')
        .values({ ...row, ...own, id, place, created_at: ctx.clock.now() })
        .onConflict((oc) => oc.doNothing()),
      // None if the year has another file in that place already.
      db
        .insertInto('letter_file_part')
        .columns(['file', 'nth', 'content'])
        .expression(
          db
            .selectFrom('letter_file_part')
            .innerJoin('letter_file as copy', (join) => join.on('copy.id', '=', id))
            .select(['copy.id as file', 'letter_file_part.nth', 'letter_file_part.content'])
            .where('letter_file_part.file', '=', row.id),
        )
        .onConflict((oc) => oc.doNothing()),
    ]
  })
}
