import type { Ctx } from '../context.ts'
import type { DetailOf } from '../store/acts.ts'
import { note, noteOnce } from '../store/journal.ts'
import type { Write } from '../store/store.ts'

/** Why somebody was not signed in. */
export type SignInRefusal = DetailOf<'account.sign_in_refused'>['why']

/** The subject of lines without an account. */
const NOBODY = 'nobody'

/**
 * The write of a line that a sign-in was refused, without the address typed. Without an account there is one line a
 * minute for each reason. A script cannot fill the journal.
 */
export function noteRefusal(ctx: Ctx, why: SignInRefusal, account?: string): Write {
  if (account !== undefined) return note(ctx, 'account.sign_in_refused', account, { why })
  return noteOnce(ctx, 1, 'account.sign_in_refused', NOBODY, { why })
}
