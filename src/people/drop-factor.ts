import { requireAccount } from '../base/actor.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { expectSome, lockRow } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { accountById } from './queries.ts'

/** Dropped. Refused: the secretariat must keep one factor. */
export type FactorDropped = Ok<object> | Refused<'closed'>

/**
 * Removes a second factor of the actor: a passkey by its id, or the authenticator app if null. The secretariat keeps at
 * least one. Idempotent. Throws `Forbidden`.
 */
export async function dropFactor(ctx: Ctx, passkey: string | null): Promise<FactorDropped> {
  const id = requireAccount(ctx.actor)
  const account = await accountById(ctx, id)
  if (!account) throw new NotFound('account')
  const left = account.passkeys + (account.totp ? 1 : 0) - 1
  if (account.role === 'secretariat' && left < 1) return refused('closed')
  const { db } = ctx.store
  const app = db.selectFrom('account').select('id').where('id', '=', id).where('totp_secret', 'is not', null)
  const keys = db.selectFrom('passkey').select('id').where('account', '=', id)
  const done = await ctx.store.commit(
    // Locks the account, so that parallel removals leave one factor.
    lockRow(ctx, 'account', id),
    passkey === null
      ? db.updateTable('account').set({ totp_secret: null, totp_step: null }).where('id', '=', id)
      : db.deleteFrom('passkey').where('id', '=', passkey).where('account', '=', id),
    ...(account.role === 'secretariat' ? [expectSome(ctx, app.unionAll(keys))] : []),
    note(ctx, 'account.factor_dropped', id),
  )
  return done.ok ? ok({}) : refusalFor(done, { still_true: 'closed' })
}
