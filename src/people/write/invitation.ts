import { plusMinutes } from '../../base/clock.ts'
import { newId } from '../../base/id.ts'
import type { Ctx } from '../../context.ts'
import { note } from '../../store/journal.ts'
import { queue } from '../../store/outbox.ts'
import type { Write } from '../../store/store.ts'
import { INVITATION_DAYS, SIGN_IN, signInColumns, signInToken } from '../account.ts'

/** How an invitation reaches its person: by a letter, or by a link that an operator passes on. */
export type InvitedBy = 'letter' | 'link'

/** The writes of an invitation, and the token of its link. The link of an earlier invitation ends. */
export async function invitationWrites(
  ctx: Ctx,
  account: string,
  by: InvitedBy,
): Promise<{ token: string; writes: Write[] }> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const id = newId(now)
  const columns = await signInColumns(ctx, id)
  const token = await signInToken(ctx, { id, ...columns })
  if (token === null) throw new Error('no secret to sign links with')
  const row = {
    id,
    account,
    purpose: 'invitation' as const,
    ...columns,
    // Without a try left it has no code: only the link opens the account.
    attempts: SIGN_IN.attempts,
    used_at: null,
    expires_at: plusMinutes(now, INVITATION_DAYS * 24 * 60),
    created_at: now,
  }
  const writes = [
    db
      .updateTable('sign_in')
      .set({ expires_at: now })
      .where('account', '=', account)
      .where('purpose', '=', 'invitation')
      .where('used_at', 'is', null)
      .where('expires_at', '>', now),
    db.insertInto('sign_in').values(row),
    ...(by === 'letter' ? [queue(ctx, { kind: 'invitation', subject: id, sequence: 0, locale: ctx.locale })] : []),
    note(ctx, 'account.invited', account),
  ]
  return { token, writes }
}
