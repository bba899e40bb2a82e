import { newId } from '../base/id.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import type { LetterSenderRow } from '../store/schema.ts'
import { LetterSenderInput, letterSenderOf, SENDER_FIELDS } from './letter-sender.ts'
import { requireTextOwner, type TextOwner } from './letter-text.ts'
import { SeenText } from './save-letter-text.ts'

/** Saved. Refuses `invalid` with the fault of each field, `changed` if somebody else saved or removed it meanwhile. */
export type LetterSenderSaved = Ok<object> | Refused<'invalid', { errors: Faults }> | Refused<'changed'>

/** The writes that take away what an owner says of its letters. */
function dropWrites(ctx: Ctx, row: LetterSenderRow, { scope, id }: TextOwner) {
  return [
    ...unchanged(ctx, 'letter_sender', row),
    ctx.store.db.deleteFrom('letter_sender').where('id', '=', row.id),
    note(ctx, 'letter_sender.dropped', id, { scope }),
  ]
}

/**
 * Saves whom the letters of an owner come from, where answers go, and how they are signed. It holds from now on. Saved empty, it is gone. Saved as it was, it changes nothing. For the secretariat, or for the desk of the series
 * or session. Throws `NotFound`, `Forbidden`.
 */
export async function saveLetterSender(ctx: Ctx, owner: TextOwner, given: unknown): Promise<LetterSenderSaved> {
  await requireTextOwner(ctx, owner)
  const parsed = LetterSenderInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const words = parsed.data
  const seen = SeenText.safeParse(given)
  const row = await letterSenderOf(ctx, owner)
  if (!seen.success || seen.data.revision !== (row?.revision ?? -1)) return refused('changed')
  const fields = SENDER_FIELDS.filter((name) => words[name] !== (row?.[name] ?? ''))
  if (fields.length === 0) return ok({})
  const { db } = ctx.store
  const now = ctx.clock.now()
  if (row && SENDER_FIELDS.every((name) => words[name] === '')) {
    const gone = await ctx.store.commit(...dropWrites(ctx, row, owner))
    return gone.ok ? ok({}) : refusalFor(gone)
  }
  const { scope, id } = owner
  const of = { programme: null, series: null, session: null, [scope]: id, owner: `${scope}:${id}` }
  const fresh = { id: newId(now), ...of, ...words, revision: 0, created_at: now, updated_at: now }
  const done = await ctx.store.commit(
    ...(row
      ? [
          ...unchanged(ctx, 'letter_sender', row),
          db
            .updateTable('letter_sender')
            .set({ ...words, revision: row.revision + 1, updated_at: now })
            .where('id', '=', row.id),
        ]
      : [db.insertInto('letter_sender').values(fresh)]),
    note(ctx, 'letter_sender.saved', id, { scope, fields }),
  )
  return done.ok ? ok({}) : refusalFor(done, { letter_sender_once: 'changed' })
}

/**
 * Takes away what an owner says of its letters, so that they are standard again; `again` if it says nothing. Refuses
 * `changed` if somebody else saved it meanwhile. For the same people as `saveLetterSender`. Throws `NotFound`,
 * `Forbidden`.
 */
export async function dropLetterSender(
  ctx: Ctx,
  owner: TextOwner,
): Promise<Ok<{ again: boolean }> | Refused<'changed'>> {
  await requireTextOwner(ctx, owner)
  const row = await letterSenderOf(ctx, owner)
  if (!row) return ok({ again: true })
  const done = await ctx.store.commit(...dropWrites(ctx, row, owner))
  return done.ok ? ok({ again: false }) : refusalFor(done)
}
