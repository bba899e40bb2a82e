import { requireSystem } from '../base/actor.ts'
import { chunks } from '../base/chunks.ts'
import { type Ok, ok } from '../base/outcome.ts'
import { callList } from '../changes/queries.ts'
import type { Ctx } from '../context.ts'
import { orThrow } from '../store/store.ts'
import { callsToMake } from './call.ts'

/** Calls per commit: D1 takes a hundred values. */
const PART = 50

/**
 * Takes off the call list the calls that have nothing to tell, since all is as the person knows it. Without them a
 * reminder would wait for a call that nobody makes. For the clockwork, before reminders. Idempotent. Returns how many.
 */
export async function dropCalls(ctx: Ctx): Promise<Ok<{ dropped: number }>> {
  requireSystem(ctx.actor)
  const listed = await callList(ctx)
  const made = new Set((await callsToMake(ctx)).map(({ id }) => id))
  const needless = listed.map(({ id }) => id).filter((id) => !made.has(id))
  for (const part of chunks(needless, PART)) {
    orThrow(
      await ctx.store.commit(
        ctx.store.db
          .updateTable('outbox')
          .set({ state: 'superseded', updated_at: ctx.clock.now() })
          .where('id', 'in', part)
          .where('state', '=', 'waiting'),
      ),
    )
  }
  return ok({ dropped: needless.length })
}
