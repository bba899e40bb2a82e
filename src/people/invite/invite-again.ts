import { requireFreshProof, requireSecretariat } from '../../base/actor.ts'
import { plusMinutes } from '../../base/clock.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { expectNone, lockRow } from '../../store/expectation.ts'
import { isCommitted } from '../../store/retry.ts'
import { accountById } from '../queries.ts'
import { type InvitedBy, invitationWrites } from '../write/invitation.ts'

/**
 * Invited again: the token of the link for the command line; null for others. Refused `opened`: the account was signed in
 * with, or is closed.
 */
export type InvitedAgain = Ok<{ token: string | null }> | Refused<'opened'>

/** Minutes in which a second press of the button sends no second letter. */
const AGAIN = 1

/**
 * Makes a new invitation for an account that nobody has signed in with. The link before it ends. Asked again within a
 * minute, no further letter is sent. For the secretariat and the command line. Throws `NotFound`, `Forbidden` or
 * `StaleProof`.
 */
export async function inviteAgain(ctx: Ctx, id: string, by: InvitedBy = 'letter'): Promise<InvitedAgain> {
  requireSecretariat(ctx.actor)
  requireFreshProof(ctx)
  const account = await accountById(ctx, id)
  if (!account) throw new NotFound('account')
  if (account.signed_in_at !== null || account.state !== 'active') return refused('opened')
  const { db } = ctx.store
  const now = ctx.clock.now()
  const just = db
    .selectFrom('sign_in')
    .select('id')
    .where('account', '=', id)
    .where('purpose', '=', 'invitation')
    .where('created_at', '>', plusMinutes(now, -AGAIN))
  const opened = db.selectFrom('account').select('id').where('id', '=', id).where('signed_in_at', 'is not', null)
  const { token, writes } = await invitationWrites(ctx, id, by)
  const done = await ctx.store.commit(
    lockRow(ctx, 'account', id),
    expectNone(ctx, opened),
    ...(by === 'letter' ? [expectNone(ctx, just)] : []),
    ...writes,
  )
  if (isCommitted(done)) return ok({ token: ctx.actor.kind === 'system' ? token : null })
  const found = await accountById(ctx, id)
  return found?.signed_in_at === null ? ok({ token: null }) : refused('opened')
}
