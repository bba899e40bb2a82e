import type { ExpressionBuilder } from 'kysely'
import { type Instant, plusMinutes } from '../base/clock.ts'
import type { Ctx } from '../context.ts'
import type { Schema, WebhookDeliveryRow, WebhookRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'

/** Minutes a claim holds: longer than any attempt, so that nobody else tries meanwhile. */
const LEASE = 1

/** Due and unclaimed, or its claim has run out because its sender died. */
function isFree(now: Instant) {
  return (eb: ExpressionBuilder<Schema, 'webhook_delivery'>) =>
    eb.or([
      eb.and([eb('webhook_delivery.state', '=', 'waiting'), eb('webhook_delivery.due_at', '<=', now)]),
      eb.and([eb('webhook_delivery.state', '=', 'claimed'), eb('webhook_delivery.claimed_until', '<=', now)]),
    ])
}

/** The active webhooks for which a delivery is free now. */
export async function dueWebhooks(ctx: Ctx): Promise<string[]> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const free = db.selectFrom('webhook_delivery').select('webhook').where(isFree(now))
  const active = db.selectFrom('webhook').select('id').where('state', '=', 'active')
  const rows = await active.where('id', 'in', free).orderBy('id').execute()
  return rows.map(({ id }) => id)
}

/** A delivery that is claimed, with its webhook as it is now. */
export type Claimed = { delivery: WebhookDeliveryRow; webhook: WebhookRow }

/**
 * Claims the longest due delivery of a webhook. `attempts` shows whether the row is as it was read. Returns `busy` if
 * another sender was faster, null if none is free.
 */
export async function claimNext(ctx: Ctx, id: string, owner: string): Promise<Claimed | 'busy' | null> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const webhook = await db
    .selectFrom('webhook')
    .selectAll()
    .where('id', '=', id)
    .where('state', '=', 'active')
    .executeTakeFirst()
  const row =
    webhook &&
    (await db
      .selectFrom('webhook_delivery')
      .selectAll()
      .where('webhook', '=', id)
      .where(isFree(now))
      .orderBy('due_at')
      .orderBy('id')
      .limit(1)
      .executeTakeFirst())
  if (!webhook || !row) return null
  const held = { state: 'claimed' as const, claimed_by: owner, claimed_until: plusMinutes(now, LEASE), updated_at: now }
  const done = await ctx.store.commit(
    db
      .updateTable('webhook_delivery')
      .set({ ...held, attempts: row.attempts + 1 })
      .where('id', '=', row.id)
      .where('attempts', '=', row.attempts)
      .where(isFree(now)),
  )
  if (!done.ok || done.changed[0] !== 1) return 'busy'
  return { webhook, delivery: { ...row, ...held, attempts: row.attempts + 1 } }
}

/** The write of what became of a claimed delivery. Nothing if another sender has it by now. */
export function release(
  ctx: Pick<Ctx, 'store' | 'clock'>,
  { id, claimed_by, attempts }: WebhookDeliveryRow,
  set: Partial<WebhookDeliveryRow>,
): Write {
  return ctx.store.db
    .updateTable('webhook_delivery')
    .set({ ...set, claimed_by: null, claimed_until: null, updated_at: ctx.clock.now() })
    .where('id', '=', id)
    .where('state', '=', 'claimed')
    .where('claimed_by', '=', claimed_by)
    .where('attempts', '=', attempts)
}
