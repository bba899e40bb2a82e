import { sql } from 'kysely'
import type { CivilDate } from '../base/japan/civil.ts'
import type { Ctx } from '../context.ts'
import {
  type Beside,
  type Clash,
  type Holding,
  isSameTime,
  NOTHING_BESIDE,
  type Occasion,
} from '../schedule/clashes.ts'
import { closureOn, venueOf } from '../schedule/closure.ts'
import { closures } from '../schedule/closure-queries.ts'
import { expectSame } from '../store/expectation.ts'
import type { SeriesRow } from '../store/schema.ts'
import { hoursOn, occurrences } from './series.ts'

/** A query for the other series that the desk or the venue holds. */
function othersOf(ctx: Ctx, { desk, prefecture, venue, own }: Holding) {
  return ctx.store.db
    .selectFrom('series')
    .where('series.id', '!=', own)
    .where((eb) =>
      eb.or([
        ...(desk === null ? [] : [eb.and([eb('series.desk', '=', desk), eb('series.prefecture', '=', prefecture)])]),
        ...(venue === null
          ? []
          : [
              eb.and([
                eb('series.venue', '=', venue),
                eb(sql<string>`',' || series.formats || ','`, 'like', '%,onsite,%'),
                eb.exists(
                  eb
                    .selectFrom('venue')
                    .select('venue.id')
                    .whereRef('venue.id', '=', 'series.venue')
                    .where('venue.area_only', '=', 0),
                ),
              ]),
            ]),
      ]),
    )
}

/** A date of a series, as what else is at that time. It has no session yet, and nobody has a place. */
function clashOf(series: SeriesRow, date: CivilDate, venue: string | null): Clash {
  const { id, prefecture, title_ja, title_en, updated_at } = series
  const hours = hoursOn(series, date)
  const [starts_at, ends_at] = [hours?.starts_at ?? null, hours?.ends_at ?? null]
  const same = venue !== null && series.venue === venue ? ('venue' as const) : ('desk' as const)
  const made = { id: `${id}-${date}`, series: id, prefecture, title_ja, title_en }
  return { ...made, date, starts_at, ends_at, seats_taken: 0, updated_at, same }
}

/** What other series of the desk and the venue have on these occasions and planning has not made yet. Four queries. */
export async function unplannedClashes(ctx: Ctx, holding: Holding, occasions: readonly Occasion[]): Promise<Beside> {
  const { desk, venue } = holding
  const dates = occasions.map(({ date }) => date).toSorted()
  const [from, to] = [dates[0], dates.at(-1)]
  if (from === undefined || to === undefined || (desk === null && venue === null)) return NOTHING_BESIDE
  const { db } = ctx.store
  const series = await othersOf(ctx, holding).selectAll().orderBy('series.id').execute()
  const ids = () => othersOf(ctx, holding).select('series.id')
  const sessions = await db
    .selectFrom('session')
    .select(['series', 'occurrence'])
    .where('series', 'in', ids())
    .execute()
  const made = new Set(sessions.map((one) => `${one.series} ${one.occurrence}`))
  const listed = await db.selectFrom('series_date').selectAll().where('series', 'in', ids()).orderBy('date').execute()
  const closed = await closures(ctx, from, to)
  const clashes = series.flatMap((one) => {
    const { id, rule, prefecture } = one
    const own = listed.flatMap((row) => (row.series === id ? [row.date] : []))
    return (rule === null ? own : occurrences({ ...one, rule }, from, to))
      .filter((date) => !made.has(`${id} ${date}`) && closureOn(closed, date, prefecture, venueOf(one)) === null)
      .map((date) => clashOf(one, date, venue))
      .filter((clash) => occasions.some((occasion) => isSameTime(clash, occasion)))
  })
  const known = othersOf(ctx, holding).select(['series.id', 'series.revision'])
  return { clashes, expectNoOther: [expectSame(ctx, known, series)] }
}
