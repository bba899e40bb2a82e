import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { expectSome } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { isSent, unsentWrites } from './add-letter-file.ts'
import { type FileOwner, filesOf, ownerText, requireFileOwner } from './letter-file.ts'

/** Removed; `again` if it was gone. Refuses `sent` if its message has left, `changed` if that happens meanwhile. */
export type LetterFileDropped = Ok<{ again: boolean }> | Refused<'sent' | 'changed'>

/**
 * Removes a file of an owner. Letters that leave from now on carry it no more. For the same people as `addLetterFile`.
 * Throws `NotFound`, `Forbidden`.
 */
export async function dropLetterFile(ctx: Ctx, owner: FileOwner, id: string): Promise<LetterFileDropped> {
  await requireFileOwner(ctx, owner)
  const of = ownerText(ctx, owner)
  const row = (await filesOf(ctx, of)).find((one) => one.id === id)
  if (!row) return ok({ again: true })
  if (owner.scope === 'message' && (await isSent(ctx, of))) return refused('sent')
  const { db } = ctx.store
  const done = await ctx.store.commit(
    ...unsentWrites(ctx, owner, of),
    expectSome(ctx, db.selectFrom('letter_file').select('id').where('id', '=', id)),
    db.deleteFrom('letter_file').where('id', '=', id),
    note(ctx, 'letter_file.dropped', id, { of, purpose: row.purpose }),
  )
  return done.ok ? ok({ again: false }) : refusalFor(done)
}
