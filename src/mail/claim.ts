import type { ExpressionBuilder } from 'kysely'
import { type Instant, plusMinutes } from '../base/clock.ts'
import { PROMISES } from '../base/letters.ts'
import { OVER } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import type { OutboxRow, Schema } from '../store/schema.ts'
import { SEND_WITHIN } from './mailer.ts'

/** Minutes a claim holds: longer than any attempt to send can take. */
const LEASE = 5 + SEND_WITHIN / 60

type Outbox = ExpressionBuilder<Schema, 'outbox'>

/** Due and nobody's, or its claim has run out. The states stand alone first: by them an index finds the few among the many sent. */
function isFree(now: Instant) {
  return (eb: Outbox) =>
    eb.and([
      eb('outbox.channel', '=', 'mail'),
      eb('outbox.state', 'in', ['waiting', 'claimed']),
      eb.or([
        eb.and([eb('outbox.state', '=', 'waiting'), eb('outbox.due_at', '<=', now)]),
        eb.and([eb('outbox.state', '=', 'claimed'), eb('outbox.claimed_until', '<=', now)]),
      ]),
    ])
}

/** No earlier letter of the same booking is still to be sent: letters arrive in the order things happened. */
function isNext(eb: Outbox) {
  const earlier = eb
    .selectFrom('outbox as earlier')
    .select('earlier.id')
    .whereRef('earlier.subject', '=', 'outbox.subject')
    .where('earlier.about', '=', 'booking')
    .where('earlier.channel', '=', 'mail')
    .where('earlier.state', 'in', ['waiting', 'claimed'])
    .where((one) =>
      one(
        one.refTuple('earlier.sequence', 'earlier.created_at', 'earlier.id'),
        '<',
        one.refTuple('outbox.sequence', 'outbox.created_at', 'outbox.id'),
      ),
    )
  return eb.not(eb.exists(earlier))
}

/** The letters that may be sent now, the longest due first, at most one of each booking. */
export function freeLetters(ctx: Ctx, limit: number): Promise<OutboxRow[]> {
  return ctx.store.db
    .selectFrom('outbox')
    .selectAll()
    .where(isFree(ctx.clock.now()))
    .where(isNext)
    .orderBy('due_at')
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Takes a letter, or null where another sender was faster: `attempts` tells whether the row is still as it was read. */
export async function claim(ctx: Ctx, row: OutboxRow, owner: string): Promise<OutboxRow | null> {
  const now = ctx.clock.now()
  const taken = {
    state: 'claimed' as const,
    claimed_by: owner,
    claimed_until: plusMinutes(now, LEASE),
    attempts: row.attempts + 1,
    updated_at: now,
  }
  const done = await ctx.store.commit(
    ctx.store.db
      .updateTable('outbox')
      .set(taken)
      .where('id', '=', row.id)
      .where('attempts', '=', row.attempts)
      .where(isFree(now)),
  )
  return done.ok && done.changed[0] === 1 ? { ...row, ...taken } : null
}

/** Gives a claimed letter back with what became of it, unless the claim has run out and it is somebody else's by now. */
export async function release(ctx: Ctx, row: OutboxRow, outcome: Partial<OutboxRow>): Promise<void> {
  await ctx.store.commit(
    ctx.store.db
      .updateTable('outbox')
      .set({ ...outcome, claimed_by: null, claimed_until: null, updated_at: ctx.clock.now() })
      .where('id', '=', row.id)
      .where('state', '=', 'claimed')
      .where('claimed_by', '=', row.claimed_by)
      .where('attempts', '=', row.attempts),
  )
}

/** Takes back promises that a cancellation has overtaken, so that its letter need not wait for them. How many. */
export async function supersede(ctx: Ctx): Promise<number> {
  const over = ctx.store.db.selectFrom('booking').select('booking.id').where('booking.status', 'in', OVER)
  const done = await ctx.store.commit(
    ctx.store.db
      .updateTable('outbox')
      .set({ state: 'superseded', updated_at: ctx.clock.now() })
      .where('channel', 'in', ['mail', 'phone'])
      .where('kind', 'in', PROMISES)
      .where('state', '=', 'waiting')
      .where((eb) => eb.exists(over.whereRef('booking.id', '=', eb.ref('outbox.subject')))),
  )
  return done.ok ? (done.changed[0] ?? 0) : 0
}
