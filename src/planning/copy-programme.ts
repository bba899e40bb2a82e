import { requireSecretariat } from '../base/actor.ts'
import { isAsShown, type Shown, type ShownFields } from '../base/fingerprint.ts'
import { type CivilDate, civilDate, fiscalYear } from '../base/japan/civil.ts'
import { inNextYear } from '../base/japan/next-year.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import type { SeriesRow } from '../store/schema.ts'
import { orThrow } from '../store/store.ts'
import { seriesOf } from './queries.ts'
import { questionCopies } from './questions/copies.ts'
import { requestReplan } from './replan.ts'
import { programmeWrite, seriesWrites } from './session-rows.ts'

/**
 * A series of this year in the next: `goes_on` unchanged, else begun again with these dates or its rule. `made`: it was
 * begun before.
 */
export type Copied = { series: SeriesRow; goes_on: boolean; dates: CivilDate[]; made: boolean }

/** The id of the series of a year that a series goes on as. */
function idOf({ id }: SeriesRow, year: number): string {
  return `${id}-fy${year}`
}

/** What would be copied. `left`: whether anything is to be done yet. */
async function read(ctx: Ctx): Promise<{ year: number; copies: Copied[]; left: boolean }> {
  requireSecretariat(ctx.actor)
  const year = fiscalYear(civilDate(ctx.clock.now())) + 1
  const [from, to] = [`${year - 1}-04-01`, `${year}-03-31`]
  const all = await seriesOf(ctx)
  const known = new Set(all.map((one) => one.id))
  const copies: Copied[] = []
  for (const { dates, ...series } of all) {
    const listed = dates.filter((date) => date >= from && date <= to)
    const ended = series.until !== null && series.until < from
    const begun = series.starts_on > to
    if (ended || begun || series.sample === 1 || (series.rule === null && listed.length === 0)) continue
    const goes_on = series.rule !== null && series.until === null
    copies.push({ series, goes_on, dates: inNextYear(listed, year), made: known.has(idOf(series, year)) })
  }
  const { db } = ctx.store
  const opened = await db.selectFrom('programme').select('id').where('fiscal_year', '=', year).executeTakeFirst()
  return { year, copies, left: opened === undefined || copies.some(({ goes_on, made }) => !goes_on && !made) }
}

/**
 * What would be copied into the next fiscal year, and whether anything is `left` to copy. Changes nothing. For the
 * secretariat. Throws `Forbidden`.
 */
export async function previewCopy(ctx: Ctx): ReturnType<typeof read> {
  return read(ctx)
}

/** What a page shows before the year is copied. */
export function copyFields(year: number, copies: readonly Copied[]): ShownFields {
  return [year, ...copies.map(({ series, goes_on, dates }) => [series.id, goes_on, dates])]
}

/**
 * Opens the programme of the next fiscal year and copies each series that would end with this year. Rules begin in
 * April; listed dates keep their weekday, and nth weekdays of a month stay so. Idempotent. For the secretariat. Returns
 * how many series were begun; `again` if nothing was left to copy. Refuses `changed` if other series or dates are
 * concerned than `shown`. Throws `Forbidden`.
 */
export async function copyProgramme(
  ctx: Ctx,
  shown?: Shown,
): Promise<Ok<{ series: number; year: number; again: boolean }> | Refused<'changed'>> {
  const { year, copies, left } = await read(ctx)
  if (!(await isAsShown(shown, copyFields(year, copies)))) return refused('changed')
  if (!left) return ok({ series: 0, year, again: true })
  const begun = copies.filter(({ goes_on, made }) => !goes_on && !made)
  const copied = new Map(begun.map(({ series }) => [series.id, idOf(series, year)]))
  const questions = await questionCopies(ctx, copied, year)
  orThrow(
    await ctx.store.commit(
      programmeWrite(ctx, year, { ja: `${year}年度`, en: `Fiscal year ${year}` }),
      ...begun.flatMap(({ series, dates }) =>
        seriesWrites(
          ctx,
          {
            ...series,
            id: idOf(series, year),
            starts_on: `${year}-04-01`,
            until: series.rule === null ? null : `${year + 1}-03-31`,
            printed: null,
          },
          dates.map((date) => ({ date, printed_weekday: null })),
        ),
      ),
      ...questions,
      requestReplan(ctx),
      note(ctx, 'programme.copied', `fy${year}`, { series: begun.length }),
    ),
  )
  return ok({ series: begun.length, year, again: false })
}
