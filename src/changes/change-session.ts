import type { z } from 'zod'
import { requireDesk } from '../base/actor.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { placesOf, withSeatRecount } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { sessionById } from '../schedule/queries.ts'
import type { Session } from '../schedule/session.ts'
import { expecting } from '../store/expectation.ts'
import { type Decision, isCommitted, retryOnConflict } from '../store/retry.ts'
import type { Write } from '../store/store.ts'

/** The writes of a change, committed only if the session did not change since it was read. Recounts its seats. */
export function changeWrites(ctx: Ctx, session: Session, ...writes: Write[]): Write[] {
  return withSeatRecount(ctx, placesOf(session), expecting(ctx, 'session', session), ...writes)
}

/**
 * Changes a session that people rely on: reads it and the input, calls `decide`, and commits the writes. Retries if the
 * session changed meanwhile, then refuses `changed`. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function changeSession<Input, Refusal extends Refused<string>>(
  ctx: Ctx,
  id: string,
  schema: z.ZodType<Input>,
  given: unknown,
  decide: (session: Session, input: Input) => Decision<Refusal> | Promise<Decision<Refusal>>,
): Promise<
  Ok<{ session: string; again: boolean }> | Refused<'invalid', { errors: Faults }> | Refused<'changed'> | Refusal
> {
  return retryOnConflict(async () => {
    const session = await sessionById(ctx, id)
    if (!session) throw new NotFound('session')
    requireDesk(ctx.actor, session.prefecture)
    const parsed = schema.safeParse(given)
    if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
    const decided = await decide(session, parsed.data)
    if (decided === 'again') return ok({ session: id, again: true })
    if (!Array.isArray(decided)) return decided
    const done = await ctx.store.commit(...changeWrites(ctx, session, ...decided))
    return isCommitted(done) ? ok({ session: id, again: false }) : null
  })
}
