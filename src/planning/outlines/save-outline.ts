import { requireDesk } from '../../base/actor.ts'
import { newId } from '../../base/id.ts'
import { type Faults, faultsOf } from '../../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { isCommitted } from '../../store/retry.ts'
import { plannedById } from '../queries.ts'
import { OUTLINE_COLUMNS, OutlineInput } from './outline.ts'
import { outlineRow } from './queries.ts'

/** Saved; `same` if nothing was. Refuses `invalid` with the fault of each field, and `changed` if others saved meanwhile. */
export type OutlineSaved =
  | Ok<{ session: string; same?: true }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'changed'>

/**
 * Saves what a session is about: people it is for, hosts, speakers, agenda and materials. Pages show materials once it is
 * over. Nobody gets a letter. Also for one that is over or off. For the desk of its prefecture. Throws `NotFound`,
 * `Forbidden`.
 */
export async function saveOutline(ctx: Ctx, session: string, given: unknown): Promise<OutlineSaved> {
  const planned = await plannedById(ctx, session)
  if (!planned) throw new NotFound('session')
  requireDesk(ctx.actor, planned.prefecture)
  const parsed = OutlineInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const { revision, ...typed } = parsed.data
  const saved = await outlineRow(ctx, session)
  if (revision !== (saved?.revision ?? 0)) return refused('changed')
  if (OUTLINE_COLUMNS.every((column) => typed[column] === (saved?.[column] ?? ''))) return ok({ session, same: true })
  const { db } = ctx.store
  const now = ctx.clock.now()
  const writes = saved
    ? [
        ...unchanged(ctx, 'outline', saved),
        db
          .updateTable('outline')
          .set({ ...typed, revision: revision + 1, updated_at: now })
          .where('id', '=', saved.id),
      ]
    : [
        db
          .insertInto('outline')
          .values({ id: newId(now), session, ...typed, revision: 1, created_at: now, updated_at: now }),
      ]
  const done = await ctx.store.commit(...writes, note(ctx, 'session.outlined', session))
  return isCommitted(done, ['outline_once', 'still_true']) ? ok({ session }) : refused('changed')
}
