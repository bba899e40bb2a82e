import { sql } from 'kysely'
import { Forbidden, requireReader, visiblePrefectures } from '../base/actor.ts'
import { plusMinutes } from '../base/clock.ts'
import type { Locale } from '../base/locale.ts'
import { NotFound } from '../base/outcome.ts'
import { wantsMessages } from '../booking/queries.ts'
import type { Ctx } from '../context.ts'
import type { MessageRow, OutboxRow } from '../store/schema.ts'
import { type MessageTexts, messageMark } from './message.ts'

/** The words of a message, and the language that they are in. */
export type MessageWords = { subject: string; body: string; locale: Locale }

/** The words for a reader of this language. The Japanese ones if it has no others. */
export function saidIn(locale: Locale, { subject_ja, body_ja, subject_en, body_en }: MessageTexts): MessageWords {
  const own = locale === 'en' && subject_en !== null && body_en !== null
  return own
    ? { subject: subject_en, body: body_en, locale: 'en' }
    : { subject: subject_ja, body: body_ja, locale: 'ja' }
}

/** The message that a row of the outbox is of, by its `before`. Undefined for rows of other letters. */
export async function messageOf(
  ctx: Pick<Ctx, 'store'>,
  { kind, before }: Pick<OutboxRow, 'kind' | 'before'>,
): Promise<MessageRow | undefined> {
  if (kind !== 'message' || before === null) return undefined
  const { message = '' } = JSON.parse(before) as { message?: string }
  return ctx.store.db.selectFrom('message').selectAll().where('id', '=', message).executeTakeFirst()
}

/** Whether the holder of a booking gets messages. One query. */
export async function getsMessages(ctx: Pick<Ctx, 'store'>, booking: string): Promise<boolean> {
  return (await gettingMessages(ctx, [booking])).has(booking)
}

/** Those of these bookings whose holders get messages, a hundred at most. One query. */
export async function gettingMessages(ctx: Pick<Ctx, 'store'>, bookings: readonly string[]): Promise<Set<string>> {
  if (bookings.length === 0) return new Set()
  const found = await ctx.store.db
    .selectFrom('booking')
    .select('booking.id')
    .where('booking.id', 'in', bookings)
    .where(wantsMessages)
    .execute()
  return new Set(found.map(({ id }) => id))
}

/** A message, for readers of one of its prefectures. Throws `NotFound`, `Forbidden`. */
export async function requireMessage(ctx: Ctx, id: string): Promise<MessageRow> {
  const row = await ctx.store.db.selectFrom('message').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new NotFound('message')
  if (!isVisible(ctx, row)) requireReader(ctx.actor, row.prefectures.split(',')[0] ?? '')
  return row
}

function isVisible({ actor }: Ctx, { prefectures }: MessageRow): boolean {
  const codes = visiblePrefectures(actor)
  return codes === null || prefectures.split(',').some((code) => codes.includes(code))
}

/** The most messages of the list. */
const LISTED = 100

/** The newest hundred messages to people of prefectures that the actor may read, the newest first. One query. */
export async function messages(ctx: Ctx): Promise<MessageRow[]> {
  const codes = visiblePrefectures(ctx.actor)
  if (codes?.length === 0) throw new Forbidden('only for staff who read')
  const all = ctx.store.db.selectFrom('message').selectAll()
  const readable = codes
    ? all.where((eb) => eb.or(codes.map((code) => eb('prefectures', 'like', sql.lit(`%${code}%`)))))
    : all
  return readable.orderBy('id', 'desc').limit(LISTED).execute()
}

/**
 * How far a message is. `kept`: letters that no mail server takes, because there is none. `withheld`: people who left or
 * refused meanwhile. `lately`: the letters of the last minute.
 */
export type Progress = {
  letters: Record<'sent' | 'kept' | 'waiting' | 'failed' | 'withheld', number>
  calls: Record<'made' | 'waiting', number>
  lately: number
}

/** How many letters and calls of a message are done. Two queries; an index serves them. */
export async function progressOf(ctx: Ctx, id: string): Promise<Progress> {
  const of = ctx.store.db
    .selectFrom('outbox')
    // The literal is the condition of the index `outbox_of_message`.
    .where('kind', '=', sql.lit('message' as const))
    .where('before', '=', messageMark(id))
  const rows = await of
    .select(['channel', 'state', (eb) => eb.fn.countAll<number | string>().as('many')])
    .groupBy(['channel', 'state'])
    .execute()
  const { lately } = await of
    .where('channel', '=', 'mail')
    .where('state', '=', 'sent')
    .where('sent_at', '>', plusMinutes(ctx.clock.now(), -1))
    .select((eb) => eb.fn.countAll<number | string>().as('lately'))
    .executeTakeFirstOrThrow()
  const count = (channel: OutboxRow['channel'], ...states: OutboxRow['state'][]) =>
    rows
      .filter((row) => row.channel === channel && states.includes(row.state))
      .reduce((sum, { many }) => sum + Number(many), 0)
  return {
    letters: {
      sent: count('mail', 'sent'),
      kept: count('mail', 'kept'),
      waiting: count('mail', 'waiting', 'claimed'),
      failed: count('mail', 'failed'),
      withheld: count('mail', 'superseded'),
    },
    calls: { made: count('phone', 'sent'), waiting: count('phone', 'waiting') },
    lately: Number(lately),
  }
}
