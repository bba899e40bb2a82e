import { plusMinutes } from '../base/clock.ts'
import type { Ctx } from '../context.ts'
import { orThrow } from '../store/store.ts'

/** Minutes after which the documents of a message that was not sent are gone. */
const UNSENT_MINUTES = 24 * 60

/**
 * Deletes the documents of messages that nobody sent within a day. Those of a message go with its words.
 * What confirmations carry names no person, and stays.
 */
export async function forgetDocuments(ctx: Ctx): Promise<void> {
  const { db } = ctx.store
  const kept = db
    .selectFrom('message')
    .select('message.files')
    .where('files', 'is not', null)
    .where('body_ja', '<>', '')
  const erased = db
    .selectFrom('message')
    .select('message.files')
    .where('files', 'is not', null)
    .where('body_ja', '=', '')
  const before = plusMinutes(ctx.clock.now(), -UNSENT_MINUTES)
  orThrow(
    await ctx.store.commit(
      db
        .deleteFrom('letter_file')
        .where('programme', 'is', null)
        .where('series', 'is', null)
        .where('owner', 'not in', kept)
        .where((eb) => eb.or([eb('created_at', '<', before), eb('owner', 'in', erased)])),
    ),
  )
}
