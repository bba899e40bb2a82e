import { sql } from 'kysely'
import { addDays, type CivilDate, instantAt } from '../base/japan/civil.ts'
import type { BookingLetterKind } from '../base/letters.ts'
import type { Booking } from '../booking/booking.ts'
import { matches } from '../booking/ledger.ts'
import type { Ctx } from '../context.ts'
import { withinReach } from '../store/reach.ts'
import type { OutboxRow } from '../store/schema.ts'

/** A letter as the list at `/desk/outbox` shows it; the letter itself is written by `letterOf` when it is opened. */
export type LetterLine = Pick<
  OutboxRow,
  'id' | 'kind' | 'locale' | 'state' | 'attempts' | 'fault' | 'created_at' | 'due_at' | 'sent_at'
> & { number: string | null; company: string | null }

/** The newest letters first, without calls. One query. */
export async function letters(ctx: Ctx, limit = 100): Promise<LetterLine[]> {
  return ctx.store.db
    .selectFrom('outbox')
    .leftJoin('booking', 'booking.id', 'outbox.subject')
    .select(['outbox.id', 'outbox.kind', 'outbox.locale', 'outbox.state', 'outbox.attempts'])
    .select(['outbox.fault', 'outbox.created_at', 'outbox.due_at', 'outbox.sent_at'])
    .select(['booking.number', 'booking.company'])
    .where('outbox.channel', '=', 'mail')
    .orderBy('outbox.created_at', 'desc')
    .orderBy('outbox.id', 'desc')
    .limit(limit)
    .execute()
}

/** One row of the outbox, or undefined. */
export async function letterById(ctx: Ctx, id: string): Promise<OutboxRow | undefined> {
  return ctx.store.db.selectFrom('outbox').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The age in seconds of the oldest letter that is due and not sent. Null if there is none. */
export async function oldestUnsentSeconds(ctx: Ctx): Promise<number | null> {
  const now = ctx.clock.now()
  const oldest = await ctx.store.db
    .selectFrom('outbox')
    .select((eb) => eb.fn.min<string | null>('created_at').as('at'))
    .where('channel', '=', 'mail')
    .where('state', 'in', ['waiting', 'claimed'])
    .where((eb) => eb.or([eb('due_at', '<=', now), eb('attempts', '>', 0)]))
    .executeTakeFirst()
  const at = oldest?.at ?? null
  return at === null ? null : Math.max(0, Math.floor((Date.parse(now) - Date.parse(at)) / 1000))
}

/** The number of open letters by state: to be sent, being sent, given up. An index serves it. */
export async function lettersByState(ctx: Ctx): Promise<Record<'waiting' | 'claimed' | 'failed', number>> {
  const found = await ctx.store.db
    .selectFrom('outbox')
    .select(['state', (eb) => eb.fn.countAll<number | string>().as('letters')])
    .where('channel', '=', 'mail')
    .where('state', 'in', ['waiting', 'claimed', 'failed'])
    .groupBy('state')
    .execute()
  const none = { waiting: 0, claimed: 0, failed: 0 }
  return { ...none, ...Object.fromEntries(found.map((row) => [row.state, Number(row.letters)])) }
}

/** The filter of the list of letters. */
export type LetterFilter = {
  state?: OutboxRow['state'] | undefined
  kind?: BookingLetterKind | undefined
  /** The day in Japan on which the letter was written. */
  day?: CivilDate | undefined
  /** A search as that of the ledger: names, number, telephone, address. */
  text?: string | undefined
  /** Only letters about sessions since this day. */
  since: CivilDate
}

/** A delivery as a list of the console shows it. */
export type DeskLetterLine = Omit<LetterLine, 'number' | 'company'> &
  Pick<OutboxRow, 'channel' | 'sequence' | 'before' | 'dedupe_key'> & {
    booking: string
    session: string
    slot: string | null
    number: string
    company: string
    name: string
    prefecture: string
    /** The SEQUENCE of its booking now. */
    current: number
  }

/** The columns of a `DeskLetterLine`. */
const LINE = [
  'outbox.id',
  'outbox.kind',
  'outbox.locale',
  'outbox.state',
  'outbox.attempts',
  'outbox.fault',
  'outbox.created_at',
  'outbox.due_at',
  'outbox.sent_at',
  'outbox.channel',
  'outbox.sequence',
  'outbox.before',
  'outbox.dedupe_key',
  'booking.id as booking',
  'booking.session',
  'booking.slot',
  'booking.number',
  'booking.company',
  'booking.name',
  'booking.sequence as current',
  'session.prefecture',
] as const

/** Letters about bookings that the actor may read. */
function readable(ctx: Ctx) {
  return (
    ctx.store.db
      .selectFrom('session')
      .innerJoin('booking', 'booking.session', 'session.id')
      .innerJoin('outbox', 'outbox.subject', 'booking.id')
      .where('outbox.about', '=', 'booking')
      // Found by their bookings: most letters go by mail, so an index on the channel alone would not help.
      .where(sql<string>`outbox.channel || ''`, '=', 'mail')
      .where(withinReach(ctx, 'session.prefecture'))
  )
}

/** How many letters a page has. */
const LETTERS_PAGE = 50

/** A page of letters, and whether there are more. */
type LetterPage = { letters: DeskLetterLine[]; more: boolean }

const pageOf = (found: DeskLetterLine[]): LetterPage => ({
  letters: found.slice(0, LETTERS_PAGE),
  more: found.length > LETTERS_PAGE,
})

/**
 * Letters about bookings of the prefectures that the actor may read, the newest first. Returns a page of fifty, and whether
 * there are more. One query.
 */
export async function deskLetters(ctx: Ctx, filter: LetterFilter, page = 1): Promise<LetterPage> {
  const { state, kind, day, text, since } = filter
  let query = readable(ctx).select(LINE).where('session.date', '>=', since)
  if (state) query = query.where('outbox.state', '=', state)
  if (kind) query = query.where('outbox.kind', '=', kind)
  if (day) {
    query = query
      .where('outbox.created_at', '>=', instantAt(day, '00:00'))
      .where('outbox.created_at', '<', instantAt(addDays(day, 1), '00:00'))
  }
  if (text) query = query.where(matches(text) as never)
  const found = await query
    .orderBy('outbox.id', 'desc') // ids begin with the moment they were made at
    .limit(LETTERS_PAGE + 1)
    .offset((page - 1) * LETTERS_PAGE)
    .execute()
  return pageOf(found)
}

/** The bookings with the e-mail address of a booking, or with its telephone in whatever way it was typed. */
function ofSamePerson({ db }: Ctx['store'], id: string) {
  const one = db.selectFrom('booking as one').where('one.id', '=', id)
  const same = db.selectFrom('booking as same').select('same.id')
  return same
    .where('same.person_key', 'in', one.select('one.person_key'))
    .union(same.where('same.phone_digits', 'in', one.select('one.phone_digits').where('one.phone_digits', '<>', '')))
}

/**
 * All that left, or is to leave, for the person of a booking: of the same e-mail address or telephone. It has letters and
 * calls about all their bookings that the actor may read. The oldest first, or the newest. Returns a page of fifty, and
 * whether there are more. One query.
 */
export async function lettersToPerson(
  ctx: Ctx,
  { id }: Pick<Booking, 'id'>,
  { page = 1, newest = false }: { page?: number; newest?: boolean } = {},
): Promise<LetterPage> {
  const { db } = ctx.store
  const found = await db
    .selectFrom('booking')
    .innerJoin('session', 'session.id', 'booking.session')
    .innerJoin('outbox', 'outbox.subject', 'booking.id')
    .select(LINE)
    .where('booking.id', 'in', ofSamePerson(ctx.store, id))
    .where('outbox.about', 'in', ['booking', 'email_change'])
    .where(withinReach(ctx, 'session.prefecture'))
    .orderBy('outbox.id', newest ? 'desc' : 'asc')
    .limit(LETTERS_PAGE + 1)
    .offset((page - 1) * LETTERS_PAGE)
    .execute()
  return pageOf(found)
}

/** The number of failed letters about bookings that the actor may read, of sessions since a date. One query. */
export async function failedLetters(ctx: Ctx, since: CivilDate): Promise<number> {
  const found = await readable(ctx)
    .select((eb) => eb.fn.countAll<number | string>().as('letters'))
    .where('session.date', '>=', since)
    .where('outbox.state', '=', 'failed')
    .executeTakeFirstOrThrow()
  return Number(found.letters)
}
