import { requireFreshProof, requireSecretariat } from '../../base/actor.ts'
import { newId } from '../../base/id.ts'
import { type Faults, faultsOf } from '../../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { refusalFor } from '../../store/retry.ts'
import { AccountInput } from '../account.ts'
import { accountWrites } from '../write/account.ts'
import { type InvitedBy, invitationWrites } from '../write/invitation.ts'

/**
 * Invited: the account, and the token of its link for the command line; null for others. Refused: faulty fields, or
 * `twice` if the address already has an account.
 */
export type Invitation =
  | Ok<{ account: string; token: string | null }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'twice'>

/**
 * Adds an account and invites its owner, by a letter or by a link that is valid for `INVITATION_DAYS`. The link signs in
 * once. For the secretariat and the command line. Throws `Forbidden` or `StaleProof`.
 */
export async function invite(ctx: Ctx, given: unknown, by: InvitedBy = 'letter'): Promise<Invitation> {
  requireSecretariat(ctx.actor)
  requireFreshProof(ctx)
  const parsed = AccountInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const account = newId(ctx.clock.now())
  const { token, writes } = await invitationWrites(ctx, account, by)
  const done = await ctx.store.commit(...accountWrites(ctx, account, parsed.data), ...writes)
  // Nobody else in the console gets the link, or they could sign in as the person they invite.
  const shown = ctx.actor.kind === 'system' ? token : null
  return done.ok ? ok({ account, token: shown }) : refusalFor(done, { account_once: 'twice', still_true: 'twice' })
}
