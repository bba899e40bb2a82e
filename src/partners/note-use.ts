import { civilDate } from '../base/japan/civil.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import type { ApiKeyRow } from '../store/schema.ts'
import { orThrow } from '../store/store.ts'

/** Keeps the day on which a key was last used, with one commit a day. Anybody may call it with a key. */
export async function noteUse(ctx: Ctx, { id, used_on }: Pick<ApiKeyRow, 'id' | 'used_on'>): Promise<Ok<object>> {
  const today = civilDate(ctx.clock.now())
  if (used_on === today) return ok({})
  orThrow(await ctx.store.commit(ctx.store.db.updateTable('api_key').set({ used_on: today }).where('id', '=', id)))
  return ok({})
}
