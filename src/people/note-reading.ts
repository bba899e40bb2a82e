import { requireAccount } from '../base/actor.ts'
import { plusMinutes } from '../base/clock.ts'
import { newId } from '../base/id.ts'
import type { Ctx } from '../context.ts'
import type { ActAbout } from '../store/acts.ts'
import { orThrow } from '../store/store.ts'

/** Minutes in which reading the same page again adds no line. */
const AGAIN = 60

/**
 * Records in the journal that staff read personal data: which account, and the id of the booking, session or account
 * whose page or list it was. At most one line an hour for the same account and page. Throws `Forbidden` if nobody is
 * signed in.
 */
export async function noteReading(ctx: Ctx, act: ActAbout<'reading'>, subject: string): Promise<void> {
  const actor = requireAccount(ctx.actor)
  const { db } = ctx.store
  const now = ctx.clock.now()
  const before = db
    .selectFrom('journal')
    .select('id')
    .where('subject', '=', subject)
    .where('act', '=', act)
    .where('actor', '=', actor)
    .where('at', '>', plusMinutes(now, -AGAIN))
  if (await before.limit(1).executeTakeFirst()) return
  const line = { id: newId(now), at: now, actor, act, subject, detail: '{}' }
  orThrow(await ctx.store.commit(db.insertInto('journal').values(line)))
}
