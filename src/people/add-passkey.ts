import { requireAccount, requireFreshProof } from '../base/actor.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { expectSome, lockRow } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import type { Pass } from './queries.ts'
import { registered } from './webauthn.ts'
import { endOtherPasses, proofWrites } from './write/proof.ts'
import { agentOf, tellAccount } from './write/tell-account.ts'

/** Added: its id, and the new token for the browser's cookie. Refused: the browser's answer is not valid, or came too late. */
export type PasskeyAdded = Ok<{ passkey: string; token: string }> | Refused<'closed'>

/**
 * Stores the passkey that the browser made for the challenge of its pass. It becomes a second factor. The pass counts
 * as proven and gets a new token. Other browsers are signed out, and a letter tells the owner. Refuses a passkey of another
 * account. Throws `Forbidden` or `StaleProof`.
 */
export async function addPasskey(ctx: Ctx, pass: Pass, response: unknown, name: string): Promise<PasskeyAdded> {
  const account = requireAccount(ctx.actor)
  requireFreshProof(ctx)
  const made = pass.challenge === null ? null : await registered(ctx, response, pass.challenge)
  if (!made || pass.challenge === null) return refused('closed')
  const { db } = ctx.store
  const now = ctx.clock.now()
  const row = { ...made, account, name: name.slice(0, 60), created_at: now, used_at: null }
  const mine = db.selectFrom('passkey').select('id').where('id', '=', made.id).where('account', '=', account)
  const { token, writes } = await proofWrites(ctx, { id: pass.id, account, challenge: pass.challenge })
  const done = await ctx.store.commit(
    lockRow(ctx, 'account', account),
    db
      .insertInto('passkey')
      .values(row)
      .onConflict((oc) => oc.doNothing()),
    expectSome(ctx, mine.where('public_key', '=', made.public_key)),
    ...writes,
    endOtherPasses(ctx, account, pass.id),
    tellAccount(ctx, 'factor_added', account, { factor: 'passkey', ...(await agentOf(ctx, pass.id)) }),
    note(ctx, 'account.passkey_added', account),
  )
  return done.ok ? ok({ passkey: made.id, token }) : refusalFor(done, { still_true: 'closed' })
}
