import { requireAccount, requireFreshProof } from '../base/actor.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { expectSome, lockRow } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { needsFactor } from './account.ts'
import { accountById, passkeysOf } from './queries.ts'
import { endOtherPasses } from './write/proof.ts'
import { agentOf, tellAccount } from './write/tell-account.ts'

/** Dropped. Refused: the account must keep one factor (`needsFactor`). */
export type FactorDropped = Ok<object> | Refused<'closed'>

/**
 * Removes a second factor of the actor: a passkey by its id, or the authenticator app if null. An account that needs one keeps at
 * least one. All browsers but `pass`, the actor's own, are signed out, and a letter tells the owner. Idempotent. Throws
 * `Forbidden` or `StaleProof`.
 */
export async function dropFactor(ctx: Ctx, pass: string, passkey: string | null): Promise<FactorDropped> {
  const id = requireAccount(ctx.actor)
  requireFreshProof(ctx)
  const account = await accountById(ctx, id)
  if (!account) throw new NotFound('account')
  const needed = needsFactor(ctx, account.role)
  const left = account.passkeys + (account.totp ? 1 : 0) - 1
  if (needed && left < 1) return refused('closed')
  const had = passkey === null ? account.totp : (await passkeysOf(ctx, id)).some((one) => one.id === passkey)
  const news = { factor: passkey === null ? 'totp' : 'passkey', ...(await agentOf(ctx, pass)) } as const
  const { db } = ctx.store
  const own = db.selectFrom('passkey').select('id').where('account', '=', id)
  const isThere = passkey === null ? account.totp : await own.where('id', '=', passkey).executeTakeFirst()
  if (!isThere) return ok({})
  const app = db.selectFrom('account').select('id').where('id', '=', id).where('totp_secret', 'is not', null)
  const done = await ctx.store.commit(
    // Locks the account, so that parallel removals leave one factor.
    lockRow(ctx, 'account', id),
    passkey === null
      ? db.updateTable('account').set({ totp_secret: null, totp_step: null }).where('id', '=', id)
      : db.deleteFrom('passkey').where('id', '=', passkey).where('account', '=', id),
    // Without a factor there is nothing that they stand in for.
    ...(left < 1 ? [db.deleteFrom('recovery_code').where('account', '=', id)] : []),
    ...(needed ? [expectSome(ctx, app.unionAll(own))] : []),
    endOtherPasses(ctx, id, pass),
    ...(had ? [tellAccount(ctx, 'factor_dropped', id, news)] : []),
    note(ctx, 'account.factor_dropped', id),
  )
  return done.ok ? ok({}) : refusalFor(done, { still_true: 'closed' })
}
