import { isAsShown, type ShownFields, shownIn } from '../../base/fingerprint.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { deskOf } from '../../people/desk.ts'
import { deskById } from '../../schedule/place-queries.ts'
import { expectNone, unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { refusalFor } from '../../store/retry.ts'
import type { DeskRow } from '../../store/schema.ts'
import { requireKeeper } from '../desks/input.ts'

/** What a page shows before a desk is deleted. */
export function deletedDeskFields({ id, revision }: Pick<DeskRow, 'id' | 'revision'>): ShownFields {
  return ['delete desk', id, revision]
}

/** The queries for the sessions and series that a desk has, or ever had. */
function uses(ctx: Ctx, desk: string) {
  const { db } = ctx.store
  return [
    db.selectFrom('session').select('session.id').where('desk', '=', desk),
    db.selectFrom('series').select('series.id').where('desk', '=', desk),
  ] as const
}

/**
 * A desk, and whether it has or had a session or series. For the staff of its prefectures; others than local desks for
 * the secretariat. Throws `NotFound`, `Forbidden`.
 */
export async function previewDeskDeletion(ctx: Ctx, id: string): Promise<{ desk: DeskRow; used: boolean }> {
  const desk = await deskById(ctx, id)
  if (!desk) throw new NotFound('desk')
  requireKeeper(ctx.actor, deskOf(desk))
  const [sessions, series] = uses(ctx, id)
  const used = (await sessions.limit(1).executeTakeFirst()) ?? (await series.limit(1).executeTakeFirst())
  return { desk, used: used !== undefined }
}

/** Deleted. Refused `held` if it has a session or series, `changed` if it is not as it was shown. */
export type DeskDeleted = Ok<object> | Refused<'held' | 'changed'>

/**
 * Deletes a desk that no session and no series ever had; others are ended instead. For the staff of its prefectures;
 * others than local desks for the secretariat. Throws `NotFound`, `Forbidden`.
 */
export async function deleteDesk(ctx: Ctx, id: string, given: unknown = {}): Promise<DeskDeleted> {
  const { desk, used } = await previewDeskDeletion(ctx, id)
  if (used) return refused('held')
  if (!(await isAsShown(shownIn(given), deletedDeskFields(desk)))) return refused('changed')
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'desk', desk),
    ...uses(ctx, id).map((query) => expectNone(ctx, query)),
    ctx.store.db.deleteFrom('desk').where('id', '=', id),
    note(ctx, 'desk.deleted', id, { name: { ja: desk.name_ja, en: desk.name_en } }),
  )
  if (done.ok) return ok({})
  return (await previewDeskDeletion(ctx, id)).used ? refused('held') : refusalFor(done)
}
