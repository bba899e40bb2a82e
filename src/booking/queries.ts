import { type Expression, type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import { chunks } from '../base/chunks.ts'
import type { Instant } from '../base/clock.ts'
import { type CivilDate, civilDate } from '../base/japan/civil.ts'
import { CHANGES, READDRESSED } from '../base/letters.ts'
import { personKey } from '../base/person.ts'
import type { Extras } from '../base/questions.ts'
import { isEntry } from '../base/seating.ts'
import { sha256 } from '../base/token.ts'
import { type BookingStatus, type Format, LIVE, type ListedStatus, type Topic } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { sessionById, sessionsWithIds } from '../schedule/queries.ts'
import { atOnce } from '../schedule/remembered.ts'
import type { Session } from '../schedule/session.ts'
import { isWithoutDay } from '../schedule/status-filter.ts'
import { isActive } from '../store/active.ts'
import type { Act } from '../store/acts.ts'
import { type Line, lineOf } from '../store/journal.ts'
import { once } from '../store/once.ts'
import { inQueueOrder } from '../store/queue-order.ts'
import type { BookingRow, Schema } from '../store/schema.ts'
import { type Booking, slotIn } from './booking.ts'
import { extrasOf, extrasWith, questionsOf } from './extras/read.ts'

/** The columns of `booking` and `session` that the standing depends on. */
const STANDING_COLUMNS = [
  'booking.status',
  'booking.ended',
  'booking.status_before',
  'booking.drawn',
  'booking.offer_expires_at',
  'session.acceptance',
] as const

/**
 * The status of a booking as lists and figures tell it: `declined` (辞退) is not `cancelled`. As `isDeclined` of
 * `base/standing.ts`.
 */
export const listedStatusSql = sql<ListedStatus>`case when booking.status = 'cancelled'
  and coalesce(booking.ended, '') <> 'called_off' and coalesce(booking.status_before, '') = 'offered'
  then 'declined' else booking.status end`

/**
 * Whether a place is or was held for somebody who never heard of it, 1 or 0. No letter or call told them since, but for
 * that of its end. Told as in `mail/untold.ts`.
 */
export const unheardSql = sql<number>`case when (booking.status = 'offered' or booking.ended = 'offer_over') and exists (
  select 1 from outbox as offered where offered.subject = booking.id and offered.about = 'booking'
    and offered.kind in ('offered', 'won') and offered.state not in ('sent', 'kept')
    and not exists (select 1 from outbox as later where later.subject = booking.id and later.about = 'booking'
      and later.kind in (${sql.join(CHANGES.filter((kind) => kind !== 'lapsed').map((kind) => sql.lit(kind)))})
      and (later.state in ('sent', 'kept') or later.dedupe_key like ${sql.lit(`${READDRESSED}%`)})
      and (later.sequence > offered.sequence or (later.sequence = offered.sequence
        and (later.created_at > offered.created_at
          or (later.created_at = offered.created_at and later.id > offered.id))))))
  then 1 else 0 end`

/** Whether the draw of the session of a booking was announced, as `Session` says it. */
export const drawSql = sql<'announced' | null>`(select 'announced' from draw
  where draw.session = booking.session and draw.announced_at is not null)`

/** Whether a booking is for any time of a session with several, 1 or 0. */
export const anyTimeSql = sql<number>`case when booking.slot is null
  and exists (select 1 from slot as each_time where each_time.session = booking.session) then 1 else 0 end`

/** When a booking is over: its slot's end, else its session's; null while undecided. For queries of both tables. */
export const ownEndSql = sql<Instant | null>`coalesce((select slot.ends_at from slot where slot.id = booking.slot),
  session.ends_at)`

/** An hour of a booking, null if it is for any time. */
export const unlessAnyTime = (hour: Expression<string | null>) =>
  sql<string | null>`case when ${anyTimeSql} = 1 then null else ${hour} end`

/** All that the standing of a booking depends on, for queries of `booking` and `session`. */
export const STANDING = [...STANDING_COLUMNS, drawSql.as('draw'), unheardSql.as('unheard')] as const

/** D1 binds at most 100 parameters a statement. */
const PARAMETERS = 90

/** The waiting bookings of a session, in queue order. */
export function queueOf(ctx: Ctx, session: string) {
  return ctx.store.db
    .selectFrom('booking')
    .where('session', '=', session)
    .where('status', '=', 'waiting')
    .$call(inQueueOrder)
}

/** The turns of bookings on the waiting lists of sessions, by their ids; 1 is next. One query for 90 sessions. */
async function turnsIn(ctx: Ctx, sessions: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const turns = new Map<string, number>()
  for (const some of chunks([...new Set(sessions)], PARAMETERS)) {
    const waiting = ctx.store.db.selectFrom('booking').where('session', 'in', some).where('status', '=', 'waiting')
    const rows = await waiting.$call(inQueueOrder).select(['id', 'session']).execute()
    for (const queue of Map.groupBy(rows, ({ session }) => session).values()) {
      for (const [i, { id }] of queue.entries()) turns.set(id, i + 1)
    }
  }
  return turns
}

/** Whether a booking has a turn on the waiting list: it waits, but not for a draw. */
const hasTurn = ({ status }: BookingRow, session: Session) => status === 'waiting' && !isEntry({ status, session })

/** A row, and whether its person never heard of the place held for them. */
type FoundRow = BookingRow & { unheard: number }

function bookingOf(row: FoundRow, session: Session, position: number | null, extras: Extras): Booking {
  const { slot, topics, offer_expires_at, unheard, answers: _, companions: __, support: ___, ...rest } = row
  return {
    ...rest,
    // No clock runs while there is no day. The new day gives new time.
    offer_expires_at: session.former === null ? offer_expires_at : null,
    unheard: unheard === 1,
    session,
    position,
    extras,
    slot: slotIn(session, { slot }),
    topics: (topics === '' ? [] : topics.split(',')) as Topic[],
  }
}

/** Bookings with all their columns. */
const rowsOf = (db: Ctx['store']['db']) =>
  db.selectFrom('booking').selectAll('booking').select(unheardSql.as('unheard'))

const rowById = once((db, { id }: { id: string }) => rowsOf(db).where('id', '=', id))
const rowByToken = once((db, { hash }: { hash: string }) => rowsOf(db).where('token_hash', '=', hash))
const rowByKey = once((db, { hash }: { hash: string }) =>
  db.selectFrom('booking').selectAll().where('idempotency_hash', '=', hash),
)
const activeRow = once((db, { session, person }: { session: string; person: string }) =>
  db.selectFrom('booking').selectAll().where('session', '=', session).where('person_key', '=', person).where(isActive),
)

async function withSession(ctx: Ctx, row: FoundRow | undefined): Promise<Booking | undefined> {
  const session = row && (await sessionById(ctx, row.session))
  if (!session) return undefined
  const turns = hasTurn(row, session) ? await turnsIn(ctx, [session.id]) : null
  return bookingOf(row, session, turns?.get(row.id) ?? null, await extrasOf(ctx, row))
}

/** One booking with its session, or undefined. */
export async function bookingById(ctx: Ctx, id: string): Promise<Booking | undefined> {
  return withSession(ctx, await rowById.first(ctx.store.db, { id }))
}

/** The booking that an act of this request has just made. Its session may show the places of before. One query. */
export async function bookingJustMade(ctx: Ctx, id: string): Promise<Booking | undefined> {
  return bookingById(atOnce(ctx), id)
}

/**
 * The bookings with these ids and their sessions, in no order. Five queries for 90, and one each if somebody waits and if
 * there are answers.
 */
export async function bookingsWithIds(ctx: Ctx, ids: readonly string[]): Promise<Booking[]> {
  if (ids.length === 0) return []
  const rows: FoundRow[] = []
  for (const some of chunks(ids, PARAMETERS)) {
    rows.push(...(await rowsOf(ctx.store.db).where('id', 'in', some).execute()))
  }
  const found = await sessionsWithIds(ctx, [...new Set(rows.map(({ session }) => session))])
  const sessions = new Map(found.map((one) => [one.id, one]))
  const questions = await questionsOf(ctx, rows)
  const all = rows.flatMap((row) => {
    const session = sessions.get(row.session)
    return session ? [{ row, session, waits: hasTurn(row, session) }] : []
  })
  const waiting = all.filter(({ waits }) => waits).map(({ session }) => session.id)
  const turns = await turnsIn(ctx, waiting)
  return all.map(({ row, session, waits }) => {
    return bookingOf(row, session, (waits && turns.get(row.id)) || null, extrasWith(questions, row))
  })
}

/** The booking whose manage link carries this token, or undefined; the token itself is not stored. */
export async function bookingByToken(ctx: Ctx, token: string): Promise<Booking | undefined> {
  return withSession(ctx, await rowByToken.first(ctx.store.db, { hash: await sha256(token) }))
}

/**
 * The booking of a running or coming programme with this receipt number and telephone, or undefined. Two programmes may
 * have the same number.
 */
export async function bookingByNumber(ctx: Ctx, number: string, digits: string): Promise<BookingRow | undefined> {
  const { db } = ctx.store
  const running = db.selectFrom('programme').select('programme.id').where('ends_on', '>=', civilDate(ctx.clock.now()))
  return db
    .selectFrom('booking')
    .selectAll()
    .where('programme', 'in', running)
    .where('number', '=', number)
    .where('phone_digits', '=', digits)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The booking that used up an idempotency key, by its hash, or undefined. */
export async function bookingByKey(ctx: Ctx, hash: string): Promise<BookingRow | undefined> {
  return rowByKey.first(ctx.store.db, { hash })
}

/** The one active booking of a person in a session, or undefined. */
export async function activeBookingOf(ctx: Ctx, session: string, key: string): Promise<BookingRow | undefined> {
  return activeRow.first(ctx.store.db, { session, person: key })
}

/**
 * The ids of those bookings whose person is in a session already, or comes with an earlier one of them. One query.
 */
export async function comingTwice(
  ctx: Ctx,
  bookings: readonly Booking[],
  session: string,
): Promise<Map<string, Pick<Booking, 'id' | 'number'>>> {
  const there = ctx.store.db
    .selectFrom('booking')
    .select(['id', 'number', 'person_key'])
    .where('session', '=', session)
    .where(isActive)
  const known = new Map((await there.execute()).map(({ person_key, ...row }) => [person_key, row]))
  const twice = new Map<string, Pick<Booking, 'id' | 'number'>>()
  for (const { id, number, ...person } of bookings) {
    const key = personKey(person)
    const other = known.get(key)
    if (other && other.id !== id) twice.set(id, other)
    else known.set(key, { id, number })
  }
  return twice
}

/** Active bookings of an e-mail address whose day has not passed, or that wait for a new one. The newest ten. */
export async function upcomingBookingsOf(ctx: Ctx, email: string, today: CivilDate): Promise<BookingRow[]> {
  return ctx.store.db
    .selectFrom('booking')
    .innerJoin('session', 'session.id', 'booking.session')
    .selectAll('booking')
    .where('booking.person_key', '=', personKey({ email, phone: '', name_kana: '' }))
    .where(isActive)
    .where((eb) => eb.or([eb('session.date', '>=', today), eb('session.state', '=', 'postponed')]))
    .orderBy('booking.created_at', 'desc')
    .limit(10)
    .execute()
}

/**
 * Whether nobody with this person's address or telephone asked not to get messages. Uses the literal of
 * `booking_without_messages`, because engines match a partial index by its text.
 */
export const wantsMessages = sql<boolean>`not exists (select 1 from booking as refusing
  where refusing.no_messages = 1 and refusing.person_key = booking.person_key)`

/** The letters that name the day of a booking as news. No reminder follows them on the same day. */
const DAY_NEWS = ['booked', 'promoted', 'moved', 'rescheduled', 'held_again', 'restored'] as const

/**
 * The bookings on a date to remind. Left out are those that were reminded, or whose letter or call since `since` names
 * the day. People without e-mail who are to be called anyway are not called twice. A reminder that a change overtook
 * counts again if nobody called about that.
 */
export async function toBeReminded(
  ctx: Ctx,
  date: CivilDate,
  since: Instant,
): Promise<Pick<BookingRow, 'id' | 'sequence' | 'locale' | 'email'>[]> {
  const { db } = ctx.store
  const sessions = db.selectFrom('session').select('session.id').where('date', '=', date)
  const about = db
    .selectFrom('outbox')
    .select('outbox.id')
    .where('outbox.about', '=', 'booking')
    .where('outbox.subject', '=', sql.ref<string>('booking.id'))
  const reminders = about.where('outbox.kind', '=', 'reminder').where('outbox.dedupe_key', '=', date)
  // A reminder can be queued once for each SEQUENCE.
  const reminded = reminders.where(({ or, eb }) =>
    or([eb('outbox.state', '<>', 'superseded'), eb('outbox.sequence', '=', sql.ref<number>('booking.sequence'))]),
  )
  const calls = about.where('outbox.channel', 'in', ['phone', 'sms']).where('outbox.kind', '<>', 'message')
  const toCall = calls.where('outbox.state', '=', 'waiting')
  const called = calls.where('outbox.state', '=', 'sent').where('outbox.sent_at', '>=', since)
  const named = about
    .where('outbox.kind', 'in', DAY_NEWS)
    .where('outbox.state', 'in', ['waiting', 'claimed', 'sent', 'kept'])
    .where('outbox.created_at', '>=', since)
  return db
    .selectFrom('booking')
    .select(['id', 'sequence', 'locale', 'email'])
    .where('session', 'in', sessions.where('session.state', '=', 'published'))
    .where('status', '=', 'booked')
    .where(({ not, exists }) => not(exists(named)))
    .where(({ not, exists }) => not(exists(reminded)))
    .where(({ not, and, exists }) => not(and([exists(reminders), exists(called)])))
    .where(({ eb, or, not, exists }) =>
      or([eb('email', 'is not', null), eb.and([eb('created_at', '<', since), not(exists(toCall))])]),
    )
    .orderBy('id')
    .execute()
}

/** One event of a booking or a session: when, by whom (actor, or name of the account), and what. */
export type HistoryLine<A extends Act> = Line<A> & { at: Instant; by: string }

/** The events of a booking or a session, of these acts, from the journal; the oldest first. One query. */
export async function historyOf<A extends Act>(ctx: Ctx, acts: readonly A[], id: string): Promise<HistoryLine<A>[]> {
  const rows = await ctx.store.db
    .selectFrom('journal')
    .leftJoin('account', 'account.id', 'journal.actor')
    .select(['journal.at', 'journal.act', 'journal.actor', 'journal.detail', 'account.name'])
    .where('journal.subject', '=', id)
    .orderBy('journal.at')
    .orderBy('journal.id')
    .execute()
  return rows.flatMap((row) => {
    const line = lineOf(row, acts)
    return line ? [{ ...line, at: row.at, by: row.name ?? row.actor }] : []
  })
}

/** Whom an act concerns: bookings in these states, only in `formats` if given. */
export type Scope = {
  of?: readonly BookingStatus[]
  formats?: readonly Format[]
  /** Only those that can get back what they had before their session was called off, or converted. */
  lost?: 'status_before' | 'format_before'
  /** Instead those whose own time is over. No act on the whole session changes them any more. */
  past?: boolean
}

/** A query for the ids of sessions. */
export type SessionIds = SelectQueryBuilder<Schema, 'session', { id: string }>

/** Whether the own time of a booking is over at the instant `now`. Never without a day. */
const isPast = (now: Instant) =>
  sql<SqlBool>`exists (select 1 from session where session.id = booking.session
    and not ${isWithoutDay} and ${ownEndSql} <= ${now})`

/**
 * The bookings of sessions that an act concerns: the live ones, if `of` says nothing else. Not those whose own time is
 * over, on a day that still runs for others.
 */
export function inScope(
  ctx: Ctx,
  sessions: string | readonly string[] | SessionIds,
  { of = LIVE, formats, lost, past = false }: Scope,
) {
  const within = typeof sessions === 'string' ? [sessions] : sessions
  const over = isPast(ctx.clock.now())
  let those = ctx.store.db
    .selectFrom('booking')
    .where('session', 'in', within)
    .where('status', 'in', of)
    .where((eb) => (past ? over : eb.not(over)))
  if (lost) those = those.where(lost, 'is not', null)
  if (lost === 'status_before') those = those.where('ended', '=', 'called_off')
  return formats ? those.where('format', 'in', formats) : those
}
