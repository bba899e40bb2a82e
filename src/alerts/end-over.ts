import { sql } from 'kysely'
import { requireSystem } from '../base/actor.ts'
import { chunks } from '../base/chunks.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { queue, supersedeLetters } from '../store/outbox.ts'
import { isCommitted } from '../store/retry.ts'
import { orThrow } from '../store/store.ts'
import { endAlertWrites } from './end.ts'
import { alertAddressesToDelete, alertsToEnd } from './queries.ts'

/** People per commit. */
const BATCH = 25

/** Deletes the addresses of people whose last letter has left. */
async function deleteAddresses(ctx: Ctx): Promise<void> {
  for (const ids of chunks(await alertAddressesToDelete(ctx), BATCH)) {
    orThrow(
      await ctx.store.commit(
        ctx.store.db
          .updateTable('alert')
          .set({ email: null, person_key: sql<string>`'ended:' || id`, updated_at: ctx.clock.now() })
          .where('id', 'in', ids)
          .where('state', '=', 'ended'),
      ),
    )
  }
}

/**
 * Ends the alerts whose last day is over, by a letter. Ends those that nobody confirmed within a week without one. Their
 * addresses are deleted after it. A few people per commit; the next call continues. For the clockwork. Returns how many
 * ended.
 */
export async function endOverAlerts(ctx: Ctx): Promise<Ok<{ ended: number }>> {
  requireSystem(ctx.actor)
  let ended = 0
  for (const part of chunks(await alertsToEnd(ctx), BATCH)) {
    const told = part.filter(({ state }) => state === 'confirmed')
    const unknown = part.filter(({ state }) => state === 'asked').map(({ id }) => id)
    const ids = told.map(({ id }) => id)
    const done = await ctx.store.commit(
      ...(ids.length === 0
        ? []
        : [
            supersedeLetters(ctx, 'alert', ids),
            ctx.store.db
              .updateTable('alert')
              .set({ state: 'ended', updated_at: ctx.clock.now() })
              .where('id', 'in', ids)
              .where('state', '=', 'confirmed'),
          ]),
      ...told.map(({ id, locale }) => queue(ctx, { kind: 'alert_over', subject: id, sequence: 0, locale })),
      ...(unknown.length === 0 ? [] : endAlertWrites(ctx, unknown)),
      ...part.map(({ id }) => note(ctx, 'alert.over', id)),
    )
    // Another process was faster with one of these: they are looked at again at the next tick.
    if (isCommitted(done, ['outbox_once'])) ended += part.length
  }
  await deleteAddresses(ctx)
  return ok({ ended })
}
