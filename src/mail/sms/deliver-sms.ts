import { sql } from 'kysely'
import { requireSystem } from '../../base/actor.ts'
import { plusMinutes } from '../../base/clock.ts'
import { CHANGES } from '../../base/letters.ts'
import type { Ctx } from '../../context.ts'
import type { OutboxRow } from '../../store/schema.ts'
import { orThrow } from '../../store/store.ts'
import { isOfferTime } from '../../waitlist/offer-hours.ts'
import { claim, release, toCall, unwritten, whileClaimed } from '../claim.ts'
import { smsOf } from '../write.ts'
import type { SmsSender } from './sms.ts'

/** The most short messages of a round. */
const ROUND = 50

/** Minutes to wait after the first and the second failure. After the third the person is called. */
const PAUSES = [2, 10]

/** What came of a round. `called`: people whom a desk calls instead. */
export type SmsDelivered = Record<'sent' | 'waiting' | 'called' | 'superseded', number>

/**
 * Makes short messages of calls to people who agreed to them. These are reminders and changes of bookings that have a
 * mobile telephone and no e-mail address. Leaves calls that a desk has tried, and those that could not be sent.
 */
async function takeOver(ctx: Ctx): Promise<void> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const agreed = db
    .selectFrom('booking')
    .select('booking.id')
    .where('booking.sms', '=', 1)
    .where('booking.email', 'is', null)
    // As `isMobile` of base/japan/phone.ts: 0800 is no mobile telephone.
    .where(sql<string>`substr(booking.phone_digits, 1, 3)`, 'in', ['070', '080', '090'])
    .where(sql<string>`substr(booking.phone_digits, 4, 1)`, '<>', '0')
    .where(sql<number>`length(booking.phone_digits)`, '=', 11)
  orThrow(
    await ctx.store.commit(
      db
        .updateTable('outbox')
        .set({ channel: 'sms', due_at: now, updated_at: now })
        .where('about', '=', 'booking')
        .where('channel', '=', 'phone')
        .where('state', '=', 'waiting')
        .where('attempts', '=', 0)
        .where('fault', 'is', null)
        .where('kind', 'in', ['reminder', ...CHANGES])
        .where('subject', 'in', agreed),
    ),
  )
}

/** The oldest short messages that may be sent now. */
async function freeSms(ctx: Ctx): Promise<OutboxRow[]> {
  const now = ctx.clock.now()
  return ctx.store.db
    .selectFrom('outbox')
    .selectAll()
    .where('channel', '=', 'sms')
    .where((eb) =>
      eb.or([
        eb.and([eb('state', '=', 'waiting'), eb('due_at', '<=', now)]),
        eb.and([eb('state', '=', 'claimed'), eb('claimed_until', '<=', now)]),
      ]),
    )
    .orderBy('sequence')
    .orderBy('id')
    .limit(ROUND)
    .execute()
}

/**
 * Sends the short messages that are due, as `owner`, in the hours of OFFER_HOURS: nobody is woken by one. What is about to
 * be a call becomes a short message first. What the gateway refuses, or three attempts could not send, is a call again. A
 * message is claimed as a letter is: it may be repeated, but never lost. Returns the counts. For the sender.
 */
export async function deliverSms(
  ctx: Ctx,
  sender: SmsSender,
  owner: string,
  { stop }: { stop?: AbortSignal } = {},
): Promise<SmsDelivered> {
  requireSystem(ctx.actor)
  const delivered: SmsDelivered = { sent: 0, waiting: 0, called: 0, superseded: 0 }
  if (!isOfferTime(ctx.config.offerHours, ctx.clock.now())) return delivered
  await takeOver(ctx)
  for (const row of await freeSms(ctx)) {
    if (stop?.aborted) break
    const mine = await claim(ctx, row, owner)
    if (!mine) continue
    const send = () => attempt(ctx, sender, mine).catch((error: unknown) => failed(ctx, mine, unwritten(error)))
    const { outcome, as } = await whileClaimed(ctx, [mine], send)
    await release(ctx, { row: mine, outcome })
    delivered[as]++
  }
  return delivered
}

/** What came of one short message. */
type Attempt = { outcome: Partial<OutboxRow>; as: keyof SmsDelivered }

/** A short message that was not sent waits for another try, or its person is called. */
function failed(ctx: Ctx, row: OutboxRow, { permanent, fault }: { permanent: boolean; fault: string }): Attempt {
  const pause = PAUSES[row.attempts - 1]
  if (permanent || pause === undefined) return { outcome: toCall(ctx, fault), as: 'called' }
  return { outcome: { state: 'waiting', due_at: plusMinutes(ctx.clock.now(), pause), fault }, as: 'waiting' }
}

/** Writes and sends one short message. */
async function attempt(ctx: Ctx, sender: SmsSender, row: OutboxRow): Promise<Attempt> {
  const sms = await smsOf(ctx, row)
  if (sms === 'overtaken') return { outcome: { state: 'superseded' }, as: 'superseded' }
  if (sms === 'unreachable') return { outcome: toCall(ctx, null), as: 'called' }
  const sent = await sender.send(sms)
  return sent.ok
    ? { outcome: { state: 'sent', sent_at: ctx.clock.now(), fault: null }, as: 'sent' }
    : failed(ctx, row, sent)
}
