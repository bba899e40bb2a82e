import type { AliasableExpression } from 'kysely'
import type { z } from 'zod'
import { busyWrites, isTaken } from '../advisers/busy.ts'
import { requireDesk } from '../base/actor.ts'
import { isAsShown, type ShownFields, shownIn, typedFields } from '../base/fingerprint.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Scope } from '../booking/queries.ts'
import { toldIn, toldWrites } from '../booking/write/notify.ts'
import { placesOf, withSeatRecount } from '../booking/write/seats.ts'
import type { Ctx } from '../context.ts'
import { type Followed, followers } from '../interest/follow-session.ts'
import { type Beside, type Clash, clashFields, NOTHING_BESIDE, refusalOf } from '../schedule/clashes.ts'
import { sessionById } from '../schedule/queries.ts'
import type { Session } from '../schedule/session.ts'
import { sessionFields } from '../schedule/shown.ts'
import { expecting, expectSame } from '../store/expectation.ts'
import { type Decision, isCommitted, retryOnConflict } from '../store/retry.ts'
import type { Committed, Write } from '../store/store.ts'
import { type Concerned, concerned, expectSameConcerned, partyFields } from './queries.ts'

/**
 * The writes of a change, committed only if the session did not change since it was read. Recounts its seats, and takes its
 * advisers and rooms at the new time. They break `TAKEN`.
 */
export function changeWrites(ctx: Ctx, session: Session, ...writes: Write[]): Write[] {
  const changes = withSeatRecount(ctx, placesOf(session), expecting(ctx, 'session', session), ...writes)
  return [...changes, ...busyWrites(ctx, session.id)]
}

/** What an act on a session takes and its page shows. */
const TYPED = ['date', 'starts', 'ends', 'formats', 'capacity', 'venue', 'into', 'url', 'reason_ja', 'reason_en']

/**
 * What a page shows before an act: the session, whom the act concerns, and what else is at that time.
 * Also what was given to the act, and who else gets a letter because they asked for the date.
 */
export function lookFields(
  session: Session,
  parties: readonly Concerned[],
  clashes: readonly Clash[] = [],
  given: unknown = {},
  following: readonly { id: string }[] = [],
): ShownFields {
  const ids = following.map(({ id }) => id).toSorted()
  return [...sessionFields(session), partyFields(parties), clashFields(clashes), typedFields(given, TYPED), ids]
}

/** A query for people who get a letter although the act does not change their place. */
type Also = AliasableExpression<{ id: string; revision: number }> & {
  execute(): Promise<{ id: string; revision: number }[]>
}

/** The writes that expect what the page showed, or null if it is not so. None if no page showed anything. */
async function stillShown(
  ctx: Ctx,
  session: Session,
  given: unknown,
  { scope, also }: { scope: Scope; also: Also | null },
  clashes: readonly Clash[],
): Promise<Write[] | null> {
  const shown = shownIn(given)
  if (shown === undefined) return []
  const parties = await concerned(ctx, [session.id], scope)
  const following = (await also?.execute()) ?? []
  if (!(await isAsShown(shown, lookFields(session, parties, clashes, given, following)))) return null
  return [expectSameConcerned(ctx, session.id, scope, parties), ...(also ? [expectSame(ctx, also, following)] : [])]
}

/**
 * Whom an act concerns, and what else the desk and venue have at its new time. `happens`: what people hear of who asked
 * for the date. `also`: others who get a letter of their own.
 */
export type Look<Input> = {
  scope: Scope
  clashes?: (ctx: Ctx, session: Session, input: Input) => Promise<Beside>
  happens?: (input: Input) => Followed
  also?: (ctx: Ctx, session: Session, input: Input) => Also | null
}

/** What became of the commit of a change. Null if a concurrent commit won. */
function outcomeOf(done: Committed, session: string) {
  if (isTaken(done)) return refused('busy')
  return isCommitted(done) ? ok({ session, again: false }) : null
}

/**
 * Changes a session that people rely on: reads it and the input, calls `decide`, and commits the writes. Retries if the
 * session changed meanwhile, then refuses `changed`. Refuses `changed` too if what `given.shown` is the fingerprint of
 * differs, up to the commit. Refuses a clash without its reason in `beside`. Refuses `busy` if its adviser or room is
 * taken at the new time. The bookings in `given.told` need no call: their holders know already. For the desk of its
 * prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function changeSession<Input, Refusal extends Refused<string>>(
  ctx: Ctx,
  id: string,
  schema: z.ZodType<Input>,
  given: unknown,
  look: Look<Input>,
  decide: (session: Session, input: Input) => Decision<Refusal> | Promise<Decision<Refusal>>,
): Promise<
  | Ok<{ session: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'changed' | 'busy'>
  | Refusal
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
    const { clashes, expectNoOther } = (await look.clashes?.(ctx, session, parsed.data)) ?? NOTHING_BESIDE
    const unreasoned = refusalOf(given, clashes)
    if (unreasoned) return unreasoned
    const happens = look.happens?.(parsed.data)
    const also = happens ? followers(ctx, session, happens) : (look.also?.(ctx, session, parsed.data) ?? null)
    const same = await stillShown(ctx, session, given, { scope: look.scope, also }, clashes)
    if (same === null) return refused('changed')
    const known = toldWrites(ctx, id, toldIn(given))
    const done = await ctx.store.commit(...expectNoOther, ...changeWrites(ctx, session, ...same, ...decided, ...known))
    return outcomeOf(done, id)
  })
}
