import * as z from 'zod'
import { seenRevision } from '../../base/fields.ts'
import { type Faults, faultsOf } from '../../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { refusalFor } from '../../store/retry.ts'
import { accessibleBooking } from '../access.ts'
import { staffActs } from '../acts-for.ts'
import { amendExtras } from './amend.ts'
import type { ExtrasColumns } from './check.ts'
import { AnswersInput, CompanionsInput, SupportInput } from './input.ts'

const ExtrasInput = z.object({
  answers: AnswersInput,
  companions: CompanionsInput,
  support: SupportInput,
  revision: seenRevision,
})

/**
 * Corrected, or the `same` as before. Refuses `invalid` with the fault of each field, or `closed` if the booking is over
 * or anonymous. Refuses `changed` if it changed since it was read.
 */
export type ExtrasCorrected =
  | Ok<{ booking: string; same?: true }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed'>

/**
 * Corrects the answers, companions and support of a booking as its holder said them by telephone. `revision` is that of
 * the page. What is not given stays. Required answers may be left empty. The time, the place and the link stay, so no
 * letter leaves. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function correctExtras(ctx: Ctx, id: string, given: unknown): Promise<ExtrasCorrected> {
  const booking = await accessibleBooking(ctx, { id })
  const parsed = ExtrasInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  if (!staffActs(booking, ctx.clock.now()).has('correct')) return refused('closed')
  const { revision, ...said } = parsed.data
  const names = Object.keys(Object(given))
  const present = Object.fromEntries(Object.entries(said).filter(([name]) => names.includes(name)))
  const { faults, columns } = await amendExtras(ctx, booking, booking.seats, present, 'desk')
  if (Object.keys(faults).length > 0) return refused('invalid', { errors: faults })
  const fields = Object.keys(columns) as (keyof ExtrasColumns)[]
  if (fields.length === 0) return ok({ booking: id, same: true as const })
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'booking', { id, revision }),
    ctx.store.db
      .updateTable('booking')
      .set({ ...columns, revision: revision + 1 })
      .where('id', '=', id),
    note(ctx, 'booking.answers_corrected', id, { fields }),
  )
  return done.ok ? ok({ booking: id }) : refusalFor(done)
}
