import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { expectSome } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { isCommitted } from '../store/retry.ts'
import { keptKey } from './queries.ts'

/**
 * Revokes a key: it opens nothing from then on. It cannot be undone; another one is made instead. Idempotent. For people
 * who may keep its desk. Throws `NotFound`, `Forbidden`.
 */
export async function revokeKey(ctx: Ctx, id: string): Promise<Ok<object>> {
  await keptKey(ctx, id)
  const { db } = ctx.store
  const valid = db.selectFrom('api_key').select('id').where('id', '=', id).where('revoked_at', 'is', null)
  isCommitted(
    await ctx.store.commit(
      expectSome(ctx, valid),
      db.updateTable('api_key').set({ revoked_at: ctx.clock.now() }).where('id', '=', id),
      note(ctx, 'key.revoked', id),
    ),
  )
  return ok({})
}
