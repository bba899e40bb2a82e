import { z } from 'zod'
import { onlyDesk } from '../base/actor.ts'
import { newId } from '../base/id.ts'
import { type Faults, faultsOf, line, optional } from '../base/input.ts'
import { isPrefectureCode } from '../base/japan/prefecture.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { note } from '../store/journal.ts'
import { unbroken } from '../store/store.ts'
import { venueById } from './queries.ts'

const VenueInput = z.object({
  prefecture: z.string('required').refine(isPrefectureCode, 'choice'),
  name_ja: line(80),
  name_en: optional(line(120)),
  address: optional(line(200)),
  area_only: z.boolean().default(false),
})

/** Saved, or refused for faulty fields. */
export type VenueSaved = Ok<{ venue: string }> | Refused<'invalid', { errors: Faults }>

/**
 * Adds a place where sessions are held (`id` null), or puts a slip in its name or address right. A session goes to another
 * place by `changeVenue`, which tells people. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function saveVenue(ctx: Ctx, id: string | null, given: unknown): Promise<VenueSaved> {
  const known = id === null ? undefined : await venueById(ctx, id)
  if (id !== null && !known) throw new NotFound('venue')
  if (known) onlyDesk(ctx.actor, known.prefecture)
  const parsed = VenueInput.safeParse(given)
  if (!parsed.success) {
    onlyDesk(ctx.actor)
    return refused('invalid', { errors: faultsOf(parsed.error) })
  }
  const { prefecture, name_ja, name_en, address, area_only } = parsed.data
  onlyDesk(ctx.actor, prefecture)
  const { db } = ctx.store
  const venue = known?.id ?? newId(ctx.clock.now())
  const columns = {
    prefecture,
    name_ja,
    name_en: name_en ?? name_ja,
    address,
    area_only: area_only ? (1 as const) : (0 as const),
  }
  unbroken(
    await ctx.store.commit(
      known
        ? db.updateTable('venue').set(columns).where('id', '=', venue)
        : db.insertInto('venue').values({ id: venue, ...columns, printed: null }),
      note(ctx, known ? 'venue.edited' : 'venue.added', venue),
    ),
  )
  return ok({ venue })
}
