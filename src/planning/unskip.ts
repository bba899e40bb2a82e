import { requireDesk } from '../base/actor.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { sessionChange } from '../schedule/change-session.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { plannedById } from './queries.ts'

/** Held after all (`again`: it is already), or refused: it is called off or postponed, or it changed meanwhile. */
export type Unskipped = Ok<{ session: string; again: boolean }> | Refused<'closed' | 'changed'>

/**
 * Holds a skipped date of a series after all (開催に戻す); its reason is gone. For the desk of its prefecture. Throws
 * `NotFound`, `Forbidden`.
 */
export async function unskip(ctx: Ctx, id: string): Promise<Unskipped> {
  const session = await plannedById(ctx, id)
  if (!session) throw new NotFound('session')
  requireDesk(ctx.actor, session.prefecture)
  const { state, skipped_by, reason_ja, reason_en, edited, revision } = session
  if (state === 'published') return ok({ session: id, again: true })
  if (state !== 'skipped') return refused('closed')
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'session', session),
    sessionChange(ctx, session, { state: 'published', reason_ja: null, reason_en: null }),
    note(ctx, 'session.opened', id, {
      before: { state, skipped_by, reason_ja, reason_en, edited },
      revision: revision + 1,
    }),
  )
  return done.ok ? ok({ session: id, again: false }) : refusalFor(done)
}
