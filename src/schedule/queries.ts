import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import { chunks } from '../base/chunks.ts'
import type { Instant } from '../base/clock.ts'
import { addDays, type CivilDate, civilDate } from '../base/japan/civil.ts'
import { searchKey } from '../base/japan/kana.ts'
import { prefectureByCode } from '../base/japan/prefecture.ts'
import type { Recall } from '../base/recall.ts'
import { nextTurn } from '../base/turn.ts'
import { type Acceptance, type Format, FREE, type Kind, type SessionStatus } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { once } from '../store/once.ts'
import { inQueueOrder } from '../store/queue-order.ts'
import { inPrefectures } from '../store/reach.ts'
import type { Schema, SessionRow, SlotRow } from '../store/schema.ts'
import { type Sight, sightOf, spanAround } from '../store/sight.ts'
import { hasRoom, type WaitingParty } from './availability.ts'
import { closures, DEADLINE_DAYS } from './closure-queries.ts'
import { type SessionRead, sessionOf } from './read-session.ts'
import { listRemembered, remember, rememberList, sessionAtOnce, sessionsRemembered } from './remembered.ts'
import { type Session, withDay } from './session.ts'
import { mayHaveStatus } from './status-filter.ts'

/** Requested sessions of a list, feed or API. Dates are civil dates, both ends included. */
export type SessionFilter = {
  from?: CivilDate | undefined
  /** If given, undated sessions are left out. */
  to?: CivilDate | undefined
  prefecture?: string | undefined
  /** Only of these codes; null is all. */
  prefectures?: readonly string[] | null | undefined
  kind?: Kind | undefined
  format?: Format | undefined
  desk?: string | undefined
  series?: string | undefined
  acceptance?: Acceptance | undefined
  status?: readonly SessionStatus[] | undefined
  /** Words that title, place or desk have, separated by spaces. In any width and kana. */
  words?: string | undefined
}

/** The date in the key of an undated session: after every date. */
const UNDATED = '9999-99-99'
/** The most pages of a sitemap (https://www.sitemaps.org/protocol.html), less those beside the sessions. */
const MOST_LISTED = 49_000
/** D1 binds at most 100 parameters a statement. */
const PARAMETERS = 90

function selectSessions(db: Ctx['store']['db']) {
  return db
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
      'venue.room_ja as venue_room_ja',
      'venue.room_en as venue_room_en',
      'venue.access_ja as venue_access_ja',
      'venue.access_en as venue_access_en',
      'venue.parking_ja as venue_parking_ja',
      'venue.parking_en as venue_parking_en',
      'venue.map_url as venue_map_url',
      'venue.step_free as venue_step_free',
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

const rowById = once((db, { id }: { id: string }) => selectSessions(db).where('session.id', '=', id))

const partiesIn = once((db, { ids }: { ids: string[] }) =>
  db
    .selectFrom('booking')
    .select(['session', 'slot', 'seats', 'format'])
    .where('session', 'in', ids)
    .where('status', '=', sql.lit('waiting'))
    .$call(inQueueOrder),
)

const slotsIn = once((db, { ids }: { ids: string[] }) =>
  db.selectFrom('slot').selectAll().where('session', 'in', ids).orderBy('starts_at'),
)

/** The rows of a query over sessions, read in parts because engines limit the parameters. */
async function inParts<R>(ids: readonly string[], rows: (some: string[]) => Promise<R[]>): Promise<R[]> {
  const found: R[] = []
  for (const some of chunks(ids, PARAMETERS)) found.push(...(await rows(some)))
  return found
}

/** The waiting parties by session, in queue order. */
async function partiesOf(ctx: Ctx, ids: string[]): Promise<Map<string, (WaitingParty & { session: string })[]>> {
  const found = await inParts(ids, (some) => partiesIn.rows(ctx.store.db, { ids: some }))
  return Map.groupBy(found, (party) => party.session)
}

async function slotsOf(ctx: Ctx, ids: string[]): Promise<Map<string, SlotRow[]>> {
  const found = await inParts(ids, (some) => slotsIn.rows(ctx.store.db, { ids: some }))
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
            room_ja: row.venue_room_ja,
            room_en: row.venue_room_en,
            access_ja: row.venue_access_ja,
            access_en: row.venue_access_en,
            parking_ja: row.venue_parking_ja,
            parking_en: row.venue_parking_en,
            map_url: row.venue_map_url,
            step_free: row.venue_step_free,
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

async function readById(ctx: Ctx, id: string): Promise<Session | undefined> {
  const row = await rowById.first(ctx.store.db, { id })
  return row && (await assembled(ctx, [row]))[0]
}

/**
 * One session, or undefined. Three queries, and one more if somebody waits. A public answer (`ctx.sight`) may have it from
 * memory, and so may an act that is tried at once.
 */
export async function sessionById(ctx: Ctx, id: string): Promise<Session | undefined> {
  if (id.includes('\0')) return undefined // PostgreSQL throws at it
  if (ctx.atOnce) return sessionAtOnce(ctx, id, () => readById(ctx, id))
  if (!ctx.sight) return readById(ctx, id)
  const found = await sessionsRemembered(
    ctx,
    [id],
    async () => [await readById(ctx, id)].filter((one) => one !== undefined),
    1,
  )
  return found?.[0]
}

/** One session that everybody may see and book, or undefined: a visit of an expert is nobody else's. As `sessionById`. */
export async function publicSessionById(ctx: Ctx, id: string): Promise<Session | undefined> {
  const session = await sessionById(ctx, id)
  return session?.request === null ? session : undefined
}

/** The sessions with these ids, by date and start. Three queries for 90, and one more if somebody waits. */
export async function sessionsWithIds(ctx: Ctx, ids: readonly string[]): Promise<Session[]> {
  const rows = await inParts(ids, (some) => selectSessions(ctx.store.db).where('session.id', 'in', some).execute())
  const keyed = rows.map((row) => ({ row, key: keyOf({ ...row, former: null }) }))
  const sorted = keyed.toSorted((a, b) => (a.key < b.key ? -1 : 1))
  return assembled(
    ctx,
    sorted.map(({ row }) => row),
  )
}

/** One text that sorts sessions by date, then start, undated last. A cursor is the key of the last session shown. */
const orderKey = sql<string>`coalesce(session.date, ${sql.lit(UNDATED)}) || coalesce(session.starts_at, '') || session.id`

/** The cursor that continues a list after this session. */
export function keyOf(session: Pick<Session, 'date' | 'starts_at' | 'ends_at' | 'former' | 'id'>): string {
  const { date, starts_at, id } = withDay(session)
  return `${date ?? UNDATED}${starts_at ?? ''}${id}`
}

/**
 * All sessions on these dates, of these prefectures (null is all), by date and start. Never a visit of an expert. One query
 * for 90 dates, and those of `sessionsWithIds`.
 */
export async function sessionsOn(
  ctx: Ctx,
  dates: readonly CivilDate[],
  prefectures: readonly string[] | null,
): Promise<Session[]> {
  const rows: Row[] = []
  for (const some of chunks([...new Set(dates)].toSorted(), PARAMETERS)) {
    const on = selectSessions(ctx.store.db)
      .where('session.request', 'is', null)
      .where('session.date', 'in', some)
      .where(inPrefectures('session.prefecture', prefectures))
      .orderBy(orderKey)
    rows.push(...(await on.execute()))
  }
  return assembled(ctx, rows)
}

/** The dates from one to another (both included) on which something takes place in these prefectures (null is all). One query. */
export async function datesHeld(
  ctx: Ctx,
  { from, to }: { from: CivilDate; to: CivilDate },
  prefectures: readonly string[] | null,
): Promise<CivilDate[]> {
  const rows = await ctx.store.db
    .selectFrom('session')
    .select('date')
    .distinct()
    .where('session.request', 'is', null)
    .where('state', '=', 'published')
    .where('date', '>=', from)
    .where('date', '<=', to)
    .where(inPrefectures('session.prefecture', prefectures))
    .orderBy('date')
    .execute()
  return rows.flatMap(({ date }) => date ?? [])
}

type Rows = ExpressionBuilder<Schema, 'session' | 'programme'>

/** A condition if there is a value to compare with; none if the filter leaves it out. */
function given<T>(
  value: T | null | undefined | '',
  condition: (value: T) => Expression<SqlBool>,
): Expression<SqlBool>[] {
  return value ? [condition(value)] : []
}

/** Dated sessions in a range; without `to` also undated ones, which are current until their programme ends. */
function within(eb: Rows, from: CivilDate | undefined, { from: asked, to }: SessionFilter): Expression<SqlBool> {
  const dated = eb.and([
    ...given(from, (date) => eb('session.date', '>=', date)),
    ...given(to, (date) => eb('session.date', '<=', date)),
  ])
  if (to) return dated
  const undated = eb.and([
    eb('session.date', 'is', null),
    ...given(asked, (date) => eb('programme.ends_on', '>=', date)),
  ])
  return eb.or([dated, undated])
}

/** The first day to read: the later of filter and cursor, so that an index skips what was shown. */
function firstDay(filter: SessionFilter, cursor: string | null): CivilDate | undefined {
  const shown = cursor?.slice(0, 10)
  return shown && shown > (filter.from ?? '') ? shown : filter.from
}

/** The condition of a filter, for the sessions after a cursor. Never a visit of an expert. */
function fits(filter: SessionFilter, cursor: string | null, now: Instant) {
  return (eb: Rows) =>
    eb.and([
      eb('session.request', 'is', null),
      within(eb, firstDay(filter, cursor), filter),
      ...given(filter.prefecture, (code) => eb('session.prefecture', '=', code)),
      ...given(filter.prefectures, (codes) => inPrefectures('session.prefecture', codes)),
      ...given(filter.kind, (kind) => eb('session.kind', '=', kind)),
      ...given(filter.series, (series) => eb('session.series', '=', series)),
      ...given(filter.desk, (desk) => eb('session.desk', '=', desk)),
      ...given(filter.acceptance, (acceptance) => eb('session.acceptance', '=', acceptance)),
      ...given(filter.format, (format) => eb(sql<string>`',' || session.formats || ','`, 'like', `%,${format},%`)),
      ...given(filter.status, (statuses) => mayHaveStatus(eb, statuses, now)),
      ...given(cursor, (after) => eb(orderKey, '>', after)),
    ])
}

type Part = { read: Session[]; more: boolean }

/** A part of a list as it was read before: its sessions are read again if they have changed. */
async function partRemembered(ctx: Ctx, key: string): Promise<Part | undefined> {
  const list = listRemembered(ctx, key)
  if (!list) return undefined
  const read = await sessionsRemembered(ctx, list.ids, async (ids) => sessionsWithIds(ctx, ids), PARAMETERS)
  return read && { read, more: list.more }
}

/** The sessions that may fit a filter, after a cursor, before their status is computed; `more` if others follow them. */
async function part(ctx: Ctx, filter: SessionFilter, cursor: string | null, limit: number): Promise<Part> {
  if (!ctx.sight) return readPart(ctx, filter, cursor, limit)
  // Rows are left out by their places and hours if a status is asked for.
  const key = filter.status ? null : JSON.stringify([filter, cursor, limit])
  const known = key === null ? undefined : await partRemembered(ctx, key)
  if (known) return known
  const begun = ctx.store.changes.count()
  const found = await readPart(ctx, filter, cursor, limit)
  const read = remember(ctx, found.read, begun)
  const ids = read.map(({ id }) => id)
  if (key !== null) rememberList(ctx, key, { ids, more: found.more, begun })
  return { read, more: found.more }
}

async function readPart(ctx: Ctx, filter: SessionFilter, cursor: string | null, limit: number): Promise<Part> {
  const rows = await selectSessions(ctx.store.db)
    .where(fits(filter, cursor, ctx.clock.now()))
    .orderBy(orderKey)
    .limit(limit + 1)
    .execute()
  const more = rows.length > limit
  return { read: await assembled(ctx, more ? rows.slice(0, -1) : rows), more }
}

/**
 * Notes that an answer leaves out sessions by their status. So it depends on all places, and on when booking next opens or
 * a session next ends. One query.
 */
async function showStatuses({ store, sight, clock }: Ctx): Promise<void> {
  if (!sight) return
  const now = clock.now()
  sight.showsEveryPlace()
  const { opens_at, ends_at } = await store.db
    .selectNoFrom((eb) => {
      const next = (column: 'opens_at' | 'ends_at') =>
        eb
          .selectFrom('session')
          .select(({ fn }) => fn.min(column).as('next'))
          .where(column, '>', now)
          .where('state', '=', 'published')
      return [next('opens_at').as('opens_at'), next('ends_at').as('ends_at')]
    })
    .executeTakeFirstOrThrow()
  sight.lasts(spanAround(now, [opens_at, ends_at]))
}

/** Whether a session has all of these words in its titles, its place or its desk. */
function hasWords({ title, title_kana, venue, desk, prefecture }: Session, words: readonly string[]): boolean {
  const place = prefectureByCode(prefecture)
  const named = [title, venue?.name, venue?.room, desk.name, place].flatMap((one) => (one ? [one.ja, one.en] : []))
  const text = searchKey([...named, title_kana, venue?.address, place?.kana].filter(Boolean).join('\n'))
  return words.every((word) => text.includes(word))
}

/** The words of a search as search keys. */
const wordsOf = (text: string) => text.split(/\s+/).map(searchKey).filter(Boolean)

/** Rows that are read between two turns of the event loop, and rows that one call reads at most. */
const ROUND = 500
const MOST_READ = 5000

/**
 * The sessions that fit a filter, by date and start, undated last. `next` is the cursor of the following page, or null.
 * A status depends on the clock, so it is checked after reading, like words. A call reads 5,000 rows at most. If they
 * do not fill the page, it is shorter and `next` goes on. Throws `AbortError` between two rounds if nobody waits for it
 * any more.
 */
export async function sessions(
  ctx: Ctx,
  filter: SessionFilter,
  page: { limit: number; after?: string | null } = { limit: 500 },
): Promise<{ sessions: Session[]; next: string | null }> {
  const found: Session[] = []
  const { words: text = '', ...rest } = filter
  const words = wordsOf(text)
  const isChecked = filter.status !== undefined || words.length > 0
  if (filter.status) await showStatuses(ctx)
  let cursor = page.after ?? null
  for (let rows = 0; rows < MOST_READ; rows += ROUND) {
    if (rows > 0) await nextTurn()
    ctx.signal?.().throwIfAborted()
    const { read, more } = await part(ctx, rest, cursor, isChecked ? ROUND : Math.min(ROUND, page.limit - found.length))
    const last = read.at(-1)
    const fitting = read.filter((one) => (!filter.status || filter.status.includes(one.status)) && hasWords(one, words))
    found.push(...fitting.slice(0, page.limit - found.length))
    const shown = found.at(-1)
    if (shown && found.length === page.limit)
      return { sessions: found, next: more || shown !== last ? keyOf(shown) : null }
    if (!more || !last) return { sessions: found, next: null }
    cursor = keyOf(last)
  }
  return { sessions: found, next: cursor }
}

/** When any session last changed what everybody sees of it, or null without sessions. */
export async function lastChange(ctx: Ctx): Promise<Instant | null> {
  const last = ctx.store.db
    .selectFrom('session')
    .select('updated_at')
    .where('updated_at', '>', '')
    .orderBy('updated_at', 'desc')
    .limit(1)
  return (await last.executeTakeFirst())?.updated_at ?? null
}

/** The sessions that fit a filter, of any state, by their last change, the newest first: `most` of them. */
export async function latestChanged(ctx: Ctx, filter: SessionFilter, most: number): Promise<Session[]> {
  const rows = await selectSessions(ctx.store.db)
    .where(fits(filter, null, ctx.clock.now()))
    .orderBy('session.updated_at', 'desc')
    .orderBy('session.id')
    .limit(most)
    .execute()
  return assembled(ctx, rows)
}

/** The sessions from a day on, and when each last changed what everybody sees of it. Without samples. */
export async function sessionChanges(ctx: Ctx, from: CivilDate): Promise<Pick<SessionRow, 'id' | 'updated_at'>[]> {
  return ctx.store.db
    .selectFrom('session')
    .innerJoin('programme', 'programme.id', 'session.programme')
    .select(['session.id', 'session.updated_at'])
    .where(fits({ from }, null, ctx.clock.now()))
    .where('session.sample', '=', 0)
    .orderBy('session.id')
    .limit(MOST_LISTED)
    .execute()
}

/** All sessions of a filter, and for how long they are right. Requests at the same time share one reading. */
async function readTogether(
  ctx: Ctx,
  recall: Recall,
  filter: SessionFilter,
): Promise<{ all: Session[]; sight: Sight }> {
  const { changes } = ctx.store
  const read = async () => {
    const sight = sightOf(changes, ctx.clock.now())
    // Others may wait for this answer once the request that asked first is gone.
    const found = await sessions({ ...ctx, signal: undefined, sight }, filter, { limit: MOST_READ })
    return { all: found.sessions, sight }
  }
  const found = await recall(`${changes.count()} ${JSON.stringify(filter)}`, read)
  return found.sight.covers(ctx.clock.now()) ? found : read()
}

/** The open sessions of a kind, or of all, from today on, in the order of `sessions`: `most` at most. */
async function openUntil(ctx: Ctx, kind: Kind | undefined, to: CivilDate, most = 500): Promise<Session[]> {
  const { recall } = ctx
  const filter = { from: civilDate(ctx.clock.now()), to, kind }
  if (!recall) return (await sessions(ctx, { ...filter, status: FREE }, { limit: most })).sessions
  // All are read, because that list stays while some of them open and close.
  const { all, sight } = await readTogether(ctx, recall, filter)
  ctx.sight?.showsPlaces(all)
  ctx.sight?.lasts(sight.span())
  return all.filter(({ status }) => FREE.includes(status)).slice(0, most)
}

/**
 * Up to three open sessions to book instead, of the same kind. Nearest in place (prefecture, then online), then in
 * time. The session itself comes first if another of its slots has room.
 */
export async function nearestOpen(ctx: Ctx, instead: Session, seats = 1): Promise<Session[]> {
  const now = ctx.clock.now()
  const today = civilDate(now)
  const to = addDays(instead.date && instead.date > today ? instead.date : today, 90)
  const open = await openUntil(ctx, instead.kind, to)
  const far = (one: Session) => {
    if (one.id === instead.id) return 0
    if (one.prefecture === instead.prefecture) return 1
    return one.formats.includes('online') ? 2 : 3
  }
  return open
    .filter((one) => hasRoom(one, seats, now))
    .toSorted((a, b) => far(a) - far(b)) // those equally far stay in the order of time
    .slice(0, 3)
}

/** How far a session is from what somebody asked for: its prefecture, then online, then the region, then elsewhere. */
function distance(one: Session, { prefecture, kind, format }: SessionFilter): number {
  const regionOf = (code: string) => prefectureByCode(code)?.region.id
  const other = (kind && one.kind !== kind ? 8 : 0) + (format && !one.formats.includes(format) ? 4 : 0)
  if (!prefecture || one.prefecture === prefecture) return other
  if (one.formats.includes('online')) return other + 1
  return other + (regionOf(one.prefecture) === regionOf(prefecture) ? 2 : 3)
}

/** Up to three open sessions of the next 90 days, the nearest to the filter first. For a list that is empty. */
export async function nearestTo(
  ctx: Ctx,
  filter: Pick<SessionFilter, 'prefecture' | 'kind' | 'format'>,
): Promise<Session[]> {
  const open = await openUntil(ctx, undefined, addDays(civilDate(ctx.clock.now()), 90))
  return open.toSorted((a, b) => distance(a, filter) - distance(b, filter)).slice(0, 3)
}

/** The days in which the next free date is looked for. */
const AHEAD_DAYS = 90

/**
 * The open sessions of the next 90 days: the first of each prefecture, and all on the web. People may attend those from
 * anywhere.
 */
export async function openAhead(ctx: Ctx): Promise<{ first: Map<string, Session>; web: Session[] }> {
  const open = await openUntil(ctx, undefined, addDays(civilDate(ctx.clock.now()), AHEAD_DAYS), MOST_READ)
  const first = new Map<string, Session>()
  for (const session of open) if (!first.has(session.prefecture)) first.set(session.prefecture, session)
  return { first, web: open.filter(({ formats }) => formats.includes('online')) }
}

/**
 * What each prefecture has ahead, for the map: `weekly` (a series by rule) or `dated`. Others are omitted. Reads two rows
 * a prefecture at most.
 */
export async function prefecturesAhead(ctx: Ctx): Promise<Map<string, 'weekly' | 'dated'>> {
  const now = ctx.clock.now()
  const rows = await ctx.store.db
    .selectFrom('session')
    .innerJoin('programme', 'programme.id', 'session.programme')
    .leftJoin('series', 'series.id', 'session.series')
    .select('session.prefecture')
    .select(sql<number>`case when series.rule is null then 0 else 1 end`.as('weekly'))
    .where('session.state', '=', 'published')
    .where(fits({ from: civilDate(now) }, null, now))
    .distinct()
    .execute()
  const stands = new Map<string, 'weekly' | 'dated'>()
  for (const row of rows) {
    if (row.weekly === 1 || !stands.has(row.prefecture))
      stands.set(row.prefecture, row.weekly === 1 ? 'weekly' : 'dated')
  }
  return stands
}
