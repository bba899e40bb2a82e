import { sql } from 'kysely'
import { plusMinutes } from '../base/clock.ts'
import { newId } from '../base/id.ts'
import type { Ctx } from '../context.ts'
import type { Act, DetailOf } from '../store/acts.ts'
import { actorText } from '../store/journal.ts'
import type { Write } from '../store/store.ts'

const ACT = 'account.sign_in_refused' satisfies Act

/** Why somebody was not signed in. */
export type SignInRefusal = DetailOf<typeof ACT>['why']

/** The subject of lines about nobody's account. */
const NOBODY = 'nobody'

/** A text as SQL that every engine takes for one. */
const text = (value: string) => sql<string>`cast(${value} as text)`

/**
 * The write of a line that a sign-in was refused, without the address typed. About nobody's account it writes one line a
 * minute for each reason, so that a script does not fill the journal.
 */
export function noteRefusal(ctx: Ctx, why: SignInRefusal, subject = NOBODY): Write {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const detail = JSON.stringify({ why } satisfies DetailOf<typeof ACT>)
  const same = db
    .selectFrom('journal')
    .select('id')
    .where('subject', '=', NOBODY)
    .where('act', '=', ACT)
    .where('detail', '=', detail)
    .where('at', '>', plusMinutes(now, -1))
  return db
    .insertInto('journal')
    .columns(['id', 'at', 'actor', 'act', 'subject', 'detail'])
    .expression(
      db
        .selectNoFrom([text(newId(now)).as('id'), text(now).as('at'), text(actorText(ctx.actor)).as('actor')])
        .select([text(ACT).as('act'), text(subject).as('subject'), text(detail).as('detail')])
        .where(({ not, exists, or, lit }) => or([lit(subject !== NOBODY), not(exists(same))])),
    )
}
