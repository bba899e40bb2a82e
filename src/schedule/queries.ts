import { type ExpressionBuilder, sql } from 'kysely'
import { reach } from '../base/actor.ts'
import type { Instant } from '../base/clock.ts'
import { addDays, type CivilDate, civilDate } from '../base/japan/civil.ts'
import { IN_PERSON } from '../changes/suspension.ts'
import type { Ctx } from '../context.ts'
import { isActive } from '../store/active.ts'
import type {
  Acceptance,
  DeskRow,
  Format,
  JournalRow,
  Kind,
  ProgrammeRow,
  Schema,
  SeriesRow,
  SessionRow,
  SlotRow,
  SuspensionRow,
  VenueRow,
} from '../store/schema.ts'
import { type Closures, closureOn, closuresByDate } from './closure.ts'
import { deadlineAt, parseDeadline } from './deadline.ts'
import { hasRoom, type Session, type SessionRead, type Status, sessionOf, type WaitingParty } from './session.ts'

/** Which sessions a list, feed or API asks for. Dates are civil dates, both ends included. */
export type SessionFilter = {
  from?: CivilDate | undefined
  /** Where given, undated sessions are left out. */
  to?: CivilDate | undefined
  prefecture?: string | undefined
  /** Only of these; null is all. */
  prefectures?: readonly string[] | null | undefined
  kind?: Kind | undefined
  format?: Format | undefined
  desk?: string | undefined
  acceptance?: Acceptance | undefined
  status?: readonly Status[] | undefined
}

/** Where an undated session's key stands: after every date. */
const UNDATED = '9999-99-99'

/** A deadline is never set so many days before a session, closures counted in. */
const DEADLINE_DAYS = 100

/** D1 binds at most 100 parameters a statement. */
const PARAMETERS = 90

/** The closures from one date to another (both included), by date. */
export async function closures(ctx: Ctx, from: CivilDate, to: CivilDate): Promise<Closures> {
  const rows = ctx.store.db.selectFrom('closure').selectAll().where('date', '>=', from).where('date', '<=', to)
  return closuresByDate(await rows.execute())
}

/** Which days of the weeks ahead the offices of a prefecture are shut, weekends aside. One query. */
export async function shutDays(ctx: Ctx, prefecture: string): Promise<(date: CivilDate) => boolean> {
  const today = civilDate(ctx.clock.now())
  const closed = await closures(ctx, today, addDays(today, DEADLINE_DAYS))
  return (date) => closureOn(closed, date, prefecture) !== null
}

/** When booking of a session would close, were it held on that day and begin at that instant. */
export async function closesOn(
  ctx: Ctx,
  session: string,
  start: { date: CivilDate; starts_at: Instant },
): Promise<Instant> {
  const { closes, prefecture } = await ctx.store.db
    .selectFrom('session')
    .select(['closes', 'prefecture'])
    .where('id', '=', session)
    .executeTakeFirstOrThrow()
  const closed = await closures(ctx, addDays(start.date, -DEADLINE_DAYS), start.date)
  return deadlineAt(parseDeadline(closes), start, (date) => closureOn(closed, date, prefecture) !== null)
}

/** One venue, or undefined. */
export async function venueById(ctx: Ctx, id: string): Promise<VenueRow | undefined> {
  return ctx.store.db.selectFrom('venue').selectAll().where('id', '=', id).executeTakeFirst()
}

/** One desk as a row, or undefined. */
export async function deskById(ctx: Ctx, id: string): Promise<DeskRow | undefined> {
  return ctx.store.db.selectFrom('desk').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The programme (fiscal year) that a date belongs to. */
export async function programmeOn(ctx: Ctx, date: CivilDate): Promise<ProgrammeRow | undefined> {
  return ctx.store.db
    .selectFrom('programme')
    .selectAll()
    .where('starts_on', '<=', date)
    .where('ends_on', '>=', date)
    .executeTakeFirst()
}

function selectSessions(ctx: Ctx) {
  return ctx.store.db
    .selectFrom('session')
    .innerJoin('desk', 'desk.id', 'session.desk')
    .innerJoin('programme', 'programme.id', 'session.programme')
    .leftJoin('venue', 'venue.id', 'session.venue')
    .leftJoin('draw', 'draw.session', 'session.id')
    .selectAll('session')
    .select([
      'desk.name_ja as desk_name_ja',
      'desk.name_en as desk_name_en',
      'desk.phones as desk_phones',
      'desk.hours_ja as desk_hours_ja',
      'desk.hours_en as desk_hours_en',
      'desk.email as desk_email',
      'desk.email_use as desk_email_use',
      'programme.starts_on as programme_starts_on',
      'programme.ends_on as programme_ends_on',
      'venue.name_ja as venue_name_ja',
      'venue.name_en as venue_name_en',
      'venue.address as venue_address',
      'venue.area_only as venue_area_only',
      'draw.drawn_at as drawn_at',
      'draw.announced_at as announced_at',
    ])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('booking')
            .select('booking.id')
            .whereRef('booking.session', '=', 'session.id')
            .where('booking.status', '=', 'waiting'),
        )
        .as('awaited'),
    )
}

type Row = Awaited<ReturnType<ReturnType<typeof selectSessions>['execute']>>[number]

/** The rows of a query over sessions, asked in as many parts as an engine binds parameters. */
async function inParts<R>(ids: string[], rows: (some: string[]) => Promise<R[]>): Promise<R[]> {
  const found: R[] = []
  for (let i = 0; i < ids.length; i += PARAMETERS) found.push(...(await rows(ids.slice(i, i + PARAMETERS))))
  return found
}

/** Who waits in these sessions, by session, in their turn. */
async function partiesOf(ctx: Ctx, ids: string[]): Promise<Map<string, (WaitingParty & { session: string })[]>> {
  const found = await inParts(ids, (some) =>
    ctx.store.db
      .selectFrom('booking')
      .select(['session', 'slot', 'seats', 'format'])
      .where('session', 'in', some)
      .where('status', '=', 'waiting')
      .orderBy('draw_order')
      .orderBy('created_at')
      .orderBy(sql`length(number)`)
      .orderBy('number')
      .execute(),
  )
  return Map.groupBy(found, (party) => party.session)
}

async function slotsOf(ctx: Ctx, ids: string[]): Promise<Map<string, SlotRow[]>> {
  const found = await inParts(ids, (some) =>
    ctx.store.db.selectFrom('slot').selectAll().where('session', 'in', some).orderBy('starts_at').execute(),
  )
  return Map.groupBy(found, (slot) => slot.session)
}

function readOf(row: Row, slots: SlotRow[], parties: WaitingParty[]): SessionRead {
  return {
    ...row,
    waiting_parties: parties,
    desk_row: {
      id: row.desk,
      name_ja: row.desk_name_ja,
      name_en: row.desk_name_en,
      phones: row.desk_phones,
      hours_ja: row.desk_hours_ja,
      hours_en: row.desk_hours_en,
      email: row.desk_email,
      email_use: row.desk_email_use,
    },
    venue_row:
      row.venue_name_ja === null || row.venue_name_en === null
        ? null
        : {
            id: row.venue ?? '',
            name_ja: row.venue_name_ja,
            name_en: row.venue_name_en,
            address: row.venue_address,
            area_only: row.venue_area_only ?? 0,
          },
    programme_row: { id: row.programme, starts_on: row.programme_starts_on, ends_on: row.programme_ends_on },
    slot_rows: slots,
  }
}

async function assembled(ctx: Ctx, rows: Row[]): Promise<Session[]> {
  if (rows.length === 0) return []
  const now = ctx.clock.now()
  const dates = rows.flatMap((row) => row.date ?? []).toSorted()
  const [first = UNDATED, last = UNDATED] = [dates[0], dates.at(-1)]
  const closed = first === UNDATED ? new Map() : await closures(ctx, addDays(first, -DEADLINE_DAYS), last)
  const slots = await slotsOf(
    ctx,
    rows.map((row) => row.id),
  )
  const parties = await partiesOf(
    ctx,
    rows.filter((row) => row.awaited).map((row) => row.id),
  )
  return rows.map((row) => sessionOf(readOf(row, slots.get(row.id) ?? [], parties.get(row.id) ?? []), closed, now))
}

/** One session, or undefined. Three queries, and one more where somebody waits. */
export async function sessionById(ctx: Ctx, id: string): Promise<Session | undefined> {
  if (id.includes('\0')) return undefined // PostgreSQL throws at it
  const row = await selectSessions(ctx).where('session.id', '=', id).executeTakeFirst()
  return row && (await assembled(ctx, [row]))[0]
}

/** One text that sorts sessions by date, then start, undated last; a cursor is the key of the last one shown. */
const orderKey = sql<string>`coalesce(session.date, ${sql.lit(UNDATED)}) || coalesce(session.starts_at, '') || session.id`

export function keyOf(session: Pick<Session, 'date' | 'starts_at' | 'id'>): string {
  return `${session.date ?? UNDATED}${session.starts_at ?? ''}${session.id}`
}

function fits(filter: SessionFilter, after: string | null) {
  const cursorDate = after?.slice(0, 10)
  const from = cursorDate && cursorDate > (filter.from ?? '') ? cursorDate : filter.from
  return (eb: ExpressionBuilder<Schema, 'session' | 'programme'>) => {
    const dated = eb.and([
      ...(from ? [eb('session.date', '>=', from)] : []),
      ...(filter.to ? [eb('session.date', '<=', filter.to)] : []),
    ])
    // An undated session is current until its programme ends.
    const undated = eb.and([
      eb('session.date', 'is', null),
      ...(filter.from ? [eb('programme.ends_on', '>=', filter.from)] : []),
    ])
    return eb.and([
      filter.to ? dated : eb.or([dated, undated]),
      ...(filter.prefecture ? [eb('session.prefecture', '=', filter.prefecture)] : []),
      ...(filter.prefectures
        ? [eb('session.prefecture', 'in', filter.prefectures.length > 0 ? filter.prefectures : [''])]
        : []),
      ...(filter.kind ? [eb('session.kind', '=', filter.kind)] : []),
      ...(filter.desk ? [eb('session.desk', '=', filter.desk)] : []),
      ...(filter.acceptance ? [eb('session.acceptance', '=', filter.acceptance)] : []),
      ...(filter.format ? [eb(sql<string>`',' || session.formats || ','`, 'like', `%,${filter.format},%`)] : []),
      ...(after ? [eb(orderKey, '>', after)] : []),
    ])
  }
}

/**
 * The sessions that fit a filter, by date and start, undated last. `next` is the cursor of the following page, or
 * null. A status depends on the moment, so it is filtered after reading; the number of queries depends on how many rows
 * are read, never on how many desks or prefectures they are of.
 */
export async function sessions(
  ctx: Ctx,
  filter: SessionFilter,
  page: { limit: number; after?: string | null } = { limit: 500 },
): Promise<{ sessions: Session[]; next: string | null }> {
  const found: Session[] = []
  let after = page.after ?? null
  for (;;) {
    const rows = await selectSessions(ctx)
      .where(fits(filter, after))
      .orderBy(orderKey)
      .limit(page.limit + 1)
      .execute()
    const more = rows.length > page.limit
    for (const session of await assembled(ctx, more ? rows.slice(0, -1) : rows)) {
      after = keyOf(session)
      if (filter.status && !filter.status.includes(session.status)) continue
      found.push(session)
      if (found.length === page.limit) {
        const last = rows.at(-1)
        return { sessions: found, next: more || (last && keyOf(last) !== after) ? after : null }
      }
    }
    if (!more) return { sessions: found, next: null }
  }
}

/**
 * Up to three open sessions to take instead: of the same kind, nearest in place (prefecture, then web), then in time.
 * The session itself comes first where another of its slots has room.
 */
export async function nearestOpen(ctx: Ctx, instead: Session, seats = 1): Promise<Session[]> {
  const now = ctx.clock.now()
  const today = civilDate(now)
  const { sessions: open } = await sessions(ctx, {
    from: today,
    to: addDays(instead.date && instead.date > today ? instead.date : today, 90),
    kind: instead.kind,
    status: ['open', 'few'],
  })
  const far = (one: Session) => {
    if (one.id === instead.id) return 0
    if (one.prefecture === instead.prefecture) return 1
    return one.formats.includes('online') ? 2 : 3
  }
  return open
    .filter((one) => hasRoom(one, seats, now))
    .toSorted((a, b) => far(a) - far(b) || (keyOf(a) < keyOf(b) ? -1 : 1))
    .slice(0, 3)
}

/** How each prefecture stands ahead, for the map: `weekly` (a series by rule), `dated`; the others are left out. */
export async function prefecturesAhead(ctx: Ctx): Promise<Map<string, 'weekly' | 'dated'>> {
  const rows = await ctx.store.db
    .selectFrom('session')
    .innerJoin('programme', 'programme.id', 'session.programme')
    .leftJoin('series', 'series.id', 'session.series')
    .select(['session.prefecture', 'series.rule'])
    .where('session.state', '=', 'published')
    .where(fits({ from: civilDate(ctx.clock.now()) }, null))
    .distinct()
    .execute()
  const stands = new Map<string, 'weekly' | 'dated'>()
  for (const row of rows) {
    if (row.rule !== null || !stands.has(row.prefecture))
      stands.set(row.prefecture, row.rule === null ? 'dated' : 'weekly')
  }
  return stands
}

/** The suspensions in force on a date or after it. */
export async function suspensionsInForce(ctx: Ctx, from: CivilDate): Promise<SuspensionRow[]> {
  const { db } = ctx.store
  return db.selectFrom('suspension').selectAll().where('state', '=', 'in_force').where('ends_on', '>=', from).execute()
}

/** One suspension, or undefined. */
export async function suspensionById(ctx: Ctx, id: string): Promise<SuspensionRow | undefined> {
  return ctx.store.db.selectFrom('suspension').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The sessions from a date on that a suspension reaches and that are still held in person, by date. */
export async function suspendedSessions(
  ctx: Ctx,
  suspension: Pick<SuspensionRow, 'prefectures' | 'starts_on' | 'ends_on'>,
  from: CivilDate,
): Promise<string[]> {
  const { prefectures, starts_on, ends_on } = suspension
  const rows = await ctx.store.db
    .selectFrom('session')
    .select('id')
    .where('date', '>=', starts_on < from ? from : starts_on)
    .where('date', '<=', ends_on)
    .where('prefecture', 'in', prefectures.split(','))
    .where('state', 'in', ['published', 'postponed'])
    .where((eb) => eb.or(IN_PERSON.map((format) => eb(sql<string>`',' || formats || ','`, 'like', `%,${format},%`))))
    .orderBy('date')
    .orderBy('id')
    .execute()
  return rows.map((row) => row.id)
}

/** The sessions from a date on that a suspension has put on the web or telephone. */
export async function sessionsOfSuspension(
  ctx: Ctx,
  suspension: string,
  from: CivilDate,
): Promise<Pick<SessionRow, 'id' | 'formats' | 'formats_before'>[]> {
  return ctx.store.db
    .selectFrom('session')
    .select(['id', 'formats', 'formats_before'])
    .where('date', '>=', from)
    .where('suspension', '=', suspension)
    .orderBy('date')
    .execute()
}

/** A session of which somebody still has to settle when or where it takes place. */
export type Unsettled = Pick<SessionRow, 'id' | 'date' | 'prefecture' | 'title_ja' | 'title_en'>

/**
 * The next ten sessions from one date to another that have no hours, or are held in person at a place that is not known
 * yet; of the prefectures that the asker may read. One query.
 */
export async function unsettled(ctx: Ctx, from: CivilDate, to: CivilDate): Promise<Unsettled[]> {
  const codes = reach(ctx.actor)
  let query = ctx.store.db
    .selectFrom('session')
    .leftJoin('venue', 'venue.id', 'session.venue')
    .select(['session.id', 'session.date', 'session.prefecture', 'session.title_ja', 'session.title_en'])
    .where('session.date', '>=', from)
    .where('session.date', '<=', to)
    .where('session.state', '=', 'published')
    .where('session.apply_name', 'is', null)
    .where((eb) =>
      eb.or([
        eb('session.starts_at', 'is', null),
        eb.and([
          eb(sql<string>`',' || session.formats || ','`, 'like', '%,onsite,%'),
          eb.or([eb('venue.id', 'is', null), eb('venue.area_only', '=', 1)]),
        ]),
      ]),
    )
  if (codes !== null) query = query.where('session.prefecture', 'in', codes.length > 0 ? codes : [''])
  return query.orderBy('session.date').orderBy('session.id').limit(10).execute()
}

/** A session as its planners see it: its row, how many bookings are live in it, and how many there ever were. */
export type Planned = SessionRow & { bookings: number; ever: number }

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
    .select((eb) =>
      eb
        .selectFrom('booking')
        .select(eb.fn.countAll<number | string>().as('all'))
        .whereRef('booking.session', '=', 'session.id')
        .as('ever'),
    )
}

const plannedOf = (row: SessionRow & Record<'bookings' | 'ever', number | string | null>): Planned => ({
  ...row,
  bookings: Number(row.bookings),
  ever: Number(row.ever),
})

/** One session with how many bookings are live in it, or undefined. */
export async function plannedById(ctx: Ctx, id: string): Promise<Planned | undefined> {
  const row = await selectPlanned(ctx).where('session.id', '=', id).executeTakeFirst()
  return row && plannedOf(row)
}

/** The slots of a session, by time. */
export async function slotsIn(ctx: Ctx, session: string): Promise<SlotRow[]> {
  return ctx.store.db.selectFrom('slot').selectAll().where('session', '=', session).orderBy('starts_at').execute()
}

/** The slots of the sessions of a series from a date on, and the dates that it lists itself. Two queries. */
export async function partsOf(
  ctx: Ctx,
  series: string,
  from: CivilDate,
): Promise<{ slots: SlotRow[]; dates: CivilDate[] }> {
  const { db } = ctx.store
  const slots = await db
    .selectFrom('slot')
    .innerJoin('session', 'session.id', 'slot.session')
    .selectAll('slot')
    .where('session.series', '=', series)
    .where('session.date', '>=', from)
    .orderBy('slot.starts_at')
    .execute()
  const dates = await db.selectFrom('series_date').select('date').where('series', '=', series).orderBy('date').execute()
  return { slots, dates: dates.map((one) => one.date) }
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

/** The series of the prefectures that the asker may read, with their listed dates. Two queries. */
export async function seriesOf(ctx: Ctx): Promise<(SeriesRow & { dates: CivilDate[] })[]> {
  const codes = reach(ctx.actor)
  const all = ctx.store.db.selectFrom('series').selectAll().orderBy('prefecture').orderBy('starts_on').orderBy('id')
  const rows = await (codes === null ? all : all.where('prefecture', 'in', codes.length > 0 ? codes : [''])).execute()
  const dates = await ctx.store.db.selectFrom('series_date').selectAll().orderBy('date').execute()
  const listed = Map.groupBy(dates, (one) => one.series)
  return rows.map((row) => ({ ...row, dates: (listed.get(row.id) ?? []).map((one) => one.date) }))
}

/** The venues of the prefectures that the asker may read. One query. */
export async function venues(ctx: Ctx): Promise<VenueRow[]> {
  const codes = reach(ctx.actor)
  const all = ctx.store.db.selectFrom('venue').selectAll().orderBy('prefecture').orderBy('name_ja')
  return (codes === null ? all : all.where('prefecture', 'in', codes.length > 0 ? codes : [''])).execute()
}

/** Every suspension that ends on a date or later, those in force first. One query. */
export async function suspensionsFrom(ctx: Ctx, from: CivilDate): Promise<SuspensionRow[]> {
  const { db } = ctx.store
  return db
    .selectFrom('suspension')
    .selectAll()
    .where('ends_on', '>=', from)
    .orderBy('state')
    .orderBy('starts_on')
    .execute()
}

/** Who did the last thing to a session (an account, or a part of the product), or undefined. */
export async function lastActor(ctx: Ctx, session: string): Promise<string | undefined> {
  const row = await ctx.store.db
    .selectFrom('journal')
    .select('actor')
    .where('subject', '=', session)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row?.actor
}

/** The last change of a session or series that can be taken back, with what was before in its detail; or undefined. */
export async function lastChange(ctx: Ctx, subject: string): Promise<JournalRow | undefined> {
  return ctx.store.db
    .selectFrom('journal')
    .selectAll()
    .where('subject', '=', subject)
    .where('act', 'in', ['session.edited', 'session.skipped', 'session.opened', 'series.edited'])
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}
