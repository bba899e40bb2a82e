import * as z from 'zod'
import { requireDesk } from '../base/actor.ts'
import { seenRevision } from '../base/fields.ts'
import { type Faults, faultsOf, line, optional } from '../base/input.ts'
import { isPrefectureCode } from '../base/japan/prefecture.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { venueById } from '../schedule/place-queries.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { keyIn, makeOnce } from '../store/submission.ts'

const VenueInput = z.object({
  prefecture: z.string('required').refine(isPrefectureCode, 'choice'),
  name_ja: line(80),
  name_en: optional(line(120)),
  address: optional(line(200)),
  area_only: z.boolean().default(false),
})

/** The revision that was on the page. */
const Seen = z.object({ revision: seenRevision })

/**
 * Saved. Refused: faulty fields, `changed` if somebody else corrected it since it was read. `used` if the form of a new
 * venue was sent before with other content.
 */
export type VenueSaved = Ok<{ venue: string }> | Refused<'invalid', { errors: Faults }> | Refused<'changed' | 'used'>

/**
 * Adds a venue (`id` null), once for each `key` of the account. Or corrects its name or address, from the `revision` on
 * the page. To move a session, use `changeVenue`, which notifies people. For the desk of its prefecture. Throws
 * `NotFound`, `Forbidden`.
 */
export async function saveVenue(ctx: Ctx, id: string | null, given: unknown): Promise<VenueSaved> {
  const known = id === null ? undefined : await venueById(ctx, id)
  if (id !== null && !known) throw new NotFound('venue')
  if (known) requireDesk(ctx.actor, known.prefecture)
  const parsed = VenueInput.safeParse(given)
  if (!parsed.success) {
    requireDesk(ctx.actor)
    return refused('invalid', { errors: faultsOf(parsed.error) })
  }
  const { prefecture, name_ja, name_en, address, area_only } = parsed.data
  requireDesk(ctx.actor, prefecture)
  const { db } = ctx.store
  const columns = {
    prefecture,
    name_ja,
    name_en: name_en ?? name_ja,
    address,
    area_only: area_only ? (1 as const) : (0 as const),
  }
  if (!known) {
    const made = await makeOnce(ctx, { act: 'venue.added', key: keyIn(given), input: parsed.data }, (venue) => [
      db.insertInto('venue').values({ id: venue, ...columns, printed: null, revision: 0 }),
      note(ctx, 'venue.added', venue),
    ])
    return made.ok ? ok({ venue: made.made }) : made
  }
  const seen = Seen.safeParse(given)
  if (!seen.success) return refused('changed')
  const { revision } = seen.data
  const venue = known.id
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'venue', { id: venue, revision }),
    db
      .updateTable('venue')
      .set({ ...columns, revision: revision + 1 })
      .where('id', '=', venue),
    note(ctx, 'venue.edited', venue),
  )
  return done.ok ? ok({ venue }) : refusalFor(done)
}
