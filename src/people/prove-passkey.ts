import { requireAccount } from '../base/actor.ts'
import { ok, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { expectSome } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import type { Proven } from './prove-totp.ts'
import { type Pass, passkeysOf } from './queries.ts'
import { authenticated } from './webauthn.ts'
import { proofWrites } from './write/proof.ts'

/**
 * Proves the second factor by a passkey, under the challenge of this browser's pass. The pass gets a new token. Throws
 * `Forbidden`.
 */
export async function provePasskey(ctx: Ctx, pass: Pass, response: unknown): Promise<Proven> {
  const account = requireAccount(ctx.actor)
  const id = typeof response === 'object' && response !== null && 'id' in response ? response.id : null
  const passkey = (await passkeysOf(ctx, account)).find((one) => one.id === id)
  if (!passkey || pass.challenge === null) return refused('closed')
  const counter = await authenticated(ctx, response, pass.challenge, passkey)
  if (counter === null) return refused('closed')
  const { db } = ctx.store
  const mine = db.selectFrom('passkey').select('id').where('id', '=', passkey.id).where('account', '=', account)
  const { token, writes } = await proofWrites(ctx, { id: pass.id, account, challenge: pass.challenge })
  const done = await ctx.store.commit(
    db.updateTable('passkey').set({ counter, used_at: ctx.clock.now() }).where('id', '=', passkey.id),
    expectSome(ctx, mine),
    ...writes,
    note(ctx, 'account.proven', account),
  )
  return done.ok ? ok({ token }) : refusalFor(done, { still_true: 'closed' })
}
