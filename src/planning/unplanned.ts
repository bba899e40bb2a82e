import { sql } from 'kysely'
import { addDays, type CivilDate, civilDate, fiscalYear, fiscalYearDays } from '../base/japan/civil.ts'
import type { Ctx } from '../context.ts'
import {
  type Beside,
  besideAny,
  type Clash,
  clashesOf,
  type Holding,
  isSameTime,
  NOTHING_BESIDE,
  type Occasion,
} from '../schedule/clashes.ts'
import { closureOn, venueOf } from '../schedule/closure.ts'
import { closures } from '../schedule/closure-queries.ts'
import { expectSame } from '../store/expectation.ts'
import type { SeriesDateRow, SeriesRow } from '../store/schema.ts'
import { HORIZON_DAYS } from './plan.ts'
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

/** When a series is on a date. Its hours may be undecided. */
export function occasionOn(series: Parameters<typeof hoursOn>[0], date: CivilDate): Occasion {
  const hours = hoursOn(series, date)
  return { date, starts_at: hours?.starts_at ?? null, ends_at: hours?.ends_at ?? null }
}

/** A date of a series, as what else is at that time. It has no session yet, and nobody has a place. */
export function clashOf(series: SeriesRow, date: CivilDate, same: Clash['same']): Clash {
  const { id, prefecture, title_ja, title_en, updated_at } = series
  const made = { id: `${id}-${date}`, series: id, prefecture, title_ja, title_en }
  return { ...made, ...occasionOn(series, date), seats_taken: 0, updated_at, same }
}

/** A series with its listed dates. */
type Listed = SeriesRow & { dates: readonly CivilDate[] }

function withDates(all: readonly SeriesRow[], rows: readonly SeriesDateRow[]): Listed[] {
  const listed = Map.groupBy(rows, (row) => row.series)
  return all.map((one) => ({ ...one, dates: (listed.get(one.id) ?? []).map(({ date }) => date) }))
}

/**
 * The dates of these series from one day to another (both included) that planning has not made yet. Not those on a
 * closure. Three queries.
 */
export async function unplannedDates(
  ctx: Ctx,
  all: readonly Listed[],
  from: CivilDate,
  to: CivilDate,
): Promise<{ series: SeriesRow; dates: CivilDate[] }[]> {
  const sessions = await ctx.store.db
    .selectFrom('session')
    .select(['series', 'occurrence'])
    .where('occurrence', '>=', from)
    .where('occurrence', '<=', to)
    .where('series', 'is not', null)
    .execute()
  const made = new Set(sessions.map((one) => `${one.series} ${one.occurrence}`))
  const closed = await closures(ctx, from, to)
  return all.map(({ dates: listed, ...series }) => {
    const { id, rule, prefecture } = series
    const own = rule === null ? listed : occurrences({ ...series, rule }, from, to)
    const dates = own.filter((date) => date >= from && date <= to && !made.has(`${id} ${date}`))
    return { series, dates: dates.filter((date) => closureOn(closed, date, prefecture, venueOf(series)) === null) }
  })
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
  const rows = await db.selectFrom('series_date').selectAll().where('series', 'in', ids()).orderBy('date').execute()
  const unplanned = await unplannedDates(ctx, withDates(series, rows), from, to)
  const clashes = unplanned.flatMap(({ series: one, dates: ahead }) =>
    ahead
      .map((date) => clashOf(one, date, venue !== null && one.venue === venue ? 'venue' : 'desk'))
      .filter((clash) => occasions.some((occasion) => isSameTime(clash, occasion))),
  )
  const known = othersOf(ctx, holding).select(['series.id', 'series.revision'])
  return { clashes, expectNoOther: [expectSame(ctx, known, series)] }
}

/** The last date without a session that is compared: the end of this fiscal year, or twice the horizon. */
function farAhead(today: CivilDate): CivilDate {
  const [, last] = fiscalYearDays(fiscalYear(today))
  const far = addDays(today, HORIZON_DAYS * 2)
  return far > last ? far : last
}

/**
 * What the `heir` of a desk has at the times that it takes over, if either has no session yet. Lock both desks before
 * `expectNoOther`.
 */
export async function unplannedOfHeir(ctx: Ctx, { desk, heir }: { desk: string; heir: string }): Promise<Beside> {
  const today = civilDate(ctx.clock.now())
  const to = farAhead(today)
  const { db } = ctx.store
  const ofDesk = db.selectFrom('series').where('series.desk', '=', desk)
  const known = await ofDesk.selectAll().execute()
  const ids = ofDesk.select('series.id')
  const listed = await db.selectFrom('series_date').selectAll().where('series', 'in', ids).orderBy('date').execute()
  const all = withDates(known, listed)
  const unplanned = await unplannedDates(ctx, all, today, to)
  const sessions = await db
    .selectFrom('session')
    .select(['prefecture', 'date', 'starts_at', 'ends_at'])
    .where('desk', '=', desk)
    .where('state', '=', 'published')
    .where('date', '>=', today)
    .execute()
  const made = sessions.flatMap(({ date, ...one }) => (date === null ? [] : [{ ...one, date }]))
  const ahead = unplanned.flatMap(({ series, dates }) =>
    dates.map((date) => ({ prefecture: series.prefecture, ...occasionOn(series, date) })),
  )
  const found: Beside[] = []
  for (const prefecture of new Set([...made, ...ahead].map((one) => one.prefecture))) {
    const here = <T extends { prefecture: string }>(those: readonly T[]) =>
      those.filter((one) => one.prefecture === prefecture)
    const holding = { own: '', desk: heir, prefecture, venue: null }
    found.push(await clashesOf(ctx, holding, here(ahead)))
    found.push(await unplannedClashes(ctx, holding, [...here(made), ...here(ahead)]))
  }
  const { clashes, expectNoOther } = besideAny(found)
  const same = expectSame(ctx, ofDesk.select(['series.id', 'series.revision']), known)
  return { clashes, expectNoOther: [...expectNoOther, same] }
}
