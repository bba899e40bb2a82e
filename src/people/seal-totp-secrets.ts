import { requireSystem } from '../base/actor.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { orThrow } from '../store/store.ts'
import { isPlainTotp, sealedTotp } from './totp-secret.ts'

/**
 * Seals the secrets of authenticator apps that an earlier version stored as plain text. Idempotent. Returns how many it
 * sealed. A secret that changes meanwhile stays as it is then. Only for the clockwork, because it needs the SECRET that
 * serves. Throws `Forbidden`.
 */
export async function sealTotpSecrets(ctx: Ctx): Promise<Ok<{ sealed: number }>> {
  requireSystem(ctx.actor)
  const { db } = ctx.store
  const rows = await db
    .selectFrom('account')
    .select(['id', 'totp_secret'])
    .where('totp_secret', 'is not', null)
    .execute()
  let sealed = 0
  for (const { id, totp_secret: plain } of rows) {
    if (plain === null || !isPlainTotp(plain)) continue
    const secret = await sealedTotp(ctx, id, plain)
    const [changed = 0] = orThrow(
      await ctx.store.commit(
        db.updateTable('account').set({ totp_secret: secret }).where('id', '=', id).where('totp_secret', '=', plain),
      ),
    )
    sealed += changed
  }
  if (sealed > 0) ctx.store.scrub?.()
  return ok({ sealed })
}
