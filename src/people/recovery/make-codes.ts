import { requireAccount, requireFreshProof } from '../../base/actor.ts'
import { newId } from '../../base/id.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { lockRow } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { orThrow } from '../../store/store.ts'
import { hasFactor } from '../account.ts'
import { accountById } from '../queries.ts'
import { agentOf, tellAccount } from '../write/tell-account.ts'
import { newRecoveryCode, RECOVERY_CODES, recoveryHash } from './codes.ts'

/** Made: the codes, which are shown once. Refused: the account has no second factor that they could stand in for. */
export type RecoveryMade = Ok<{ codes: string[] }> | Refused<'closed'>

/**
 * Makes `RECOVERY_CODES` codes for the actor. Each stands in for the second factor once. Those made before end. A letter tells the
 * owner. `pass` is the browser that asks. Throws `Forbidden` or `StaleProof`.
 */
export async function makeRecoveryCodes(ctx: Ctx, pass: string): Promise<RecoveryMade> {
  const id = requireAccount(ctx.actor)
  requireFreshProof(ctx)
  const account = await accountById(ctx, id)
  if (!account) throw new NotFound('account')
  if (!hasFactor(account)) return refused('closed')
  const { db } = ctx.store
  const now = ctx.clock.now()
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode)
  const rows = await Promise.all(
    codes.map(async (code) => ({
      id: newId(now),
      account: id,
      code_hash: await recoveryHash(id, code),
      created_at: now,
      used_at: null,
    })),
  )
  orThrow(
    await ctx.store.commit(
      // Of two who make them at once, the second one's stay.
      lockRow(ctx, 'account', id),
      db.deleteFrom('recovery_code').where('account', '=', id),
      db.insertInto('recovery_code').values(rows),
      tellAccount(ctx, 'recovery_made', id, await agentOf(ctx, pass)),
      note(ctx, 'account.recovery_made', id),
    ),
  )
  return ok({ codes })
}
