import { requireDesk } from '../../base/actor.ts'
import { isAsShown, type ShownFields, shownIn } from '../../base/fingerprint.ts'
import { civilDate } from '../../base/japan/civil.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { refusalFor } from '../../store/retry.ts'
import { type Planned, plannedById } from '../queries.ts'
import { deleteSessions, goneSession, hasPeople, isPast, type Kept } from './unbooked.ts'

/** What a page shows before a session is deleted. */
export function deletedFields({ id, revision }: Pick<Planned, 'id' | 'revision'>): ShownFields {
  return ['delete', id, revision]
}

/** Why a session is kept, or null. A day of a series would be made again; it is skipped instead. */
async function keptFor(ctx: Ctx, session: Planned): Promise<Kept | null> {
  if (session.series !== null) return 'series'
  if (isPast(session, civilDate(ctx.clock.now()))) return 'past'
  return (await hasPeople(ctx, [session.id])) ? 'booked' : null
}

/** A session, and why it cannot be deleted, or null. For the desk of its prefecture. Throws `NotFound`, `Forbidden`. */
export async function previewDeletion(ctx: Ctx, id: string): Promise<{ session: Planned; kept: Kept | null }> {
  const session = await plannedById(ctx, id)
  if (!session) throw new NotFound('session')
  requireDesk(ctx.actor, session.prefecture)
  return { session, kept: await keptFor(ctx, session) }
}

/** Whether a session can be deleted now. For the desk of its prefecture. Throws `NotFound`, `Forbidden`. */
export async function isRemovable(ctx: Ctx, id: string): Promise<boolean> {
  return (await previewDeletion(ctx, id)).kept === null
}

/** Deleted. Refused as `Kept` says, or `changed` if it is not as it was shown. */
export type SessionDeleted = Ok<{ date: string | null }> | Refused<Kept | 'changed'>

/**
 * Deletes a session of no series that nobody ever booked and whose day is not past. Its slots and questions go with it;
 * the journal stays. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function deleteSession(ctx: Ctx, id: string, given: unknown = {}): Promise<SessionDeleted> {
  const { session, kept } = await previewDeletion(ctx, id)
  if (kept) return refused(kept)
  if (!(await isAsShown(shownIn(given), deletedFields(session)))) return refused('changed')
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'session', session),
    ...deleteSessions(ctx, [id]),
    note(ctx, 'session.deleted', id, goneSession(session)),
  )
  if (done.ok) return ok({ date: session.date })
  return (await hasPeople(ctx, [id])) ? refused('booked') : refusalFor(done)
}
