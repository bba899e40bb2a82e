import { busyWrites, TAKEN } from '../advisers/busy.ts'
import { requireDesk } from '../base/actor.ts'
import type { Instant } from '../base/clock.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { tellHours } from '../interest/follow-session.ts'
import { sessionWrite } from '../schedule/change-session.ts'
import { type Beside, newClashes } from '../schedule/clashes.ts'
import { actsWith } from '../store/acts.ts'
import { expectNone, unchanged } from '../store/expectation.ts'
import { detailOf, note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { expectUnbooked, impactOf, slotWrites } from './affected.ts'
import { ownChange, plannedById, slotsIn } from './queries.ts'

/**
 * Undone, or refused: not the actor's change of today, a letter was sent, or something changed since. `clash`: its desk or
 * venue has something else by now, or its adviser has. The act that sets the time asks for the reason.
 */
export type Undone = Ok<{ session: string }> | Refused<'closed' | 'changed' | 'clash'>

/** Whether the actor made the last change of a session or series today, and nothing changed since. */
export async function mayUndo(ctx: Ctx, { id, revision }: { id: string; revision: number }): Promise<boolean> {
  const last = await ownChange(ctx, id)
  return last !== null && detailOf(last, actsWith('undo')).revision === revision
}

/**
 * Whether something came to a time and place since an instant, besides these sessions. What was there before has its
 * reason.
 */
export function isSince(
  at: Instant,
  { clashes }: Pick<Beside, 'clashes'>,
  own: ReadonlySet<string> = new Set(),
): boolean {
  return clashes.some(({ id, updated_at }) => updated_at > at && !own.has(id))
}

/**
 * Undoes the actor's last change of a session (edited, skipped, opened), on the same day. Refuses if a letter was sent
 * since, or if it would take something from somebody who booked. For the desk of its prefecture. Throws `NotFound`,
 * `Forbidden`.
 */
export async function undo(ctx: Ctx, id: string): Promise<Undone> {
  const session = await plannedById(ctx, id)
  if (!session) throw new NotFound('session')
  requireDesk(ctx.actor, session.prefecture)
  const last = await ownChange(ctx, id)
  if (!last) return refused('closed')
  const { before, slots, revision } = detailOf(last, ['session.edited', 'session.skipped', 'session.opened'])
  if (revision !== session.revision) return refused('changed')
  const letters = ctx.store.db
    .selectFrom('outbox')
    .innerJoin('booking', 'booking.id', 'outbox.subject')
    .select('outbox.id')
    .where('outbox.about', '=', 'booking')
    .where('booking.session', '=', id)
    .where('outbox.created_at', '>=', last.at)
  const held = await slotsIn(ctx, id)
  const times = slots ?? held
  const impact = impactOf(ctx, id, { ...session, slots: held }, { ...session, ...before, slots: times })
  const { clashes, expectNoOther } = await newClashes(ctx, session, { ...session, ...before })
  if (isSince(last.at, { clashes })) return refused('clash')
  const off = 'state' in before && before.state !== session.state
  const done = await ctx.store.commit(
    ...expectNoOther,
    ...unchanged(ctx, 'session', session),
    expectNone(ctx, letters),
    ...(off ? [expectUnbooked(ctx, id)] : []),
    ...impact.expectNobody,
    ...slotWrites(ctx, id, held, times),
    ...tellHours(ctx, session, { ...session, ...before }),
    sessionWrite(ctx, id, before),
    ...busyWrites(ctx, id),
    note(ctx, 'session.undone', id),
  )
  return done.ok
    ? ok({ session: id })
    : refusalFor(done, { session_has_room: 'changed', slot_has_room: 'changed', [TAKEN]: 'clash' })
}
