import * as z from 'zod'
import { seenRevision } from '../base/fields.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { isAnonymous } from '../base/person.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { accessibleBooking } from './access.ts'
import { NoteInput } from './input.ts'

const AnnotateInput = z.object({ note: NoteInput, revision: seenRevision })

/**
 * Saved; the same note changes nothing. Refused if it is too long, or if somebody changed the booking since it was
 * read. Refuses `closed` if its person was erased.
 */
export type Annotated =
  | Ok<{ booking: string; same?: true }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed'>

/**
 * Saves the desk's note on a booking; its holder never sees it. `revision` is that of the page, so that nobody else's
 * change is overwritten. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function annotate(ctx: Ctx, id: string, given: unknown): Promise<Annotated> {
  const booking = await accessibleBooking(ctx, { id })
  const parsed = AnnotateInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const { revision } = parsed.data
  if (isAnonymous(booking)) return refused('closed')
  if (parsed.data.note === booking.note) return ok({ booking: id, same: true as const })
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'booking', { id, revision }),
    ctx.store.db
      .updateTable('booking')
      .set({ note: parsed.data.note, revision: revision + 1 })
      .where('id', '=', booking.id),
    note(ctx, 'booking.annotated', id),
  )
  return done.ok ? ok({ booking: id }) : refusalFor(done)
}
