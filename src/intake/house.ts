import { canManage } from '../base/actor.ts'
import { addDays, type CivilDate, civilDate, civilTime, daysBetween } from '../base/japan/civil.ts'
import type { Format } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { allDesks } from '../people/queries.ts'
import { hoursOn, occurrences } from '../planning/series.ts'
import { type Closures, closureOn } from '../schedule/closure.ts'
import { closures, DEADLINE_DAYS } from '../schedule/closure-queries.ts'
import { deadlineAt, parseDeadline } from '../schedule/deadline.ts'
import { venues } from '../schedule/place-queries.ts'
import { inPrefectures } from '../store/reach.ts'
import type { SeriesDateRow, SeriesRow, SessionRow } from '../store/schema.ts'
import type { House, HouseDay } from './match.ts'

/** The days that a schedule speaks of. */
export type Span = { from: CivilDate; to: CivilDate }

/** The longest time in which days of a rule that planning has not made yet are looked for. */
const LONGEST = 800

const formatsOf = (text: string) => text.split(',').filter(Boolean) as Format[]

type Sibling = Pick<SessionRow, 'desk' | 'venue' | 'prefecture' | 'closes' | 'date' | 'starts_at' | 'apply_phone'>

/** What a day shows of other rows. */
type Around = { closed: Closures; desks: ReadonlyMap<string, string>; places: House['places'] }

/** The last day on which people may book it. */
function closesOn({ closes, date, starts_at, prefecture }: Sibling, closed: Closures): CivilDate | null {
  if (date === null || starts_at === null) return null
  const isClosed = (day: CivilDate) => closureOn(closed, day, prefecture) !== null
  const end = deadlineAt(parseDeadline(closes), { date, starts_at }, isClosed)
  return civilDate(new Date(Date.parse(end) - 1).toISOString())
}

const beside = (row: Sibling, { closed, desks, places }: Around) => ({
  closes_on: closesOn(row, closed),
  contacts: [row.apply_phone, desks.get(row.desk)].filter(Boolean).join(' '),
  place: places.get(row.venue ?? '') ?? null,
})

/** A day of a series that has no session. */
function dayOf(series: SeriesRow, date: CivilDate, around: Around): HouseDay {
  const hours = hoursOn(series, date)
  const times = { date, starts_at: hours?.starts_at ?? null, ends_at: hours?.ends_at ?? null }
  return {
    ...series,
    ...times,
    ...beside({ ...series, ...times }, around),
    id: '',
    series: series.id,
    occurrence: date,
    formats: formatsOf(series.formats),
    slots: hours?.slots.map((slot) => civilTime(slot.starts_at)) ?? [],
    formats_before: null,
    suspension: null,
    state: 'published',
    seats_taken: 0,
  }
}

function datesOf(series: SeriesRow, listed: readonly SeriesDateRow[], span: Span): CivilDate[] {
  const { rule } = series
  return rule === null
    ? listed.filter((one) => one.series === series.id).map(({ date }) => date)
    : occurrences({ ...series, rule }, span.from, span.to)
}

/**
 * What the house has in these prefectures in the time of a schedule, with what has no date. Only what the actor may
 * change. Samples are left out. Seven queries.
 */
export async function houseOf(ctx: Ctx, prefectures: readonly string[], span: Span, today: CivilDate): Promise<House> {
  const { db } = ctx.store
  const here = inPrefectures(
    'prefecture',
    prefectures.filter((code) => canManage(ctx.actor, code)),
  )
  const to = daysBetween(span.from, span.to) > LONGEST ? addDays(span.from, LONGEST) : span.to
  const asked = db
    .selectFrom('session')
    .where(here)
    .where('sample', '=', 0)
    .where((eb) =>
      eb.or([
        eb.and([eb('date', '>=', span.from), eb('date', '<=', to)]),
        eb.and([eb('occurrence', '>=', span.from), eb('occurrence', '<=', to)]),
        eb('date', 'is', null),
      ]),
    )
  const rows = await asked.selectAll().orderBy('date').orderBy('id').execute()
  const slots = Map.groupBy(
    await db
      .selectFrom('slot')
      .select(['session', 'starts_at'])
      .where('session', 'in', asked.select('session.id'))
      .orderBy('starts_at')
      .execute(),
    ({ session }) => session,
  )
  const series = await db.selectFrom('series').selectAll().where(here).where('sample', '=', 0).orderBy('id').execute()
  const ids = db.selectFrom('series').select('series.id').where(here)
  const listed = await db.selectFrom('series_date').selectAll().where('series', 'in', ids).execute()
  const dates = [today, span.from, to, ...rows.flatMap(({ date }) => date ?? [])].toSorted()
  const around: Around = {
    closed: await closures(ctx, addDays(dates[0] ?? today, -DEADLINE_DAYS), dates.at(-1) ?? today),
    desks: new Map((await allDesks(ctx)).map(({ id, phones }) => [id, phones.join(' ')])),
    places: new Map((await venues(ctx)).map(({ id, name_ja, name_en }) => [id, { ja: name_ja, en: name_en }])),
  }
  const made = new Set(rows.map((row) => `${row.series} ${row.occurrence}`))
  return {
    series,
    places: around.places,
    usual: new Map(series.map((one) => [one.id, dayOf(one, today, around)])),
    days: [
      ...rows.map((row) => ({
        ...row,
        ...beside(row, around),
        slots: (slots.get(row.id) ?? []).map((slot) => civilTime(slot.starts_at)),
        formats: formatsOf(row.formats),
        formats_before: row.formats_before === null ? null : formatsOf(row.formats_before),
      })),
      ...series.flatMap((one) =>
        datesOf(one, listed, { from: span.from, to })
          .filter((date) => !made.has(`${one.id} ${date}`))
          .map((date) => dayOf(one, date, around)),
      ),
    ],
  }
}
