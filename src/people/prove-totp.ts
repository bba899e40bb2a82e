import { requireAccount, requireFreshProof } from '../base/actor.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { expectSome } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { orThrow } from '../store/store.ts'
import { totpOf } from './queries.ts'
import { totpStep } from './totp.ts'
import { openedTotp, sealedTotp } from './totp-secret.ts'
import { endOtherPasses, proofWrites } from './write/proof.ts'
import { agentOf, tellAccount } from './write/tell-account.ts'
import { countTry } from './write/tries.ts'

/** Proven: the new token for the browser's cookie. Refused: the code is wrong now, or too many were tried. */
export type Proven = Ok<{ token: string }> | Refused<'closed'>

/**
 * Proves the second factor by a code of the authenticator app. The pass then has all rights of its account, and a new
 * token. With `setup`, the secret just shown, the app is set up first. Other browsers are signed out then, and a letter
 * tells the owner. Each code works once. Throws `Forbidden`, and `StaleProof` for a set-up.
 */
export async function proveTotp(ctx: Ctx, pass: string, code: string, setup: string | null = null): Promise<Proven> {
  const account = requireAccount(ctx.actor)
  if (setup !== null) requireFreshProof(ctx)
  // Counted before the comparison, so that parallel attempts do not get extra tries.
  if (!(await countTry(ctx, account))) return refused('closed')
  const kept = await totpOf(ctx, account)
  const stored = kept?.totp_secret ?? null
  if (setup !== null && stored !== null) return refused('closed')
  const secret = setup ?? (stored === null ? null : await openedTotp(ctx, account, stored))
  if (secret === null) return refused('closed')
  const step = totpStep(secret, code, ctx.clock.now(), setup === null ? (kept?.totp_step ?? null) : null)
  if (step === null) {
    orThrow(await ctx.store.commit(note(ctx, 'account.code_wrong', account)))
    return refused('closed')
  }
  const { db } = ctx.store
  const sealed = await sealedTotp(ctx, account, secret)
  const spent = db
    .updateTable('account')
    .set((eb) => ({ totp_secret: sealed, totp_step: step, code_tries: eb('code_tries', '-', 1) }))
    .where('id', '=', account)
    .where((eb) => eb.or([eb('totp_step', 'is', null), eb('totp_step', '<', step)]))
  const { token, writes } = await proofWrites(ctx, { id: pass, account })
  const done = await ctx.store.commit(
    stored === null ? spent.where('totp_secret', 'is', null) : spent.where('totp_secret', '=', stored),
    // Each seal is another text, so the row has this one only if this commit spent the step.
    expectSome(ctx, db.selectFrom('account').select('id').where('id', '=', account).where('totp_secret', '=', sealed)),
    ...writes,
    ...(setup === null
      ? []
      : [
          endOtherPasses(ctx, account, pass),
          tellAccount(ctx, 'factor_added', account, { factor: 'totp', ...(await agentOf(ctx, pass)) }),
        ]),
    note(ctx, setup === null ? 'account.proven' : 'account.totp_set_up', account),
  )
  return done.ok ? ok({ token }) : refusalFor(done, { still_true: 'closed' })
}
