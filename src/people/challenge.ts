import { requireAccount, requireFreshProof } from '../base/actor.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { orThrow } from '../store/store.ts'
import { type Pass, passkeysOf } from './queries.ts'
import { authenticationOptions, registrationOptions } from './webauthn.ts'

/**
 * The WebAuthn options for this browser: make a passkey (`add`) or show one (`prove`). The challenge is stored with its
 * pass until the browser answers or asks again. Throws `Forbidden`, and `StaleProof` to make one.
 */
export async function challenge(ctx: Ctx, pass: Pass, to: 'add' | 'prove'): Promise<Ok<{ options: object }>> {
  if (to === 'add') requireFreshProof(ctx)
  const known = await passkeysOf(ctx, requireAccount(ctx.actor))
  const options =
    to === 'add' ? await registrationOptions(ctx, pass.account, known) : await authenticationOptions(ctx, known)
  orThrow(
    await ctx.store.commit(
      ctx.store.db.updateTable('pass').set({ challenge: options.challenge }).where('id', '=', pass.id),
    ),
  )
  return ok({ options })
}
