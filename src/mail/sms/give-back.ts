import { requireSystem } from '../../base/actor.ts'
import type { Ctx } from '../../context.ts'
import { orThrow } from '../../store/store.ts'

/**
 * Makes calls of the short messages that did not leave, if there is no gateway any more. For the clockwork. Idempotent.
 */
export async function giveBackSms(ctx: Ctx): Promise<void> {
  requireSystem(ctx.actor)
  if (ctx.config.smsUrl !== null) return
  const { db } = ctx.store
  const open = db
    .selectFrom('outbox')
    .select('id')
    .where('channel', '=', 'sms')
    .where('state', 'in', ['waiting', 'claimed'])
  if (!(await open.limit(1).executeTakeFirst())) return
  const now = ctx.clock.now()
  orThrow(
    await ctx.store.commit(
      db
        .updateTable('outbox')
        .set({ channel: 'phone', state: 'waiting', attempts: 0, due_at: now, claimed_by: null, claimed_until: null })
        .where('channel', '=', 'sms')
        .where('state', 'in', ['waiting', 'claimed']),
    ),
  )
}
