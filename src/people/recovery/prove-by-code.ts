import { requireAccount } from '../../base/actor.ts'
import { type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { expectSome } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { refusalFor } from '../../store/retry.ts'
import { orThrow } from '../../store/store.ts'
import { proofWrites } from '../write/proof.ts'
import { agentOf, tellAccount } from '../write/tell-account.ts'
import { countTry } from '../write/tries.ts'
import { readRecoveryCode, recoveryHash } from './codes.ts'

/** Proven: the new token for the browser's cookie, and the codes left. Refused: no such code, or too many were tried. */
export type RecoveryProven = Ok<{ token: string; left: number }> | Refused<'closed'>

/**
 * Proves who acts by a recovery code instead of the second factor. The pass then has all rights of its account, and a new
 * token. Each code works once. A letter tells the owner how many are left. Throws `Forbidden`.
 */
export async function proveByRecoveryCode(ctx: Ctx, pass: string, typed: string): Promise<RecoveryProven> {
  const account = requireAccount(ctx.actor)
  // Counted before the comparison, so that parallel attempts do not get extra tries.
  if (!(await countTry(ctx, account))) return refused('closed')
  const { db } = ctx.store
  const now = ctx.clock.now()
  const code = readRecoveryCode(typed)
  const hash = code === null ? '' : await recoveryHash(account, code)
  const unused = db
    .selectFrom('recovery_code')
    .select(['id', 'code_hash'])
    .where('account', '=', account)
    .where('used_at', 'is', null)
  const rows = await unused.execute()
  const found = rows.find((row) => row.code_hash === hash)
  if (!found) {
    orThrow(await ctx.store.commit(note(ctx, 'account.code_wrong', account)))
    return refused('closed')
  }
  const left = rows.length - 1
  const { token, writes } = await proofWrites(ctx, { id: pass, account })
  const mine = db.updateTable('recovery_code').where('id', '=', found.id)
  const done = await ctx.store.commit(
    // Locks the code. If two browsers show it at once, only one of them finds it unused.
    mine.set({ code_hash: hash }),
    expectSome(ctx, unused.where('id', '=', found.id)),
    mine.set({ used_at: now }),
    db
      .updateTable('account')
      .set((eb) => ({ code_tries: eb('code_tries', '-', 1) }))
      .where('id', '=', account)
      .where('code_tries', '>', 0),
    ...writes,
    tellAccount(ctx, 'recovery_used', account, { left, ...(await agentOf(ctx, pass)) }),
    note(ctx, 'account.recovery_used', account, { left }),
  )
  return done.ok ? ok({ token, left }) : refusalFor(done, { still_true: 'closed' })
}
