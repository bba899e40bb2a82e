import { requireSystem } from '../base/actor.ts'
import { chunks } from '../base/chunks.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { queue } from '../store/outbox.ts'
import { isCommitted } from '../store/retry.ts'
import { tellHeldAgain } from './follow-session.ts'
import { returnedSessions, settledInterests } from './queries.ts'

/** People per commit. */
const BATCH = 25

/**
 * Gives back the interests in sessions that were skipped and are held after all. People without their hours get a
 * letter.
 */
async function giveBack(ctx: Ctx): Promise<void> {
  for (const session of await returnedSessions(ctx)) {
    // The session has its change already: the letter is of that one, not of the next.
    const done = await ctx.store.commit(...tellHeldAgain(ctx, { ...session, sequence: session.sequence - 1 }))
    isCommitted(done, ['outbox_once'])
  }
}

/**
 * Notifies people who asked about a session that now has its hours, once each, with their early access. Not people with
 * a booking there: its letters say the date. Also people who had heard that it is skipped, if it is held after all. A
 * few people per commit, so that it may be interrupted anywhere. For the clockwork. Returns how many.
 */
export async function notifySettled(ctx: Ctx): Promise<Ok<{ told: number }>> {
  requireSystem(ctx.actor)
  await giveBack(ctx)
  const rows = await settledInterests(ctx)
  const now = ctx.clock.now()
  for (const part of chunks(rows, BATCH)) {
    const writes = part.flatMap(({ id, locale, opens_at, sequence, booked }) => [
      ctx.store.db
        .updateTable('interest')
        .set({ state: 'notified', first_until: opens_at, updated_at: now })
        .where('id', '=', id)
        .where('state', '=', 'confirmed'),
      ...(booked ? [] : [queue(ctx, { kind: 'settled', subject: id, sequence, locale })]),
    ])
    const done = await ctx.store.commit(...writes)
    // Another process was faster with one of these: they are looked at again at the next tick.
    isCommitted(done, ['outbox_once'])
  }
  return ok({ told: rows.filter(({ booked }) => !booked).length })
}
