import { sql } from 'kysely'
import { requireSystem } from '../base/actor.ts'
import { chunks } from '../base/chunks.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { queue, supersedeLetters } from '../store/outbox.ts'
import { isCommitted } from '../store/retry.ts'
import { orThrow } from '../store/store.ts'
import { endWrites } from './end.ts'
import { addressesToDelete, overInterests } from './queries.ts'

/** People per commit. */
const BATCH = 25

/** Deletes the addresses of people whose last letter has left, or who get none. */
async function deleteAddresses(ctx: Ctx): Promise<void> {
  for (const ids of chunks(await addressesToDelete(ctx), BATCH)) {
    orThrow(
      await ctx.store.commit(
        ctx.store.db
          .updateTable('interest')
          .set({ email: null, person_key: sql<string>`'ended:' || id`, updated_at: ctx.clock.now() })
          .where('id', 'in', ids)
          .where('state', '=', 'ended'),
      ),
    )
  }
}

/**
 * Ends the interests in sessions that are over, called off or skipped. People who wait for the date get one letter; if
 * the session is off also people who know it. The address is deleted after it, or a week after the session went off.
 * A few people per commit, at most 200 a call; the next call continues. For the clockwork. Returns how many ended.
 */
export async function endOverInterests(ctx: Ctx): Promise<Ok<{ ended: number }>> {
  requireSystem(ctx.actor)
  const rows = await overInterests(ctx, ctx.clock.now())
  let ended = 0
  for (const part of chunks(rows, BATCH)) {
    const ids = part.map(({ id }) => id)
    const told = part.filter((one) => one.told)
    const unknown = part.filter(({ state }) => state === 'asked').map(({ id }) => id)
    const done = await ctx.store.commit(
      supersedeLetters(ctx, 'interest', ids),
      ctx.store.db
        .updateTable('interest')
        .set({ state: 'ended', updated_at: ctx.clock.now() })
        .where('id', 'in', ids)
        .where('state', '<>', 'ended'),
      ...told.map(({ id, locale, sequence }) => queue(ctx, { kind: 'interest_over', subject: id, sequence, locale })),
      // Nobody confirmed these addresses: they do not stay.
      ...(unknown.length === 0 ? [] : endWrites(ctx, unknown)),
      ...ids.map((id) => note(ctx, 'interest.over', id)),
    )
    // Another process was faster with one of these: they are looked at again at the next tick.
    if (isCommitted(done, ['outbox_once'])) ended += part.length
  }
  await deleteAddresses(ctx)
  return ok({ ended })
}
