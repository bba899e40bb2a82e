import { sql } from 'kysely'
import { requireAccount } from '../base/actor.ts'
import { addDays, type CivilDate, civilDate } from '../base/japan/civil.ts'
import { LIVE } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { isActive } from '../store/active.ts'
import { actsWith } from '../store/acts.ts'
import { withinReach } from '../store/reach.ts'
import type { JournalRow, SeriesDateRow, SeriesRow, SessionRow, SlotRow } from '../store/schema.ts'

/** A session whose hours or venue must still be decided. */
export type Unsettled = Pick<SessionRow, 'id' | 'date' | 'prefecture' | 'title_ja' | 'title_en'>

/**
 * The next ten sessions in a range of dates without hours, or in person without a known venue. Only of the prefectures
 * that the actor may read. One query.
 */
export async function unsettled(ctx: Ctx, from: CivilDate, to: CivilDate): Promise<Unsettled[]> {
  return ctx.store.db
    .selectFrom('session')
    .leftJoin('venue', 'venue.id', 'session.venue')
    .select(['session.id', 'session.date', 'session.prefecture', 'session.title_ja', 'session.title_en'])
    .where('session.date', '>=', from)
    .where('session.date', '<=', to)
    .where('session.state', '=', 'published')
    .where('session.apply_name', 'is', null)
    .where((eb) => eb.or([eb('session.ends_at', 'is', null), eb('session.ends_at', '>', ctx.clock.now())]))
    .where((eb) =>
      eb.or([
        eb('session.starts_at', 'is', null),
        eb.and([
          eb(sql<string>`',' || session.formats || ','`, 'like', '%,onsite,%'),
          eb.or([eb('venue.id', 'is', null), eb('venue.area_only', '=', 1)]),
        ]),
      ]),
    )
    .where(withinReach(ctx, 'session.prefecture'))
    .orderBy('session.date')
    .orderBy('session.id')
    .limit(10)
    .execute()
}

/** A postponed session, its former day, and how many people booked or applied. */
export type Postponed = Pick<SessionRow, 'id' | 'prefecture' | 'title_ja' | 'title_en'> & {
  date: null
  postponed_from: CivilDate
  people: number
}

/**
 * The postponed sessions of programmes that run or come, the oldest day first; at most 50. Only of the prefectures that
 * the actor may read. One query.
 */
export async function postponedSessions(ctx: Ctx, today: CivilDate): Promise<Postponed[]> {
  const rows = await ctx.store.db
    .selectFrom('session')
    .innerJoin('programme', 'programme.id', 'session.programme')
    .select(['session.id', 'session.prefecture', 'session.title_ja', 'session.title_en', 'session.date'])
    .select((eb) =>
      eb
        .selectFrom('booking')
        .select(({ fn }) => fn.sum<number | string>('booking.seats').as('people'))
        .whereRef('booking.session', '=', 'session.id')
        .where('booking.status', 'in', LIVE)
        .as('people'),
    )
    .where('session.state', '=', 'postponed')
    .where('session.sample', '=', 0)
    .where('programme.ends_on', '>=', today)
    .where(withinReach(ctx, 'session.prefecture'))
    .orderBy('session.date')
    .orderBy('session.id')
    .limit(50)
    .execute()
  return rows.flatMap(({ date, people, ...rest }) =>
    date === null ? [] : [{ ...rest, date: null, postponed_from: date, people: Number(people ?? 0) }],
  )
}

/** Days before the end of the last programme from which the console warns of it. */
const TOLD_DAYS = 90

/** The last day of the last programme, and how many series by rule would go on after it. */
export type Ending = { ends_on: CivilDate; series: number }

/**
 * The end of the last programme, from 90 days before, if series by rule would go on. After it nothing is planned. Null
 * otherwise. One query.
 */
export async function endingProgramme(ctx: Ctx): Promise<Ending | null> {
  const { db } = ctx.store
  const row = await db
    .selectFrom('programme')
    .select((eb) => eb.fn.max('ends_on').as('ends_on'))
    .select(({ selectFrom }) =>
      selectFrom('series')
        .select((eb) => eb.fn.countAll<number | string>().as('many'))
        .where('rule', 'is not', null)
        .where('sample', '=', 0)
        .where((eb) =>
          eb.or([
            eb('until', 'is', null),
            eb(
              'until',
              '>',
              db.selectFrom('programme').select((one) => one.fn.max<string>('ends_on').as('last')),
            ),
          ]),
        )
        .as('series'),
    )
    .executeTakeFirst()
  const ends_on: string | null = row?.ends_on ?? null
  const series = Number(row?.series ?? 0)
  const far = ends_on === null || ends_on > addDays(civilDate(ctx.clock.now()), TOLD_DAYS)
  return far || series === 0 ? null : { ends_on, series }
}

/** What an operator should know of the schedule, in sentences; empty if there is nothing. */
export async function planningWarnings(ctx: Ctx): Promise<string[]> {
  const ending = await endingProgramme(ctx)
  if (ending === null) return []
  const { ends_on, series } = ending
  return [`the last programme ends on ${ends_on}: ${series} series stop then, until the next programme is opened`]
}

/** A session for planning: its row and its number of live bookings. */
export type Planned = SessionRow & { bookings: number }

function selectPlanned(ctx: Ctx) {
  return ctx.store.db
    .selectFrom('session')
    .selectAll('session')
    .select((eb) =>
      eb
        .selectFrom('booking')
        .select(eb.fn.countAll<number | string>().as('live'))
        .whereRef('booking.session', '=', 'session.id')
        .where(isActive)
        .as('bookings'),
    )
}

const plannedOf = (row: SessionRow & { bookings: number | string | null }): Planned => ({
  ...row,
  bookings: Number(row.bookings),
})

/** One session with its numbers of bookings, or undefined. */
export async function plannedById(ctx: Ctx, id: string): Promise<Planned | undefined> {
  const row = await selectPlanned(ctx).where('session.id', '=', id).executeTakeFirst()
  return row && plannedOf(row)
}

/** The slots of a session, by time. */
export async function slotsIn(ctx: Ctx, session: string): Promise<SlotRow[]> {
  return ctx.store.db.selectFrom('slot').selectAll().where('session', '=', session).orderBy('starts_at').execute()
}

/** The dates that a series lists itself, in order, as they were printed. One query. */
export async function seriesDates(ctx: Ctx, series: string): Promise<SeriesDateRow[]> {
  return ctx.store.db.selectFrom('series_date').selectAll().where('series', '=', series).orderBy('date').execute()
}

/** The slots of the sessions of a series from a date on, by session. One query. */
export async function slotsAhead(ctx: Ctx, series: string, from: CivilDate): Promise<Map<string, SlotRow[]>> {
  const slots = await ctx.store.db
    .selectFrom('slot')
    .innerJoin('session', 'session.id', 'slot.session')
    .selectAll('slot')
    .where('session.series', '=', series)
    .where('session.date', '>=', from)
    .orderBy('slot.starts_at')
    .execute()
  return Map.groupBy(slots, (slot) => slot.session)
}

/** The sessions of a series from a date on, by date. One query. */
export async function aheadOf(ctx: Ctx, series: string, from: CivilDate): Promise<Planned[]> {
  const rows = await selectPlanned(ctx)
    .where('session.series', '=', series)
    .where('session.date', '>=', from)
    .orderBy('session.date')
    .execute()
  return rows.map(plannedOf)
}

/** The sessions of a day in one prefecture, or in all. One query. */
export async function plannedOn(ctx: Ctx, date: CivilDate, scope: string): Promise<Planned[]> {
  const query = selectPlanned(ctx).where('session.date', '=', date)
  const rows = await (scope === 'all' ? query : query.where('session.prefecture', '=', scope)).execute()
  return rows.map(plannedOf)
}

/** One series, or undefined. */
export async function seriesById(ctx: Ctx, id: string): Promise<SeriesRow | undefined> {
  return ctx.store.db.selectFrom('series').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The series of the prefectures that the actor may read, with their listed dates. Two queries. */
export async function seriesOf(ctx: Ctx): Promise<(SeriesRow & { dates: CivilDate[] })[]> {
  const rows = await ctx.store.db
    .selectFrom('series')
    .selectAll()
    .where(withinReach(ctx, 'prefecture'))
    .orderBy('prefecture')
    .orderBy('starts_on')
    .orderBy('id')
    .execute()
  const dates = await ctx.store.db.selectFrom('series_date').selectAll().orderBy('date').execute()
  const listed = Map.groupBy(dates, (one) => one.series)
  return rows.map((row) => ({ ...row, dates: (listed.get(row.id) ?? []).map((one) => one.date) }))
}

/** The last change of a session or series that can be undone, or undefined. Its detail has the values before. */
export async function lastChange(ctx: Ctx, subject: string): Promise<JournalRow | undefined> {
  return ctx.store.db
    .selectFrom('journal')
    .selectAll()
    .where('subject', '=', subject)
    .where('act', 'in', actsWith('undo'))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The last change of a session or series if the actor made it today, else null. Throws `Forbidden`. */
export async function ownChange(ctx: Ctx, subject: string): Promise<JournalRow | null> {
  const last = await lastChange(ctx, subject)
  const own = last?.actor === requireAccount(ctx.actor)
  return last && own && civilDate(last.at) === civilDate(ctx.clock.now()) ? last : null
}
