import { requireSystem } from '../../base/actor.ts'
import { plusMinutes } from '../../base/clock.ts'
import { type Ok, ok } from '../../base/outcome.ts'
import { sha256 } from '../../base/token.ts'
import type { Ctx } from '../../context.ts'
import { orThrow } from '../../store/store.ts'
import { newToken } from '../account.ts'

/** Minutes for which the link of a first start is valid. */
export const FIRST_LINK_MINUTES = 60

async function hasAccounts({ store }: Pick<Ctx, 'store'>): Promise<boolean> {
  return (await store.db.selectFrom('account').select('id').limit(1).executeTakeFirst()) !== undefined
}

/**
 * Makes the link by which the first account is made, for `FIRST_LINK_MINUTES`. The link of an earlier start ends. Its
 * token is null if there is an account already. For the system.
 */
export async function makeFirstLink(ctx: Ctx): Promise<Ok<{ token: string | null }>> {
  requireSystem(ctx.actor)
  if (await hasAccounts(ctx)) return ok({ token: null })
  const now = ctx.clock.now()
  const token = newToken()
  const row = { token_hash: await sha256(token), expires_at: plusMinutes(now, FIRST_LINK_MINUTES), created_at: now }
  orThrow(
    await ctx.store.commit(
      ctx.store.db
        .insertInto('first_link')
        .values({ id: 'first', ...row })
        .onConflict((on) => on.column('id').doUpdateSet(row)),
    ),
  )
  return ok({ token })
}

/** Whether a link makes the first account now: it is the last one, in time, and there is no account. */
export async function isFirstLink(ctx: Ctx, token: string): Promise<boolean> {
  const found = await ctx.store.db
    .selectFrom('first_link')
    .select('id')
    .where('token_hash', '=', await sha256(token))
    .where('expires_at', '>', ctx.clock.now())
    .executeTakeFirst()
  return found !== undefined && !(await hasAccounts(ctx))
}
