import { NotFound, type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { supersedeLetters } from '../store/outbox.ts'
import { orThrow } from '../store/store.ts'
import { interestRowByToken } from './queries.ts'

/** Ends an interest and deletes its address, by a button. Idempotent. Throws `NotFound` for an unknown token. */
export async function endInterest(ctx: Ctx, token: string): Promise<Ok<{ interest: string }>> {
  const interest = await interestRowByToken(ctx, token)
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
      supersedeLetters(ctx, 'interest', [id]),
      note(ctx, 'interest.ended', id),
    ),
  )
  return ok({ interest: id })
}
