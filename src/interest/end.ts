import { sql } from 'kysely'
import { NotFound, type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { dropFaults, supersedeLetters } from '../store/outbox.ts'
import { orThrow, type Write } from '../store/store.ts'
import { interestRowByToken } from './queries.ts'

/** The writes that end interests and delete their addresses. Their unsent letters do not leave. */
export function endWrites(ctx: Ctx, ids: string[]): Write[] {
  return [
    ctx.store.db
      .updateTable('interest')
      .set({ state: 'ended', email: null, person_key: sql<string>`'ended:' || id`, updated_at: ctx.clock.now() })
      .where('id', 'in', ids),
    dropFaults(ctx, 'interest', ids),
    supersedeLetters(ctx, 'interest', ids),
  ]
}

/** Ends an interest and deletes its address, by a button. Idempotent. Throws `NotFound` for an unknown token. */
export async function endInterest(ctx: Ctx, token: string): Promise<Ok<{ interest: string }>> {
  const interest = await interestRowByToken(ctx, token)
  if (!interest) throw new NotFound('interest')
  const { id } = interest
  orThrow(await ctx.store.commit(...endWrites(ctx, [id]), note(ctx, 'interest.ended', id)))
  return ok({ interest: id })
}
