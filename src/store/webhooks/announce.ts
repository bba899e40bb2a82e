import { type RawBuilder, type SqlBool, sql } from 'kysely'
import { newId } from '../../base/id.ts'
import type { WebhookType } from '../../base/vocabulary.ts'
import type { WebhookDeliveryRow } from '../schema.ts'
import type { Write, Writer } from '../store.ts'
import { text } from '../text.ts'

/** The columns of a delivery that a query makes. The others are null. */
const QUEUED = [
  'id',
  'webhook',
  'type',
  'session',
  'sequence',
  'happened_at',
  'state',
  'due_at',
  'attempts',
  'updated_at',
] as const

/** One delivery for each active webhook and session that fits. Samples and the visits of experts are nobody else's. */
function deliveries(ctx: Pick<Writer, 'store' | 'clock'>, type: RawBuilder<WebhookType>, fits: RawBuilder<SqlBool>) {
  const now = ctx.clock.now()
  return ctx.store.db
    .insertInto('webhook_delivery')
    .columns(QUEUED)
    .expression((eb) =>
      eb
        .selectFrom('webhook')
        .innerJoin('session', (join) =>
          join.on((on) => on.or([on('webhook.desk', 'is', null), on('webhook.desk', '=', on.ref('session.desk'))])),
        )
        .select(sql<string>`${text(`${newId(now)}-`)} || webhook.id || '-' || session.id`.as('id'))
        .select(['webhook.id as webhook', type.as('type'), 'session.id as session', 'session.sequence'])
        .select([text(now).as('happened_at'), text('waiting').as('state'), text(now).as('due_at')])
        .select([sql.lit(0).as('attempts'), text(now).as('updated_at')])
        .where('webhook.state', '=', sql.lit('active' as const))
        .where(sql<SqlBool>`webhook.types like '%,' || ${type} || ',%'`)
        .where('session.sample', '=', sql.lit(0 as const))
        .where('session.request', 'is', null)
        .where(fits),
    )
}

/**
 * The write of what webhooks hear of one session: a delivery for each that wants this type. It belongs to the commit that
 * causes it.
 */
export function announce(ctx: Pick<Writer, 'store' | 'clock'>, type: WebhookType, session: string): Write {
  return deliveries(ctx, sql<WebhookType>`${text(type)}`, sql<SqlBool>`session.id = ${session}`)
}

/**
 * The write of what webhooks hear of every session that this commit made or changed. For acts on many. A session
 * that they heard of already, at its present SEQUENCE, is left out. So is one that was made and is not held.
 */
export function announceEach(ctx: Pick<Writer, 'store' | 'clock'>): Write {
  const now = text(ctx.clock.now())
  const isNew = sql<SqlBool>`session.sequence = 0 and session.created_at = ${now}`
  const type = sql<WebhookType>`case when ${isNew} then 'session.opened' else 'session.changed' end`
  const heard = sql<SqlBool>`exists (select 1 from webhook_delivery as heard where heard.webhook = webhook.id
    and heard.session = session.id and heard.sequence = session.sequence
    and heard.type not in ('session.full', 'session.free'))`
  const fits = sql<SqlBool>`session.updated_at = ${now} and not ${heard}
    and (session.state = 'published' or not (${isNew}))`
  return deliveries(ctx, type, fits)
}

/** What a delivery says, and of which session. */
export type Announced = Pick<WebhookDeliveryRow, 'id' | 'type' | 'session' | 'sequence' | 'happened_at'>
