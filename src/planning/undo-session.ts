import { requireDesk } from '../base/actor.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { isActive } from '../store/active.ts'
import { actsWith } from '../store/acts.ts'
import { expectNone, unchanged } from '../store/expectation.ts'
import { detailOf, note } from '../store/journal.ts'
import { raised } from '../store/raised.ts'
import { refusalFor } from '../store/retry.ts'
import { NOTIFY_FIELDS, slotWrites } from './edit-session.ts'
import { ownChange, plannedById } from './queries.ts'
import { columnsOf } from './series-change.ts'

/** As before, or refused: not one's own change of today, a letter has left since, or something else changed since. */
export type Undone = Ok<{ session: string }> | Refused<'closed' | 'changed'>

/** Whether somebody's own last change of a session or series is of today and nothing changed since: it may be taken back. */
export async function mayUndo(ctx: Ctx, { id, revision }: { id: string; revision: number }): Promise<boolean> {
  const last = await ownChange(ctx, id)
  return last !== null && detailOf(last, actsWith('undo')).revision === revision
}

/**
 * Takes back one's own last change of a session (edited, skipped, opened), on the day it was made and as long as no letter
 * came of it and nobody has booked what would change under them. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function undo(ctx: Ctx, id: string): Promise<Undone> {
  const session = await plannedById(ctx, id)
  if (!session) throw new NotFound('session')
  requireDesk(ctx.actor, session.prefecture)
  const last = await ownChange(ctx, id)
  if (!last) return refused('closed')
  const { before, slots, revision } = detailOf(last, ['session.edited', 'session.skipped', 'session.opened'])
  if (revision !== session.revision) return refused('changed')
  const { db } = ctx.store
  const told = db
    .selectFrom('outbox')
    .innerJoin('booking', 'booking.id', 'outbox.subject')
    .select('outbox.id')
    .where('outbox.about', '=', 'booking')
    .where('booking.session', '=', id)
    .where('outbox.created_at', '>=', last.at)
  const ever = db.selectFrom('booking').select('id').where('session', '=', id)
  const live = ever.where(isActive)
  const relied = [...NOTIFY_FIELDS, 'state' as const].some((one) => one in before && before[one] !== session[one])
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'session', session),
    expectNone(ctx, told),
    ...(relied ? [expectNone(ctx, live)] : []),
    ...(slots ? [expectNone(ctx, ever), ...slotWrites(ctx, id, slots)] : []),
    db
      .updateTable('session')
      .set({ ...columnsOf(before), ...raised(ctx) })
      .where('id', '=', id),
    note(ctx, 'session.undone', id),
  )
  return done.ok ? ok({ session: id }) : refusalFor(done, { session_has_room: 'changed' })
}
