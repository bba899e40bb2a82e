import { requireAccount } from '../base/actor.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { orThrow } from '../store/store.ts'
import { type Pass, passkeysOf } from './queries.ts'
import { authenticationOptions, registrationOptions } from './webauthn.ts'

/**
 * What this browser is asked for a passkey: a new one (`add`), or to show one (`prove`). What it must sign is kept with its
 * pass until it answers, or is asked again. Throws `Forbidden`.
 */
export async function challenge(ctx: Ctx, pass: Pass, to: 'add' | 'prove'): Promise<Ok<{ options: object }>> {
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
