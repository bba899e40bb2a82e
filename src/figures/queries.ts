import { type RawBuilder, type SqlBool, sql } from 'kysely'
import type { Instant } from '../base/clock.ts'
import { addMonths, type CivilDate, civilDate, daysBetween, monthOf } from '../base/japan/civil.ts'
import { SIZES, SIZES_UP_TO } from '../base/size.ts'
import { nextTurn } from '../base/turn.ts'
import { type BookingState, type Format, type Kind, stateOf } from '../base/vocabulary.ts'
import { listedStatusSql, ownEndSql } from '../booking/queries.ts'
import type { Ctx } from '../context.ts'
import { ACTS, actsWith } from '../store/acts.ts'
import type { SessionRow } from '../store/schema.ts'
import { type LeadTime, leadTime } from './lead.ts'
import { type Count, type Outcome, type Outcomes, outcomesOf, type Tally } from './outcomes.ts'
import { countedSessions, type Scope } from './scope.ts'

/**
 * The number of sessions by what happened to them. `elsewhere` took applications at another place, so attendance is
 * unknown. `unsettled`: their day passed, but they never got hours. Called off while it ran, a session counts as held.
 */
export type Days = Record<'held' | 'ahead' | 'unsettled' | 'called_off' | 'postponed' | 'skipped' | 'elsewhere', number>

/** The capacity and the people booked of sessions held or to come. `unlimited` counts sessions without a capacity. */
export type Room = { offered: number; used: number; unlimited: number }

/**
 * The bookings that joined the waiting list, got an offer, accepted it, or moved up without one. Each counts once. None
 * of them counts entries of a draw, drawn or reserve.
 */
export type Waits = Record<'joined' | 'offered' | 'accepted' | 'promoted', number>

/** The outcomes for one value of a breakdown. */
export type Part = { key: string; outcomes: Outcomes }

/** The figures of a period. Everything is counted by the day of the session, not of the application. */
export type Figures = {
  days: Days
  room: Room
  outcomes: Outcomes
  waits: Waits
  lead: LeadTime
  /** `month` and `size` are complete and in order; the others list only values that occur. A missing industry is ''. */
  by: Record<'prefecture' | 'month' | 'industry' | 'size' | 'format' | 'channel', Part[]>
}

/** The number of sessions of a prefecture and kind to which the same happened. */
export type DayCount = {
  prefecture: string
  kind: Kind
  how: keyof Days
  sessions: number
  capacity: number
  unlimited: number
  used: number
}

/** Whether what ends then is over, 1 or 0. Without hours it is over on the day after its session. */
function overSql(ctx: Ctx, end: RawBuilder<Instant | null>): RawBuilder<number> {
  const now = ctx.clock.now()
  return sql<number>`case when ${end} <= ${now} then 1
    when ${end} is null and session.date < ${civilDate(now)} then 1 else 0 end`
}

/** Whether a session is over, 1 or 0. */
const sessionOverSql = (ctx: Ctx) => overSql(ctx, sql<Instant | null>`session.ends_at`)

/** Whether the own time of a booking is over, 1 or 0. Its day may still run for others. */
const bookingOverSql = (ctx: Ctx) => overSql(ctx, ownEndSql)

/** The sessions of a scope by prefecture, kind and what happened to them. One query. */
export async function dayCounts(ctx: Ctx, scope: Scope): Promise<DayCount[]> {
  const rows = await countedSessions(ctx, scope)
    .select(['session.prefecture', 'session.kind', 'session.state'])
    .select(sql<number>`case when session.apply_name is null then 0 else 1 end`.as('elsewhere'))
    .select(sql<number>`case when session.ends_at is null then 0 else 1 end`.as('settled'))
    .select(sessionOverSql(ctx).as('over'))
    // Called off while it ran: some had their time before.
    .select(sql<number>`case when session.seats_taken > 0 then 1 else 0 end`.as('served'))
    .select(sql<number | string>`count(*)`.as('sessions'))
    .select(sql<number | string>`coalesce(sum(session.capacity), 0)`.as('capacity'))
    .select(sql<number | string>`sum(case when session.capacity is null then 1 else 0 end)`.as('unlimited'))
    .select(sql<number | string>`sum(session.seats_taken)`.as('used'))
    .groupBy(['session.prefecture', 'session.kind', 'session.state', 'elsewhere', 'settled', 'over', 'served'])
    .execute()
  return rows.map(({ prefecture, kind, state, elsewhere, settled, over, served, ...counts }) => ({
    prefecture,
    kind,
    how: howOf(
      state === 'called_off' && served === 1 ? 'published' : state,
      elsewhere === 1,
      over === 1,
      settled === 1,
    ),
    sessions: Number(counts.sessions),
    capacity: Number(counts.capacity),
    unlimited: Number(counts.unlimited),
    used: Number(counts.used),
  }))
}

function howOf(state: SessionRow['state'], elsewhere: boolean, over: boolean, settled: boolean): keyof Days {
  if (state !== 'published') return state
  if (elsewhere) return 'elsewhere'
  if (!over) return 'ahead'
  return settled ? 'held' : 'unsettled'
}

/** The totals of these counts. */
function daysOf(counts: readonly DayCount[]): { days: Days; room: Room } {
  const days = { held: 0, ahead: 0, unsettled: 0, called_off: 0, postponed: 0, skipped: 0, elsewhere: 0 }
  const room = { offered: 0, used: 0, unlimited: 0 }
  for (const one of counts) {
    days[one.how] += one.sessions
    if (one.how !== 'held' && one.how !== 'ahead') continue
    room.offered += one.capacity
    room.used += one.used
    room.unlimited += one.unlimited
  }
  return { days, room }
}

/** The bookings in the sessions of a scope. */
function bookingsWithin(ctx: Ctx, scope: Scope) {
  return countedSessions(ctx, scope).innerJoin('booking', 'booking.session', 'session.id')
}

/** The status of a booking, or `unrecorded` if it is booked and its own time is over. A postponed one is still to come. */
const outcomeSql = (ctx: Ctx) => sql<Outcome>`case when booking.status = 'booked' and session.state <> 'postponed'
  and ${bookingOverSql(ctx)} = 1 then 'unrecorded' else ${listedStatusSql} end`

type Counted = Count & Partial<Record<keyof Figures['by'], string>>

/** The bookings of a scope by status, for each combination of values of these keys. One query. */
async function counted(ctx: Ctx, scope: Scope, names: readonly (keyof Figures['by'])[]): Promise<Counted[]> {
  await nextTurn()
  const rows = await bookingsWithin(ctx, scope)
    .select(names.map((name) => KEYS[name].as(name)))
    .select(outcomeSql(ctx).as('outcome'))
    .select(sql<number | string>`count(*)`.as('bookings'))
    .select(sql<number | string>`sum(booking.seats)`.as('people'))
    .groupBy(names.map((name) => KEYS[name]))
    .groupBy('outcome')
    .execute()
  return rows.map(({ outcome, ...counts }) => ({ ...counts, status: outcome }))
}

function partsOf(counts: readonly Counted[], name: keyof Figures['by']): Part[] {
  const groups = Map.groupBy(counts, (one) => one[name] ?? '')
  return [...groups]
    .map(([key, some]) => ({ key, outcomes: outcomesOf(some) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

/** One part for each of these keys, in their order, with zeros if a key has no bookings. */
function complete(parts: readonly Part[], keys: readonly string[]): Part[] {
  return keys.map((key) => parts.find((part) => part.key === key) ?? { key, outcomes: outcomesOf([]) })
}

/** The bookings of one prefecture, kind, format and state. `over`: their own time is. `postponed`: their session is. */
export type FormatCount = Tally & {
  prefecture: string
  kind: Kind
  format: Format
  state: BookingState
  declined: boolean
  over: boolean
  postponed: boolean
}

/**
 * The bookings of a scope by state, prefecture, kind and format. Also by whether their own time is over, and their
 * session postponed. One query.
 */
export async function formatCounts(ctx: Ctx, scope: Scope): Promise<FormatCount[]> {
  const rows = await bookingsWithin(ctx, scope)
    .select(['session.prefecture', 'session.kind', 'booking.format', 'booking.status', 'booking.ended'])
    .select(sql<number>`case when ${listedStatusSql} = 'declined' then 1 else 0 end`.as('declined'))
    .select(bookingOverSql(ctx).as('over'))
    .select(sql<number>`case when session.state = 'postponed' then 1 else 0 end`.as('postponed'))
    .select(sql<number | string>`count(*)`.as('bookings'))
    .select(sql<number | string>`sum(booking.seats)`.as('people'))
    .groupBy(['session.prefecture', 'session.kind', 'booking.format', 'booking.status', 'booking.ended'])
    .groupBy(['declined', 'over', 'postponed'])
    .execute()
  return rows.map(({ status, ended, declined, over, postponed, bookings, people, ...rest }) => ({
    ...rest,
    declined: declined === 1,
    postponed: postponed === 1,
    state: stateOf({ status, ended }),
    over: over === 1,
    bookings: Number(bookings),
    people: Number(people),
  }))
}

/** The ids of the bookings of a scope whose own time is over, as the figures count them. One query. */
export async function bookingsOver(ctx: Ctx, scope: Scope): Promise<ReadonlySet<string>> {
  const rows = await bookingsWithin(ctx, scope)
    .select('booking.id')
    .where(sql<SqlBool>`${bookingOverSql(ctx)} = 1`)
    .execute()
  return new Set(rows.map(({ id }) => id))
}

async function leads(ctx: Ctx, scope: Scope): Promise<LeadTime> {
  await nextTurn()
  const rows = await bookingsWithin(ctx, scope)
    .select(sql<CivilDate>`session.date`.as('date'))
    .select(sql<string>`substr(booking.created_at, 1, 13)`.as('hour'))
    .select(sql<number | string>`count(*)`.as('bookings'))
    .groupBy(['session.date', 'hour'])
    .execute()
  const ofHour = ({ hour, date, bookings }: (typeof rows)[number]) => ({
    days: daysBetween(civilDate(`${hour}:00:00.000Z`), date),
    bookings: Number(bookings),
  })
  return leadTime(rows.map(ofHour))
}

/** The journal acts of waiting. Entries of a draw, drawn or reserve, are answered too, but joined no waiting list. */
const WAITING = actsWith('waits')

async function waits(ctx: Ctx, scope: Scope): Promise<Waits> {
  await nextTurn()
  const rows = await bookingsWithin(ctx, scope)
    .innerJoin('journal', 'journal.subject', 'booking.id')
    .select('journal.act')
    .select(sql<number | string>`count(distinct journal.subject)`.as('bookings'))
    .where('journal.act', 'in', WAITING)
    .where('booking.drawn', 'is', null)
    .groupBy('journal.act')
    .$narrowType<{ act: (typeof WAITING)[number] }>()
    .execute()
  const found = { joined: 0, offered: 0, accepted: 0, promoted: 0 }
  for (const { act, bookings } of rows) found[ACTS[act].waits] = Number(bookings)
  return found
}

const sizeSql = sql<string>`case when booking.employees is null then 'unknown' ${sql.join(
  SIZES_UP_TO.map(([band, most]) => sql`when booking.employees <= ${sql.lit(most)} then ${sql.lit(band)}`),
  sql` `,
)} else '301+' end`

const KEYS = {
  prefecture: sql<string>`session.prefecture`,
  month: sql<string>`substr(session.date, 1, 7)`,
  industry: sql<string>`coalesce(booking.industry, '')`,
  size: sizeSql,
  format: sql<string>`booking.format`,
  channel: sql<string>`booking.channel`,
} satisfies Record<keyof Figures['by'], RawBuilder<string>>

/** The months from one day to another, both included. */
function monthsBetween({ from, to }: Pick<Scope, 'from' | 'to'>): string[] {
  const months: string[] = []
  for (let month = monthOf(from); month <= monthOf(to); month = addMonths(month, 1)) months.push(month)
  return months
}

/**
 * The figures of a scope, in five queries for any number of rows. Others are answered between them. None uses personal
 * data, so forgetting does not change them. For staff, for the prefectures that they may read. Throws `Forbidden`.
 */
export async function figures(ctx: Ctx, scope: Scope): Promise<Figures> {
  const days = daysOf(await dayCounts(ctx, scope))
  // Two readings of the bookings instead of six. All keys in one would have as many groups as there are bookings.
  const how = await counted(ctx, scope, ['prefecture', 'format', 'channel'])
  const whose = await counted(ctx, scope, ['month', 'industry', 'size'])
  return {
    ...days,
    outcomes: outcomesOf(how),
    waits: await waits(ctx, scope),
    lead: await leads(ctx, scope),
    by: {
      prefecture: partsOf(how, 'prefecture'),
      month: complete(partsOf(whose, 'month'), monthsBetween(scope)),
      industry: partsOf(whose, 'industry'),
      size: complete(partsOf(whose, 'size'), SIZES),
      format: partsOf(how, 'format'),
      channel: partsOf(how, 'channel'),
    },
  }
}
