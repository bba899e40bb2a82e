import { requireAccount } from '../base/actor.ts'
import type { Ctx } from '../context.ts'
import type { ActAbout } from '../store/acts.ts'
import { noteOnce } from '../store/journal.ts'
import { orThrow } from '../store/store.ts'

/** Minutes in which reading the same page again adds no line. */
const AGAIN = 60

/**
 * Records in the journal that staff read personal data. The subject is the id of the booking, session or letter. For
 * the ledger and the list of letters it is the account. At most one line an hour for the same account and page. Throws
 * `Forbidden` if nobody is signed in.
 */
export async function noteReading(ctx: Ctx, act: ActAbout<'reading'>, subject: string): Promise<void> {
  requireAccount(ctx.actor)
  const { commit, noting = commit } = ctx.store
  orThrow(await noting(noteOnce(ctx, AGAIN, act, subject)))
}
