import { z } from 'zod'
import { requireDesk } from '../base/actor.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { isInPerson } from '../base/seating.ts'
import type { Ctx } from '../context.ts'
import { actsFor, isChangeable } from '../schedule/acts-for.ts'
import { sessionById } from '../schedule/queries.ts'
import { ReasonInput, reasonOf } from '../schedule/reason.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import { conversionWrites } from './conversion.ts'
import { SUSPENDED_INTO } from './suspension.ts'

const ConvertInput = ReasonInput.extend({ into: z.enum(SUSPENDED_INTO, 'choice') })

/** Converted (`again`: nothing of it was held in person), or refused: faulty fields, over or called off, or changed meanwhile. */
export type Converted =
  | Ok<{ session: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'closed' | 'changed'>

/**
 * Holds one session on the web or by telephone instead of in person, for a reason; who is concerned is told once in the
 * same commit and can move or cancel. For the desk of its prefecture. A second time is harmless. Throws `NotFound`,
 * `Forbidden`.
 */
export async function convert(ctx: Ctx, id: string, given: unknown): Promise<Converted> {
  return retryOnConflict(async () => {
    const session = await sessionById(ctx, id)
    if (!session) throw new NotFound('session')
    requireDesk(ctx.actor, session.prefecture)
    const parsed = ConvertInput.safeParse(given)
    if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
    if (isChangeable(session) && !isInPerson(session)) return ok({ session: id, again: true })
    if (!actsFor(session).has('convert')) return refused('closed')
    const { into } = parsed.data
    const done = await ctx.store.commit(
      ...conversionWrites(ctx, session, { into, reason: reasonOf(parsed.data), suspension: null }),
    )
    return isCommitted(done) ? ok({ session: id, again: false }) : null
  })
}
