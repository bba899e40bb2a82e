import { requireSecretariat } from '../base/actor.ts'
import { addDays, type CivilDate, civilDate, fiscalYear } from '../base/japan/civil.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import type { SeriesRow } from '../store/schema.ts'
import { orThrow } from '../store/store.ts'
import { seriesOf } from './queries.ts'
import { requestReplan } from './replan.ts'

/** A series of this year in the next: `goes_on` unchanged, else begun again with these dates or its rule. */
export type Copied = { series: SeriesRow; goes_on: boolean; dates: CivilDate[] }

/** The same weekday of the next year, at about the same date, in weeks. */
const WEEKS = 52

/** What would be copied into the next fiscal year. Changes nothing. For the secretariat. Throws `Forbidden`. */
export async function previewCopy(ctx: Ctx): Promise<{ year: number; copies: Copied[] }> {
  requireSecretariat(ctx.actor)
  const year = fiscalYear(civilDate(ctx.clock.now())) + 1
  const [from, to] = [`${year - 1}-04-01`, `${year}-03-31`]
  const copies: Copied[] = []
  for (const { dates, ...series } of await seriesOf(ctx)) {
    const listed = dates.filter((date) => date >= from && date <= to)
    const ended = series.until !== null && series.until < from
    const begun = series.starts_on > to
    if (ended || begun || series.sample === 1 || (series.rule === null && listed.length === 0)) continue
    const goes_on = series.rule !== null && series.until === null
    copies.push({ series, goes_on, dates: listed.map((date) => addDays(date, WEEKS * 7)) })
  }
  return { year, copies }
}

/**
 * Opens the programme of the next fiscal year and copies each series that would end with this year. Rules begin in
 * April; listed dates keep their weekday. Idempotent. For the secretariat. Returns how many series were begun. Throws
 * `Forbidden`.
 */
export async function copyProgramme(ctx: Ctx): Promise<Ok<{ series: number; year: number }>> {
  const { year, copies } = await previewCopy(ctx)
  const { db } = ctx.store
  const now = ctx.clock.now()
  const [from, to] = [`${year}-04-01`, `${year + 1}-03-31`]
  const known = new Set((await seriesOf(ctx)).map((one) => one.id))
  const idOf = (series: SeriesRow) => `${series.id}-fy${year}`
  const begun = copies.filter(({ series, goes_on }) => !goes_on && !known.has(idOf(series)))
  orThrow(
    await ctx.store.commit(
      db
        .insertInto('programme')
        .values({
          id: `fy${year}`,
          fiscal_year: year,
          name_ja: `${year}年度`,
          name_en: `Fiscal year ${year}`,
          starts_on: from,
          ends_on: to,
        })
        .onConflict((oc) => oc.doNothing()),
      ...begun.flatMap(({ series, dates }) => {
        const id = idOf(series)
        const row: SeriesRow = {
          ...series,
          id,
          starts_on: from,
          until: series.rule === null ? null : to,
          printed: null,
          revision: 0,
          created_at: now,
          updated_at: now,
        }
        return [
          db
            .insertInto('series')
            .values(row)
            .onConflict((oc) => oc.doNothing()),
          ...dates.map((date) =>
            db
              .insertInto('series_date')
              .values({ series: id, date, printed_weekday: null })
              .onConflict((oc) => oc.doNothing()),
          ),
        ]
      }),
      requestReplan(ctx),
      note(ctx, 'programme.copied', `fy${year}`, { series: begun.length }),
    ),
  )
  return ok({ series: begun.length, year })
}
