import * as z from 'zod'
import { seenRevision } from '../base/fields.ts'
import { newId } from '../base/id.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import type { BookingLetterKind } from '../base/letters.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import type { LetterTextRow } from '../store/schema.ts'
import { LetterTextInput, letterTextOf, requireTextOwner, type TextOwner } from './letter-text.ts'

/** The revision that was on the page; -1 while there is no paragraph. */
export const SeenText = z.object({
  revision: z.union([z.literal('-1').transform(() => -1), z.literal(-1), seenRevision]),
})

/** Saved. Refuses `invalid` with the fault of each field, `changed` if somebody else saved or removed it meanwhile. */
export type LetterTextSaved = Ok<object> | Refused<'invalid', { errors: Faults }> | Refused<'changed'>

/** The writes that take the paragraph away: from then on letters are as they were without it. */
function dropWrites(ctx: Ctx, row: LetterTextRow, owner: TextOwner) {
  return [
    ...unchanged(ctx, 'letter_text', row),
    ctx.store.db.deleteFrom('letter_text').where('id', '=', row.id),
    note(ctx, 'letter_text.dropped', owner.id, { scope: owner.scope, kind: row.kind }),
  ]
}

/**
 * Saves a paragraph that letters of one kind have from now on, after our own words and before the facts. Saved empty, it
 * is gone. Saved as it was, it changes nothing. For the secretariat, or for the desk of the series or session. Throws
 * `NotFound`, `Forbidden`.
 */
export async function saveLetterText(
  ctx: Ctx,
  owner: TextOwner,
  kind: BookingLetterKind,
  given: unknown,
): Promise<LetterTextSaved> {
  await requireTextOwner(ctx, owner)
  const parsed = LetterTextInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const seen = SeenText.safeParse(given)
  const row = await letterTextOf(ctx, owner, kind)
  if (!seen.success || seen.data.revision !== (row?.revision ?? -1)) return refused('changed')
  const { text_ja, text_en } = parsed.data
  if (text_ja === (row?.text_ja ?? '') && text_en === (row?.text_en ?? '')) return ok({})
  const { db } = ctx.store
  const now = ctx.clock.now()
  if (row && text_ja === '' && text_en === '') {
    const gone = await ctx.store.commit(...dropWrites(ctx, row, owner))
    return gone.ok ? ok({}) : refusalFor(gone)
  }
  const none = { programme: null, series: null, session: null }
  const done = await ctx.store.commit(
    ...(row
      ? [
          ...unchanged(ctx, 'letter_text', row),
          db
            .updateTable('letter_text')
            .set({ text_ja, text_en, revision: row.revision + 1, updated_at: now })
            .where('id', '=', row.id),
        ]
      : [
          db.insertInto('letter_text').values({
            ...none,
            [owner.scope]: owner.id,
            owner: `${owner.scope}:${owner.id}`,
            id: newId(now),
            kind,
            text_ja,
            text_en,
            revision: 0,
            created_at: now,
            updated_at: now,
          }),
        ]),
    note(ctx, 'letter_text.saved', owner.id, { scope: owner.scope, kind }),
  )
  return done.ok ? ok({}) : refusalFor(done, { letter_text_once: 'changed' })
}

/**
 * Takes a paragraph away, so that letters say what is standard; `again` if there is none. Refuses `changed` if somebody
 * else saved it meanwhile. For the same people as `saveLetterText`. Throws `NotFound`, `Forbidden`.
 */
export async function dropLetterText(
  ctx: Ctx,
  owner: TextOwner,
  kind: BookingLetterKind,
): Promise<Ok<{ again: boolean }> | Refused<'changed'>> {
  await requireTextOwner(ctx, owner)
  const row = await letterTextOf(ctx, owner, kind)
  if (!row) return ok({ again: true })
  const done = await ctx.store.commit(...dropWrites(ctx, row, owner))
  return done.ok ? ok({ again: false }) : refusalFor(done)
}
