import type { z } from 'zod'
import { requireDesk } from '../base/actor.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import { placesOf, withSeatRecount } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { sessionById } from '../schedule/queries.ts'
import type { Session } from '../schedule/session.ts'
import { expecting } from '../store/expectation.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import type { Write } from '../store/store.ts'

/** What an act decides about a session: the writes of the change, `again` if it is so already, or a refusal. */
export type Decision<Refusal> = Write[] | 'again' | Refusal

/** The given writes of a change, made only if the session is still as it was read; its seats are counted again. */
export function changeWrites(ctx: Ctx, session: Session, ...writes: Write[]): Write[] {
  return withSeatRecount(ctx, placesOf(session), expecting(ctx, 'session', session), ...writes)
}

/**
 * Changes a session that people rely on: reads it and the input, lets the act decide, and commits its writes. Decides
 * again if the session changed meanwhile, then refuses `changed`. For the desk of its prefecture. Throws `NotFound`,
 * `Forbidden`.
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
