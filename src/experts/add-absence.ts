import * as z from 'zod'
import { requireExpert } from '../base/actor.ts'
import { day } from '../base/fields.ts'
import { newId } from '../base/id.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { addDays, daysBetween, instantAt, isCivilDate } from '../base/japan/civil.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { lockRow } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { expertById } from './queries.ts'

/** The longest absence: longer ones are a pause. */
const MOST_DAYS = 366

/** Whole days, both included. */
const AbsenceInput = z
  .object({ from: day, to: day })
  .refine(
    ({ from, to }) => !(isCivilDate(from) && isCivilDate(to)) || (to >= from && daysBetween(from, to) < MOST_DAYS),
    {
      message: 'choice',
      path: ['to'],
    },
  )

/** Added. Refused: faulty fields, also an absence that is over; `left` if the expert has left. */
export type AbsenceAdded = Ok<{ absence: string }> | Refused<'invalid', { errors: Faults }> | Refused<'left'>

/**
 * Says that an expert is away on some days, both included. What is planned then stays, for somebody to decide. For the
 * expert and the secretariat. Throws `NotFound`, `Forbidden`.
 */
export async function addAbsence(ctx: Ctx, expert: string, given: unknown): Promise<AbsenceAdded> {
  requireExpert(ctx.actor, expert)
  const parsed = AbsenceInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const found = await expertById(ctx, expert)
  if (!found) throw new NotFound('expert')
  if (found.state === 'left') return refused('left')
  const now = ctx.clock.now()
  const { from, to } = parsed.data
  const [starts, ends] = [instantAt(from, '00:00'), instantAt(addDays(to, 1), '00:00')]
  if (ends <= now) return refused('invalid', { errors: { to: 'choice' } })
  const id = newId(now)
  const row = { id, expert, starts_at: starts, ends_at: ends, source: 'hand' as const, feed_uid: null, created_at: now }
  const done = await ctx.store.commit(
    lockRow(ctx, 'expert', expert),
    ctx.store.db.insertInto('absence').values(row),
    note(ctx, 'expert.absence_added', expert, { from: starts, to: ends }),
  )
  if (!done.ok) throw new Error(`an absence broke ${done.broke}`)
  return ok({ absence: id })
}
