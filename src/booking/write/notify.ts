import { type Expression, type ExpressionBuilder, type OperandValueExpressionOrList, type SqlBool, sql } from 'kysely'
import { chunks } from '../../base/chunks.ts'
import { newId } from '../../base/id.ts'
import type { BookingLetterKind } from '../../base/letters.ts'
import type { BookingStatus, Format } from '../../base/vocabulary.ts'
import { capLetter } from '../../caps/letter.ts'
import type { Ctx } from '../../context.ts'
import { type Localized, type Session, withDay } from '../../schedule/session.ts'
import type { DetailOf } from '../../store/acts.ts'
import { undone } from '../../store/daily.ts'
import { noteAll } from '../../store/journal.ts'
import { letterState, QUEUED, queue } from '../../store/outbox.ts'
import { raised } from '../../store/raised.ts'
import type { BookingRow, OutboxRow, Schema } from '../../store/schema.ts'
import type { Write } from '../../store/store.ts'
import { text } from '../../store/text.ts'
import { type Booking, mayBecome, placeWas, wasText } from '../booking.ts'
import { inScope, wantsMessages } from '../queries.ts'

type Addressee = Pick<BookingRow, 'id' | 'sequence' | 'locale' | 'email'>

/** The bookings of which a write speaks. */
type Bookings = OperandValueExpressionOrList<Schema, 'outbox', 'subject'>

/** The condition of the calls to make about these bookings. Not messages: no letter of ours says what the desk wrote. */
const isToMake = (bookings: Bookings) => (eb: ExpressionBuilder<Schema, 'outbox'>) =>
  eb.and([
    eb('about', '=', 'booking'),
    eb('subject', 'in', bookings),
    eb('channel', 'in', ['phone', 'sms']),
    eb('state', '=', 'waiting'),
    eb('kind', '<>', 'message'),
  ])

/**
 * The writes that take the calls to make about these bookings off the call list: what follows says more. With `later`
 * only if that finds something. If what follows is taken back too, its reminder of today would be lost: reminders run
 * once more.
 */
export function overtakeCalls(ctx: Ctx, bookings: Bookings, later?: Expression<unknown>): Write[] {
  const { db } = ctx.store
  const calls = db.selectFrom('outbox').select('outbox.id').where(isToMake(bookings))
  return [
    undone(ctx, 'remind').where(({ exists }) => exists(calls)),
    db
      .updateTable('outbox')
      .set({ state: 'superseded', updated_at: ctx.clock.now() })
      .where(isToMake(bookings))
      .$if(later !== undefined, (found) => found.where(({ exists }) => exists(later ?? sql`select 1`))),
  ]
}

/**
 * The write for bookings that come back. Messages that were dropped when they ended are to be sent or called again.
 * Not to people who refused messages.
 */
export function messagesBack(ctx: Ctx, ids: Bookings): Write {
  const { db } = ctx.store
  const dropped = db
    .selectFrom('booking')
    .select('booking.id')
    .whereRef('booking.id', '=', sql.ref('outbox.subject'))
    .where(sql<SqlBool>`outbox.updated_at >= coalesce(booking.cancelled_at, booking.created_at)`)
    .where(wantsMessages)
  return db
    .updateTable('outbox')
    .set({
      state: sql<OutboxRow['state']>`case channel when 'mail' then ${text(letterState(ctx))} else 'waiting' end`,
      updated_at: ctx.clock.now(),
    })
    .where('about', '=', 'booking')
    .where('subject', 'in', ids)
    .where('kind', '=', 'message')
    .where('state', '=', 'superseded')
    .where(({ exists }) => exists(dropped))
}

/**
 * Notifies a holder of a change by somebody else: by letter, or on the call list without an e-mail. `before`: the booking
 * before the change, as `wasText`. `told`: a desk has told them already.
 */
export function notify(ctx: Ctx, booking: Addressee, kind: BookingLetterKind, before: string, told = false): Write[] {
  const { id, sequence, locale, email } = booking
  const letter = { kind, subject: id, sequence: sequence + 1, locale, before }
  return [...overtakeCalls(ctx, [id]), queue(ctx, email === null ? { ...letter, channel: 'phone', told } : letter)]
}

/**
 * Confirms a change that its holder or a desk asked for. Without an e-mail, the desk calls its holder. `told`: the
 * desk has told them already. A holder without an e-mail has read it on the page. Beyond the cap of its recipient the
 * letter is withheld.
 */
export async function confirm(ctx: Ctx, booking: Booking, kind: BookingLetterKind, told = false): Promise<Write[]> {
  const { id, sequence, locale, email, session } = booking
  const letter = { kind, subject: id, sequence: sequence + 1, locale, before: wasText(booking) }
  const confirmed =
    email !== null
      ? await capLetter(ctx, { email, session: session.id }, letter)
      : ctx.actor.kind === 'public'
        ? []
        : [queue(ctx, { ...letter, channel: 'phone', told })]
  return [...overtakeCalls(ctx, [id]), ...confirmed]
}

/** Acts on many bookings of one session at once. */
type ChangeAct =
  | ('booking.called_off' | 'booking.converted' | 'booking.meeting_told')
  | ('booking.postponed' | 'booking.relocated' | 'booking.rescheduled' | 'booking.restored' | 'booking.converted_back')

/** The start of `before`, with what differs between the bookings of a session. */
const beforeStart = sql`'{"status":"' || status || '","format":"' || format || '","seats":' || seats || ',"until":'
  || case when offer_expires_at is null then 'null' else '"' || offer_expires_at || '"' end || ',"drawn":'
  || case when drawn is null then 'null' else '"' || drawn || '"' end || ','`

/** What happens to many bookings of one session at once. */
export type Change = {
  /** The states, and formats if given, of the bookings concerned. The others stay unchanged and get no letter. */
  of: readonly BookingStatus[]
  formats?: readonly Format[]
  /** What they become. Or those that were called off get back their status, or those that were converted their form. */
  set: Partial<Pick<BookingRow, 'status' | 'ended' | 'format' | 'cancelled_at'>> | 'status_before' | 'format_before'
  kind: BookingLetterKind
  act: ChangeAct
  /** Why, in the words of this act. Its letters keep it, whatever happens to the session afterwards. */
  why?: Localized | null
}

/** The columns of a change. What goes is kept, so that it can be given back. */
function columnsOf(set: Change['set']) {
  if (set === 'status_before') {
    const status = sql.ref<BookingStatus>('status_before')
    return { status, status_before: null, ended: null, cancelled_at: null }
  }
  if (set === 'format_before') return { format: sql.ref<Format>('format_before'), format_before: null }
  return {
    ...set,
    ...(set.status && { status_before: sql.ref<BookingStatus>('status') }),
    ...(set.format && { format_before: sql<Format>`coalesce(format_before, format)` }),
  }
}

/**
 * The writes that change every booking concerned of a session and notify each once; SEQUENCE and revision rise. A
 * constant number of statements. What was before is kept for the letters. They take or free no place by themselves;
 * `withSeatRecount` does.
 */
export function notifyAll(ctx: Ctx, session: Session, change: Change): Write[] {
  const { db } = ctx.store
  const { of, formats, set, kind, act, why } = change
  const { status, format } = typeof set === 'string' ? {} : set
  if (status !== undefined && !of.every((from) => mayBecome(from, status))) {
    throw new Error(`bookings that are ${of.join(' or ')} become ${status}`)
  }
  const now = ctx.clock.now()
  const stamp = `${newId(now)}-`
  const detail: DetailOf<ChangeAct> = { session: session.id, ...(format && { format }) }
  const lost = typeof set === 'string' ? { lost: set } : {}
  const concerned = () => inScope(ctx, session.id, { of, ...(formats && { formats }), ...lost })
  const { date, starts_at: begins, ends_at: finishes } = withDay(session)
  const places = [...session.slots, { id: null, starts_at: begins, ends_at: finishes }]
  const letters = places.map(({ id, starts_at, ends_at }) => {
    const before = JSON.stringify({ date, starts_at, ends_at, ...placeWas(session), why }).slice(1)
    return db
      .insertInto('outbox')
      .columns(QUEUED)
      .expression(
        concerned()
          .where('slot', id === null ? 'is' : '=', id)
          .select([sql`${text(stamp)} || id`.as('id'), text(kind).as('kind')])
          .select([text('booking').as('about'), 'id as subject'])
          .select((eb) => eb('sequence', '+', 1).as('sequence'))
          .select([text('').as('dedupe_key'), 'locale'])
          .select(sql`case when email is null then 'phone' else 'mail' end`.as('channel'))
          .select(sql`case when email is null then 'waiting' else ${text(letterState(ctx))} end`.as('state'))
          .select([text(now).as('due_at'), sql.lit(0).as('attempts')])
          .select(sql`${beforeStart} || ${text(before)}`.as('before'))
          .select([text(now).as('created_at'), text(now).as('updated_at')]),
      )
  })
  const back = set === 'status_before' ? [messagesBack(ctx, concerned().select('id'))] : []
  const changed = db
    .updateTable('booking')
    .set({ ...columnsOf(set), ...raised(ctx) })
    .where('id', 'in', concerned().select('id'))
  const calls = overtakeCalls(ctx, concerned().select('id'))
  return [...back, ...calls, ...letters, noteAll(ctx, act, concerned(), detail, stamp), changed]
}

/** The ids of the bookings whose holders know already, as they were ticked on the page before an act. */
export function toldIn(given: unknown): string[] {
  const told: unknown[] = [Object(given).told].flat()
  return told.flatMap((id) => (typeof id === 'string' && /^[\w-]{1,64}$/.test(id) ? [id] : []))
}

/** Bookings in one statement: D1 binds at most 100 parameters. */
const PART = 80

/** The writes that mark the calls to those of `told` as made, as far as `narrowed` finds them. */
export function markTold(ctx: Ctx, told: readonly string[], narrowed: Expression<SqlBool>): Write[] {
  const now = ctx.clock.now()
  return chunks(told.filter(Boolean), PART).map((ids) =>
    ctx.store.db
      .updateTable('outbox')
      .set({ state: 'sent', sent_at: now, updated_at: now })
      .where('about', '=', 'booking')
      .where('channel', '=', 'phone')
      .where('state', '=', 'waiting')
      .where('subject', 'in', ids)
      .where(narrowed),
  )
}

/**
 * The writes that take those of `told` off the call list whom `notifyAll` of the same commit put there. Both have the same
 * instant (`atThisInstant`).
 */
export function toldWrites(ctx: Ctx, session: string, told: readonly string[]): Write[] {
  const now = ctx.clock.now()
  return markTold(
    ctx,
    told,
    sql<SqlBool>`kind <> 'message' and created_at = ${now}
      and subject in (select id from booking where session = ${session})`,
  )
}
