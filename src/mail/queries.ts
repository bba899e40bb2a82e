import { sql } from 'kysely'
import type { CivilDate } from '../base/japan/civil.ts'
import type { Ctx } from '../context.ts'
import { withinReach } from '../store/reach.ts'
import type { OutboxRow } from '../store/schema.ts'

/** A letter as the list at `/desk/letters` shows it; the letter itself is written by `letterOf` when it is opened. */
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

/** The filter of the list of letters: by default those of sessions since a date. */
export type LetterFilter = { state?: OutboxRow['state'] | undefined } & ({ booking: string } | { since: CivilDate })

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

/**
 * Letters about bookings of the prefectures that the actor may read, the newest first. Returns a page of fifty, and whether
 * there are more. One query.
 */
export async function deskLetters(
  ctx: Ctx,
  filter: LetterFilter,
  page = 1,
): Promise<{ letters: LetterLine[]; more: boolean }> {
  let query = readable(ctx)
    .select(['outbox.id', 'outbox.kind', 'outbox.locale', 'outbox.state', 'outbox.attempts'])
    .select(['outbox.fault', 'outbox.created_at', 'outbox.due_at', 'outbox.sent_at'])
    .select(['booking.number', 'booking.company'])
  if (filter.state) query = query.where('outbox.state', '=', filter.state)
  query =
    'booking' in filter
      ? query.where('booking.id', '=', filter.booking)
      : query.where('session.date', '>=', filter.since)
  const found = await query
    .orderBy('outbox.id', 'desc') // ids begin with the moment they were made at
    .limit(LETTERS_PAGE + 1)
    .offset((page - 1) * LETTERS_PAGE)
    .execute()
  return { letters: found.slice(0, LETTERS_PAGE), more: found.length > LETTERS_PAGE }
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
