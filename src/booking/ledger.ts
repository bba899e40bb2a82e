import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import type { CivilDate } from '../base/japan/civil.ts'
import { foldName } from '../base/japan/fold.ts'
import { phoneDigits } from '../base/japan/phone.ts'
import { narrow, narrowAddress } from '../base/japan/width.ts'
import { receiptNumber } from '../base/receipt-number.ts'
import type { StandingRow } from '../base/standing.ts'
import { nextTurn } from '../base/turn.ts'
import type { Format, ListedStatus } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { DAY_COLUMNS, unlessPostponed } from '../schedule/status-filter.ts'
import { isActive } from '../store/active.ts'
import { withinReach } from '../store/reach.ts'
import type { BookingRow, Schema, SessionRow } from '../store/schema.ts'
import { anyTimeSql, listedStatusSql, ownEndSql, STANDING, unlessAnyTime } from './queries.ts'

/** The filters of the ledger. Dates are those of the sessions, both ends included. */
export type LedgerFilter = {
  from: CivilDate
  to: CivilDate
  prefecture?: string | undefined
  session?: string | undefined
  status?: readonly ListedStatus[] | undefined
  channel?: BookingRow['channel'] | undefined
  format?: Format | undefined
  /** Only of people who need support. */
  support?: '1' | undefined
  /** Words, in any order: parts of a number, name, reading, company, telephone, extension or e-mail, in any spelling. */
  text?: string | undefined
  sort?: 'date' | 'made' | 'company' | undefined
}

/** One line of the ledger. */
export type LedgerLine = Pick<
  BookingRow,
  | 'id'
  | 'number'
  | 'channel'
  | 'format'
  | 'seats'
  | 'company'
  | 'name'
  | 'name_kana'
  | 'email'
  | 'phone'
  | 'employees'
  | 'industry'
  | 'topics'
  | 'message'
  | 'note'
  | 'support'
  | 'created_at'
  | 'came_at'
  | 'session'
  | 'slot'
> &
  StandingRow &
  Pick<SessionRow, 'prefecture' | 'date' | 'title_ja' | 'title_en'> & {
    /** The slot's hours, else the session's; null while it is postponed, and for any time. */
    starts_at: string | null
    /** Whether it is for any time of a session with several, 1 or 0. */
    any_time: number
    /** The former day of a postponed session, whose `date` is null. */
    postponed_from: CivilDate | null
  }

/** How many lines a page has. */
export const LEDGER_PAGE = 50

type Joined = Schema & { slot_of: Schema['slot'] }

/** The most words of one search. */
const MOST_WORDS = 8

const like = (part: string) => `%${part.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`

/** The words of a search. The parts of a telephone number and of a receipt number stay together. */
function wordsOf(text: string): string[] {
  if (phoneDigits(text) !== null) return [text]
  const number = receiptNumber(text)
  if (/^[A-Z]{2}-[0-9]{4}-[0-9]+$/.test(number)) return [number]
  const typed = text
    .normalize('NFKC')
    .replaceAll(/(?<![a-z])(?:内線(?:番号)?|extension|extn?)[\s.:]*(?=[0-9])/gi, '内線')
    .replaceAll(/(?:\+81|0)[0-9\s()-]{6,}[0-9]/g, (phone) => phone.replaceAll(/\s/g, ''))
  return typed.split(/\s+/).filter(Boolean).slice(0, MOST_WORDS)
}

/** The digits of a telephone number or of a part of one, as they are stored; empty for anything else. */
function digitsOf(word: string): string {
  const whole = phoneDigits(word)
  const typed = narrow(word)
  if (whole !== null || !/^[0-9+().-]+$/.test(typed)) return whole ?? ''
  const digits = typed.replace(/^\+81(?:\(0\)|0)?/, '0').replaceAll(/[^0-9]/g, '')
  return digits.length >= 3 ? digits : ''
}

/** Matches one word in the names, the receipt number, the telephone, its extension or the e-mail address. */
function matchesWord(word: string): (eb: ExpressionBuilder<Joined, 'booking'>) => Expression<SqlBool> {
  const number = narrow(word).toUpperCase().replaceAll('-', '')
  const digits = digitsOf(word)
  // A legal form may stand before or after the name.
  const names = foldName(word)
    .split(/(⟨[^⟩]*⟩)/)
    .filter(Boolean)
  return (eb) =>
    eb.or([
      ...(/^[A-Z0-9]+$/.test(number)
        ? [
            sql<SqlBool>`replace(booking.number, '-', '') like ${like(number)}`,
            eb('booking.number', '=', receiptNumber(word)),
          ]
        : []),
      ...(names.length > 0
        ? [eb.and(names.map((name) => sql<SqlBool>`booking.search_key like ${like(name)} escape '\\'`))]
        : []),
      ...(word.includes('@')
        ? [sql<SqlBool>`booking.email like ${like(narrowAddress(word).toLowerCase())} escape '\\'`]
        : []),
      ...(digits === '' ? [] : [sql<SqlBool>`booking.phone_digits like ${like(digits)}`]),
    ])
}

/** A condition: a booking has every word, in any order. A search without a word finds nothing. */
export function matches(text: string) {
  const words = wordsOf(text)
  return (eb: ExpressionBuilder<Joined, 'booking'>): Expression<SqlBool> =>
    words.length === 0 ? sql<SqlBool>`1 = 0` : eb.and(words.map((word) => matchesWord(word)(eb)))
}

/** The bookings that somebody may read. */
function readable(ctx: Ctx) {
  return ctx.store.db
    .selectFrom('booking')
    .innerJoin('session', 'session.id', 'booking.session')
    .leftJoin('slot as slot_of', 'slot_of.id', 'booking.slot')
    .where(withinReach(ctx, 'session.prefecture'))
}

/** Readable bookings that fit. */
function found(ctx: Ctx, filter: LedgerFilter) {
  let query = readable(ctx).where('session.date', '>=', filter.from).where('session.date', '<=', filter.to)
  if (filter.prefecture) query = query.where('session.prefecture', '=', filter.prefecture)
  if (filter.session) query = query.where('session.id', '=', filter.session)
  if (filter.status && filter.status.length > 0) {
    query = query.where(listedStatusSql, 'in', filter.status)
    // With its index.
    const statuses = filter.status.map((status) => (status === 'declined' ? 'cancelled' : status))
    query = query.where('booking.status', 'in', statuses)
  }
  if (filter.channel) query = query.where('booking.channel', '=', filter.channel)
  if (filter.format) query = query.where('booking.format', '=', filter.format)
  if (filter.support) query = query.where('booking.support', '<>', '{}')
  if (filter.text) query = query.where(matches(filter.text) as never)
  return query
}

/** A query for the ids of the bookings that the ledger finds. */
export function ledgerIds(ctx: Ctx, filter: LedgerFilter) {
  return found(ctx, filter).select('booking.id')
}

const LINE = [
  'booking.id',
  'booking.number',
  'booking.channel',
  'booking.format',
  'booking.seats',
  'booking.company',
  'booking.name',
  'booking.name_kana',
  'booking.email',
  'booking.phone',
  'booking.employees',
  'booking.industry',
  'booking.topics',
  'booking.message',
  'booking.note',
  'booking.support',
  'booking.created_at',
  'booking.came_at',
  'booking.session',
  'booking.slot',
  'session.prefecture',
  ...DAY_COLUMNS,
  'session.title_ja',
  'session.title_en',
] as const

/** The order of a day: people for any time come at the session's start. */
const starts = sql<string | null>`coalesce(slot_of.starts_at, session.starts_at)`

const TIME = [unlessPostponed(unlessAnyTime(starts)).as('starts_at'), anyTimeSql.as('any_time'), ...STANDING] as const

/**
 * One page of the ledger, counted from 1, and the total number of lines. Only prefectures that the asker may read. Two
 * queries, however many lines.
 */
export async function ledger(
  ctx: Ctx,
  filter: LedgerFilter,
  page = 1,
): Promise<{ lines: LedgerLine[]; total: number }> {
  const sorted = (query: ReturnType<typeof readable>) =>
    query
      .$if(filter.sort === 'made', (made) => made.orderBy('booking.created_at', 'desc'))
      .$if(filter.sort === 'company', (company) => company.orderBy('booking.company'))
      .orderBy('session.date')
      .orderBy(starts)
      .orderBy(sql`length(booking.number)`)
      .orderBy('booking.number')
      .orderBy('booking.id')
  // Only ids are sorted. The other columns of a hundred thousand lines would double the time.
  const ids = sorted(found(ctx, filter))
    .select('booking.id')
    .limit(LEDGER_PAGE)
    .offset((page - 1) * LEDGER_PAGE)
  const lines = await sorted(readable(ctx)).where('booking.id', 'in', ids).select(LINE).select(TIME).execute()
  await nextTurn()
  const count = await found(ctx, filter)
    .select((eb) => eb.fn.countAll<number | string>().as('lines'))
    .executeTakeFirstOrThrow()
  return { lines, total: Number(count.lines) }
}

/**
 * Every booking in one session, or on some days (both included), by time. Inactive ones only with `ended`. One query.
 */
export async function linesOf(
  ctx: Ctx,
  where: { session: string; ended?: boolean } | { from: CivilDate; to: CivilDate },
): Promise<LedgerLine[]> {
  const query = 'session' in where ? readable(ctx).where('session.id', '=', where.session) : found(ctx, where)
  const ended = 'ended' in where && where.ended
  return (ended ? query : query.where(isActive))
    .select(LINE)
    .select(TIME)
    .orderBy(starts)
    .orderBy('booking.created_at')
    .orderBy(sql`length(booking.number)`)
    .orderBy('booking.number')
    .execute()
}

/**
 * Bookings whose time is over and whose attendance nobody recorded, and their number. `from` is the oldest day, or null if
 * the lines are all.
 */
export type Unrecorded = { lines: LedgerLine[]; total: number; from: CivilDate | null }

/** The most bookings without a record that a page lists. */
const MOST_UNRECORDED = 30

/**
 * Bookings of the days before today that are still `booked`: their attendance must be recorded. The newest day first, at
 * most 30 lines. Not samples, not erased ones. Only of prefectures that the asker may read. Two queries.
 */
export async function unrecorded(ctx: Ctx, today: CivilDate): Promise<Unrecorded> {
  const past = () =>
    readable(ctx)
      .where('session.date', '<', today)
      .where('session.state', '=', 'published')
      .where('session.sample', '=', 0)
      .where('booking.status', '=', 'booked')
      .where('booking.phone', '<>', '')
  const lines = await past()
    .select(LINE)
    .select(TIME)
    .orderBy('session.date', 'desc')
    .orderBy(starts)
    .orderBy('booking.id')
    .limit(MOST_UNRECORDED)
    .execute()
  if (lines.length < MOST_UNRECORDED) return { lines, total: lines.length, from: null }
  const { total, from } = await past()
    .select((eb) => [eb.fn.countAll<number | string>().as('total'), eb.fn.min('session.date').as('from')])
    .executeTakeFirstOrThrow()
  return { lines, total: Number(total), from }
}

/** A session with bookings on the web whose people have no meeting link yet, and how many bookings these are. */
export type Unlinked = Pick<SessionRow, 'id' | 'date' | 'title_ja' | 'title_en' | 'prefecture'> & { bookings: number }

/**
 * The sessions of these days with bookings on the web that have no meeting link. Without bookings whose own time is over.
 * Only of prefectures that the asker may read, by date. One query.
 */
export async function unlinked(ctx: Ctx, days: { from: CivilDate; to: CivilDate }): Promise<Unlinked[]> {
  const rows = await found(ctx, { ...days, status: ['booked'], format: 'online' })
    .select(['session.id', 'session.date', 'session.title_ja', 'session.title_en', 'session.prefecture'])
    .select((eb) => eb.fn.countAll<number | string>().as('bookings'))
    .where('session.state', '=', 'published')
    .where('session.meeting_url', 'is', null)
    .where('booking.meeting_url', 'is', null)
    .where(sql<SqlBool>`coalesce(${ownEndSql}, '9') > ${ctx.clock.now()}`)
    .groupBy(['session.id', 'session.date', 'session.title_ja', 'session.title_en', 'session.prefecture'])
    .orderBy('session.date')
    .orderBy('session.id')
    .execute()
  return rows.map((row) => ({ ...row, bookings: Number(row.bookings) }))
}

/**
 * Active bookings from a date on that may be of the same person: same telephone, e-mail or reading. At most ten,
 * the newest first; only of prefectures that the asker may read.
 */
export async function alike(
  ctx: Ctx,
  person: { phone_digits: string; email: string | null; kana: string },
  from: CivilDate,
): Promise<LedgerLine[]> {
  const { phone_digits, email, kana } = person
  return found(ctx, { from, to: '9999-12-31' })
    .select(LINE)
    .select(TIME)
    .where(isActive)
    .where((eb) =>
      eb.or([
        ...(phone_digits === '' ? [] : [eb('booking.phone_digits', '=', phone_digits)]),
        ...(email === null ? [] : [eb('booking.email', '=', email)]),
        ...(foldName(kana) === '' ? [] : [sql<SqlBool>`booking.search_key like ${`% ${foldName(kana)}`}`]),
      ]),
    )
    .orderBy('booking.created_at', 'desc')
    .limit(10)
    .execute()
}
