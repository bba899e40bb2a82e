import { requireFreshProof, requireSecretariat } from '../base/actor.ts'
import { newId } from '../base/id.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { AccountInput } from './account.ts'
import { accountWrites } from './write/account.ts'

/** Added. Refused: faulty fields, or `twice` if the address already has an account. */
export type AccountAdded = Ok<{ account: string }> | Refused<'invalid', { errors: Faults }> | Refused<'twice'>

/**
 * Adds an account. Its owner signs in with a link sent to the address. For the secretariat and the command line. Throws
 * `Forbidden` or `StaleProof`.
 */
export async function addAccount(ctx: Ctx, given: unknown): Promise<AccountAdded> {
  requireSecretariat(ctx.actor)
  requireFreshProof(ctx)
  const parsed = AccountInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const id = newId(ctx.clock.now())
  const done = await ctx.store.commit(...accountWrites(ctx, id, parsed.data))
  if (done.ok) return ok({ account: id })
  if (done.broke === 'account_once') return refused('twice')
  throw new Error(`adding an account broke ${done.broke}`)
}
