import { NotFound, type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { orThrow } from '../store/store.ts'
import { interestRowByToken } from './queries.ts'

/**
 * Confirms the address of an interest, by the button of the page its link leads to. Idempotent. Throws `NotFound` for
 * an unknown token.
 */
export async function confirmInterest(ctx: Ctx, token: string): Promise<Ok<{ interest: string }>> {
  const interest = await interestRowByToken(ctx, token)
  if (!interest) throw new NotFound('interest')
  orThrow(
    await ctx.store.commit(
      ctx.store.db
        .updateTable('interest')
        .set({ state: 'confirmed', updated_at: ctx.clock.now() })
        .where('id', '=', interest.id)
        .where('state', '=', 'asked'),
      note(ctx, 'interest.confirmed', interest.id),
    ),
  )
  return ok({ interest: interest.id })
}
