import { requireDesk } from '../base/actor.ts'
import { NotFound } from '../base/outcome.ts'
import { WEBHOOK_TYPES } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import type { Desk } from '../people/desk.ts'
import { allDesks } from '../people/queries.ts'
import { type KeepsNone, keptDesks } from '../planning/desks/kept.ts'
import type { WebhookDeliveryRow, WebhookRow } from '../store/schema.ts'
import { mayKeepOf, requireKeeperOf, type Webhook } from './webhook.ts'

function webhookOf(row: WebhookRow, desks: readonly Desk[], now: string): Webhook {
  const { id, url, state, answered_at, revision, before_until } = row
  return {
    id,
    url,
    state,
    answered_at,
    revision,
    desk: desks.find((one) => one.id === row.desk) ?? null,
    types: WEBHOOK_TYPES.filter((type) => row.types.includes(`,${type},`)),
    bothUntil: before_until !== null && now < before_until ? before_until : null,
  }
}

/** The webhooks that the actor may keep, the newest first, each with how many deliveries failed. Throws `Forbidden`. */
export async function webhooks(ctx: Ctx): Promise<(Webhook & { failed: number })[]> {
  requireDesk(ctx.actor)
  const rows = await ctx.store.db
    .selectFrom('webhook')
    .selectAll('webhook')
    .select((eb) =>
      eb
        .selectFrom('webhook_delivery')
        .select((of) => of.fn.countAll<number | string>().as('failed'))
        .whereRef('webhook_delivery.webhook', '=', 'webhook.id')
        .where('webhook_delivery.state', '=', 'failed')
        .$asScalar()
        .as('failed'),
    )
    .orderBy('webhook.id', 'desc')
    .execute()
  const desks = await allDesks(ctx)
  return rows
    .map((row) => ({ ...webhookOf(row, desks, ctx.clock.now()), failed: Number(row.failed) }))
    .filter(({ desk }) => mayKeepOf(ctx.actor, desk))
}

/** The desks for which the actor may keep webhooks, and whether also for all together. `none`: why for nothing at all. */
export async function choices(ctx: Ctx): Promise<{ desks: Desk[]; all: boolean; none: KeepsNone | null }> {
  const { desks, none } = await keptDesks(ctx)
  const all = mayKeepOf(ctx.actor, null)
  return { desks, all, none: all ? null : none }
}

/** A webhook with its row, for people who may keep it. Throws `NotFound`, `Forbidden`. */
export async function keptWebhook(ctx: Ctx, id: string): Promise<{ webhook: Webhook; row: WebhookRow }> {
  const row = await ctx.store.db.selectFrom('webhook').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) throw new NotFound('webhook')
  const webhook = webhookOf(row, await allDesks(ctx), ctx.clock.now())
  requireKeeperOf(ctx.actor, webhook.desk)
  return { webhook, row }
}

/** How many deliveries a page has. */
const PAGE = 50

/** A page of what a webhook was to hear, the newest first, and whether there are more. For people who may keep it. */
export async function deliveriesOf(
  ctx: Ctx,
  { id, desk }: Pick<Webhook, 'id' | 'desk'>,
  page = 1,
): Promise<{ deliveries: WebhookDeliveryRow[]; more: boolean }> {
  requireKeeperOf(ctx.actor, desk)
  const found = await ctx.store.db
    .selectFrom('webhook_delivery')
    .selectAll()
    .where('webhook', '=', id)
    .orderBy('id', 'desc') // ids begin with the moment they were made at
    .limit(PAGE + 1)
    .offset((page - 1) * PAGE)
    .execute()
  return { deliveries: found.slice(0, PAGE), more: found.length > PAGE }
}
