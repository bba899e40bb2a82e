import { NotFound, type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { orThrow } from '../store/store.ts'
import { interestByToken } from './queries.ts'

/** Ends an interest and deletes its address, by a button. Idempotent. Throws `NotFound` for an unknown token. */
export async function endInterest(ctx: Ctx, token: string): Promise<Ok<{ interest: string }>> {
  const interest = await interestByToken(ctx, token)
  if (!interest) throw new NotFound('interest')
  const { id } = interest
  const now = ctx.clock.now()
  const { db } = ctx.store
  orThrow(
    await ctx.store.commit(
      db
        .updateTable('interest')
        .set({ state: 'ended', email: null, person_key: `ended:${id}`, updated_at: now })
        .where('id', '=', id),
      db
        .updateTable('outbox')
        .set({ state: 'superseded', updated_at: now })
        .where('about', '=', 'interest')
        .where('subject', '=', id)
        .where('state', '=', 'waiting'),
      note(ctx, 'interest.ended', id),
    ),
  )
  return ok({ interest: id })
}
