import { type ExpressionBuilder, sql } from 'kysely'
import { reach } from '../base/actor.ts'
import type { Instant } from '../base/clock.ts'
import { type CivilDate, civilDate } from '../base/japan/civil.ts'
import { isEntry } from '../base/seating.ts'
import { sha256 } from '../base/token.ts'
import { LIVE } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import type { Interest } from '../interest/interest.ts'
import { sessionById } from '../schedule/queries.ts'
import type { Session } from '../schedule/session.ts'
import { isActive } from '../store/active.ts'
import type { BookingRow, DrawRow, Format, InterestRow, OutboxRow, Schema } from '../store/schema.ts'
import { FEWEST_ANSWERS, figuresOf, type SurveyFigures } from '../survey/survey.ts'
import { type Booking, personKey, type Topic } from './booking.ts'

/** Who waits in a session, the longest first; of one moment, in the order of their numbers. */
function queueOf(ctx: Ctx, session: string) {
  return ctx.store.db
    .selectFrom('booking')
    .where('session', '=', session)
    .where('status', '=', 'waiting')
    .orderBy('draw_order')
    .orderBy('created_at')
    .orderBy(sql`length(number)`)
    .orderBy('number')
}

/** Whose turn it is: 1 is next; null for who does not wait. */
async function positionOf(ctx: Ctx, row: BookingRow, session: Session): Promise<number | null> {
  if (row.status !== 'waiting' || isEntry({ status: row.status, session })) return null
  const queue = await queueOf(ctx, row.session).select('id').execute()
  return queue.findIndex((one) => one.id === row.id) + 1
}

function bookingOf(row: BookingRow, session: Session, position: number | null): Booking {
  const { slot, topics, ...rest } = row
  return {
    ...rest,
    session,
    position,
    slot: session.slots.find((one) => one.id === slot) ?? null,
    topics: (topics === '' ? [] : topics.split(',')) as Topic[],
  }
}

async function withSession(ctx: Ctx, row: BookingRow | undefined): Promise<Booking | undefined> {
  const session = row && (await sessionById(ctx, row.session))
  return row && session && bookingOf(row, session, await positionOf(ctx, row, session))
}

/** One booking with its session, or undefined. */
export async function bookingById(ctx: Ctx, id: string): Promise<Booking | undefined> {
  const row = await ctx.store.db.selectFrom('booking').selectAll().where('id', '=', id).executeTakeFirst()
  return withSession(ctx, row)
}

/** The booking whose manage link carries this token, or undefined; the token itself is nowhere stored. */
export async function bookingByToken(ctx: Ctx, token: string): Promise<Booking | undefined> {
  const row = await ctx.store.db
    .selectFrom('booking')
    .selectAll()
    .where('token_hash', '=', await sha256(token))
    .executeTakeFirst()
  return withSession(ctx, row)
}

/** The booking of a running or coming programme with this receipt number, or undefined. */
export async function bookingByNumber(ctx: Ctx, number: string): Promise<BookingRow | undefined> {
  const { db } = ctx.store
  const running = db.selectFrom('programme').select('programme.id').where('ends_on', '>=', civilDate(ctx.clock.now()))
  return db
    .selectFrom('booking')
    .selectAll()
    .where('programme', 'in', running)
    .where('number', '=', number)
    .orderBy('created_at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

/** The booking that an idempotency key (its hash) was used up by, or undefined. */
export async function bookingByKey(ctx: Ctx, hash: string): Promise<BookingRow | undefined> {
  return ctx.store.db.selectFrom('booking').selectAll().where('idempotency_hash', '=', hash).executeTakeFirst()
}

/** The one active booking of a person in a session, or undefined. */
export async function activeBookingOf(ctx: Ctx, session: string, key: string): Promise<BookingRow | undefined> {
  return ctx.store.db
    .selectFrom('booking')
    .selectAll()
    .where('session', '=', session)
    .where('person_key', '=', key)
    .where(isActive)
    .executeTakeFirst()
}

/** The active bookings made with an e-mail address whose day has not passed, newest ten. */
export async function upcomingBookingsOf(ctx: Ctx, email: string, today: CivilDate): Promise<BookingRow[]> {
  return ctx.store.db
    .selectFrom('booking')
    .innerJoin('session', 'session.id', 'booking.session')
    .selectAll('booking')
    .where('booking.person_key', '=', personKey({ email, phone: '', name_kana: '' }))
    .where(isActive)
    .where('session.date', '>=', today)
    .orderBy('booking.created_at', 'desc')
    .limit(10)
    .execute()
}

/** The sessions in which somebody waits, from a date on. */
export async function awaitedSessions(ctx: Ctx, from: CivilDate): Promise<string[]> {
  const rows = await ctx.store.db
    .selectFrom('booking')
    .innerJoin('session', 'session.id', 'booking.session')
    .select('session.id')
    .where('booking.status', '=', 'waiting')
    .where('session.date', '>=', from)
    .distinct()
    .orderBy('session.id')
    .execute()
  return rows.map((row) => row.id)
}

/** Who waits in a session, in their turn. */
export async function waitingIn(ctx: Ctx, session: string): Promise<BookingRow[]> {
  return queueOf(ctx, session).selectAll().execute()
}

/** The offers and requests whose time ended by the instant `now`, the longest over first. */
export async function expiredOffers(ctx: Ctx, now: Instant): Promise<string[]> {
  const rows = await ctx.store.db
    .selectFrom('booking')
    .select('id')
    .where('status', 'in', ['offered', 'requested'])
    .where('offer_expires_at', '<=', now)
    .orderBy('offer_expires_at')
    .execute()
  return rows.map((row) => row.id)
}

/** Who has a place on a date and an e-mail, was last told before an instant, and was not reminded of that date yet. */
export async function toBeReminded(
  ctx: Ctx,
  date: CivilDate,
  before: Instant,
): Promise<Pick<BookingRow, 'id' | 'sequence' | 'locale'>[]> {
  const { db } = ctx.store
  const sessions = db.selectFrom('session').select('session.id').where('date', '=', date)
  const reminded = db
    .selectFrom('outbox')
    .select('outbox.id')
    .where('outbox.booking', '=', sql.ref<string>('booking.id'))
    .where('outbox.kind', '=', 'reminder')
    .where('outbox.turn', '=', date)
  return db
    .selectFrom('booking')
    .select(['id', 'sequence', 'locale'])
    .where('session', 'in', sessions.where('session.state', '=', 'published'))
    .where('status', '=', 'booked')
    .where('email', 'is not', null)
    .where('updated_at', '<', before)
    .where(({ not, exists }) => not(exists(reminded)))
    .orderBy('id')
    .execute()
}

/** Who had a place from a date to another (both included) and has an e-mail, and was not asked what they thought of it yet. */
export async function toBeSurveyed(
  ctx: Ctx,
  from: CivilDate,
  to: CivilDate,
): Promise<Pick<BookingRow, 'id' | 'sequence' | 'locale'>[]> {
  const { db } = ctx.store
  const sessions = db.selectFrom('session').select('session.id').where('date', '>=', from).where('date', '<=', to)
  const asked = db
    .selectFrom('outbox')
    .select('outbox.id')
    .where('outbox.booking', '=', sql.ref<string>('booking.id'))
    .where('outbox.kind', '=', 'survey')
  return db
    .selectFrom('booking')
    .select(['id', 'sequence', 'locale'])
    .where('session', 'in', sessions.where('session.state', '=', 'published').where('starts_at', 'is not', null))
    .where('status', 'in', ['booked', 'attended'])
    .where('email', 'is not', null)
    .where('surveyed', '=', 0)
    .where(({ not, exists }) => not(exists(asked)))
    .orderBy('id')
    .execute()
}

/** Which answers to the survey are asked for; `month` is the session's, `YYYY-MM`. */
export type SurveyFilter = { programme?: string; prefecture?: string; month?: string }

function answersOf({ programme, prefecture, month }: SurveyFilter) {
  return (eb: ExpressionBuilder<Schema, 'survey_answer'>) =>
    eb.and([
      ...(programme === undefined ? [] : [eb('programme', '=', programme)]),
      ...(prefecture === undefined ? [] : [eb('prefecture', '=', prefecture)]),
      ...(month === undefined ? [] : [eb('month', '=', month)]),
    ])
}

/** The figures of the survey, or null where fewer than three have answered. One query. */
export async function surveyFigures(ctx: Ctx, filter: SurveyFilter = {}): Promise<SurveyFigures | null> {
  const rows = await ctx.store.db
    .selectFrom('survey_answer')
    .select(['satisfaction', 'understood', 'recommend', 'telework'])
    .select((eb) => eb.fn.countAll<number | string>().as('answers'))
    .where(answersOf(filter))
    .groupBy(['satisfaction', 'understood', 'recommend', 'telework'])
    .execute()
  return figuresOf(rows.map((row) => ({ ...row, answers: Number(row.answers) })))
}

/** What people wrote in the survey, in an order that tells nothing; empty where fewer than three have answered. */
export async function surveyComments(ctx: Ctx, filter: SurveyFilter = {}): Promise<string[]> {
  const rows = await ctx.store.db
    .selectFrom('survey_answer')
    .select('comment')
    .where(answersOf(filter))
    .orderBy('comment')
    .execute()
  return rows.length < FEWEST_ANSWERS ? [] : rows.map((row) => row.comment).filter((comment) => comment !== '')
}

/** Somebody who has to be called: what about, and how to reach them. */
export type Call = Pick<BookingRow, 'number' | 'company' | 'name' | 'name_kana' | 'phone' | 'session' | 'status'> &
  Pick<OutboxRow, 'id' | 'kind' | 'created_at'> & { prefecture: string; date: CivilDate | null; title_ja: string }

/** Only rows of the prefectures that the asker may read. */
function within(codes: readonly string[] | null) {
  return ({ eb, lit }: ExpressionBuilder<Schema, 'session'>) =>
    codes === null ? eb(lit(1), '=', lit(1)) : eb('session.prefecture', 'in', codes.length > 0 ? codes : [''])
}

/**
 * Who has no e-mail and was not told by telephone yet of what happened, the longest ago first; of the prefectures that the
 * asker may read. One query.
 */
export async function callList(ctx: Ctx): Promise<Call[]> {
  return ctx.store.db
    .selectFrom('outbox')
    .innerJoin('booking', 'booking.id', 'outbox.booking')
    .innerJoin('session', 'session.id', 'booking.session')
    .select(['outbox.id', 'outbox.kind', 'outbox.created_at', 'session.prefecture', 'session.date', 'session.title_ja'])
    .select(['booking.number', 'booking.company', 'booking.name', 'booking.name_kana', 'booking.phone'])
    .select(['booking.session', 'booking.status'])
    .where('outbox.way', '=', 'phone')
    .where('outbox.state', '=', 'waiting')
    .where(within(reach(ctx.actor)))
    .orderBy('outbox.due_at')
    .orderBy('outbox.id')
    .execute()
}

/** Somebody whom a change of their session concerns. */
export type Concerned = Pick<
  BookingRow,
  'id' | 'number' | 'session' | 'status' | 'seats' | 'email' | 'company' | 'name' | 'phone'
>

/** Who would be told of a change of these sessions: whose booking is still live, in these formats where given. */
export async function concerned(
  ctx: Ctx,
  sessions: readonly string[],
  formats?: readonly Format[],
): Promise<Concerned[]> {
  const found: Concerned[] = []
  for (const session of sessions) {
    const live = ctx.store.db
      .selectFrom('booking')
      .select(['id', 'number', 'session', 'status', 'seats', 'email', 'company', 'name', 'phone'])
      .where('session', '=', session)
      .where('status', 'in', LIVE)
    found.push(...(await (formats ? live.where('format', 'in', formats) : live).orderBy('number').execute()))
  }
  return found
}

/** The draw of a session, or undefined before it. */
export async function drawOf(ctx: Ctx, session: string): Promise<DrawRow | undefined> {
  return ctx.store.db.selectFrom('draw').selectAll().where('session', '=', session).executeTakeFirst()
}

/** The entries of a lottery, and who withdrew once drawn; `first` who had no other place in the programme yet. */
export async function entriesOf(ctx: Ctx, session: Session): Promise<{ id: string; number: string; first: boolean }[]> {
  const { db } = ctx.store
  const before = db
    .selectFrom('booking as other')
    .select('other.id')
    .where('other.person_key', '=', sql.ref<string>('booking.person_key'))
    .where('other.programme', '=', session.programme.id)
    .where('other.status', 'in', ['booked', 'attended', 'absent'])
  const rows = await db
    .selectFrom('booking')
    .select(['id', 'number'])
    .select(({ exists }) => exists(before).as('returning'))
    .where('session', '=', session.id)
    .where((eb) => eb.or([eb('status', '=', 'waiting'), eb('draw_order', 'is not', null)]))
    .orderBy('number')
    .execute()
  return rows.map(({ id, number, returning }) => ({ id, number, first: !returning }))
}

/** The next entry in the order of the draw whose result was not told yet. */
export async function undecidedEntry(ctx: Ctx, session: string): Promise<BookingRow | undefined> {
  return queueOf(ctx, session)
    .selectAll()
    .where('draw_order', 'is not', null)
    .where('drawn', 'is', null)
    .limit(1)
    .executeTakeFirst()
}

/** The interest whose link carries this token, with its session, or undefined. */
export async function interestByToken(ctx: Ctx, token: string): Promise<Interest | undefined> {
  const { db } = ctx.store
  const row = await db
    .selectFrom('interest')
    .selectAll()
    .where('token_hash', '=', await sha256(token))
    .executeTakeFirst()
  const session = row && (await sessionById(ctx, row.session))
  return row && session && { ...row, session_view: session }
}

/** One interest with its session, or undefined. */
export async function interestById(ctx: Ctx, id: string): Promise<Interest | undefined> {
  const row = await ctx.store.db.selectFrom('interest').selectAll().where('id', '=', id).executeTakeFirst()
  const session = row && (await sessionById(ctx, row.session))
  return row && session && { ...row, session_view: session }
}

/** Who asked to be told of a session and confirmed their address. */
export async function confirmedInterests(ctx: Ctx, session: string): Promise<Pick<InterestRow, 'id'>[]> {
  const { db } = ctx.store
  return db
    .selectFrom('interest')
    .select('id')
    .where('session', '=', session)
    .where('state', '=', 'confirmed')
    .execute()
}

/** Who is still to be told that the session they asked about has its hours, with when it opens to everybody. */
export async function settledInterests(
  ctx: Ctx,
): Promise<(Pick<InterestRow, 'id' | 'locale'> & { opens_at: Instant })[]> {
  return ctx.store.db
    .selectFrom('interest')
    .innerJoin('session', 'session.id', 'interest.session')
    .select(['interest.id', 'interest.locale', 'session.opens_at'])
    .where('interest.state', '=', 'confirmed')
    .where('session.starts_at', 'is not', null)
    .where('session.state', '=', 'published')
    .orderBy('interest.id')
    .limit(500)
    .execute()
}

/** A place that is held for somebody until a moment: an offer, or a request that the desk is to answer. */
export type Pending = Pick<BookingRow, 'id' | 'number' | 'status' | 'company' | 'name' | 'phone' | 'session'> & {
  offer_expires_at: Instant | null
  date: CivilDate | null
}

/** Offers and requests that are still open, the soonest over first; of the prefectures that the asker may read. One query. */
export async function pending(ctx: Ctx): Promise<Pending[]> {
  return ctx.store.db
    .selectFrom('booking')
    .innerJoin('session', 'session.id', 'booking.session')
    .select(['booking.id', 'booking.number', 'booking.status', 'booking.company', 'booking.name', 'booking.phone'])
    .select(['booking.session', 'booking.offer_expires_at', 'session.date'])
    .where('booking.status', 'in', ['offered', 'requested'])
    .where(within(reach(ctx.actor)))
    .orderBy('booking.offer_expires_at')
    .limit(50)
    .execute()
}

/** What happened to a booking: when, by whom (a part, or the name of an account), and what; the oldest first. */
export type HistoryLine = { at: Instant; act: string; by: string; detail: Record<string, unknown> }

/** What happened to a booking, from the journal. One query. */
export async function historyOf(ctx: Ctx, id: string): Promise<HistoryLine[]> {
  const rows = await ctx.store.db
    .selectFrom('journal')
    .leftJoin('account', 'account.id', 'journal.actor')
    .select(['journal.at', 'journal.act', 'journal.actor', 'journal.detail', 'account.name'])
    .where('journal.subject', '=', id)
    .orderBy('journal.at')
    .orderBy('journal.id')
    .execute()
  return rows.map(({ at, act, actor, name, detail }) => ({ at, act, by: name ?? actor, detail: JSON.parse(detail) }))
}
