import * as z from 'zod'
import { requireExpert } from '../base/actor.ts'
import { seenRevision, timeOfDay } from '../base/fields.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { expertById } from './queries.ts'
import { fitTogether } from './read-hours.ts'

const Hours = z.object({ weekday: z.coerce.number().int().min(0).max(6), starts: timeOfDay, ends: timeOfDay })

/** All hours of a week. They end after they start, and hours of one day do not overlap. */
const HoursInput = z.object({
  revision: seenRevision,
  hours: z
    .array(Hours)
    .max(50, 'long')
    .refine((all) => [...Map.groupBy(all, ({ weekday }) => weekday).values()].every(fitTogether), 'choice'),
})

/** Saved. Refused: faulty fields; `left` if the expert has left; `changed` if edited meanwhile. */
export type HoursSaved = Ok<{ expert: string }> | Refused<'invalid', { errors: Faults }> | Refused<'left' | 'changed'>

/**
 * Says in which hours of a week an expert advises, in place of what was said before. What is planned stays. For the expert
 * and the secretariat. Throws `NotFound`, `Forbidden`.
 */
export async function saveHours(ctx: Ctx, id: string, given: unknown): Promise<HoursSaved> {
  requireExpert(ctx.actor, id)
  const parsed = HoursInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const expert = await expertById(ctx, id)
  if (!expert) throw new NotFound('expert')
  const { revision, hours } = parsed.data
  if (expert.state === 'left') return refused('left')
  if (revision !== expert.revision) return refused('changed')
  const { db } = ctx.store
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'expert', expert),
    db
      .updateTable('expert')
      .set({ revision: revision + 1, updated_at: ctx.clock.now() })
      .where('id', '=', id),
    db.deleteFrom('expert_hours').where('expert', '=', id),
    ...hours.map((one) => db.insertInto('expert_hours').values({ expert: id, ...one })),
    note(ctx, 'expert.hours_saved', id, { hours: hours.length }),
  )
  return done.ok ? ok({ expert: id }) : refusalFor(done)
}
