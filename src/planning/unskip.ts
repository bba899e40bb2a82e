import { requireDesk } from '../base/actor.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { sessionChange } from '../schedule/change-session.ts'
import { besideDetail, besideIn, type Clash, clashesOf } from '../schedule/clashes.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import type { SessionRow } from '../store/schema.ts'
import { plannedById } from './queries.ts'

/**
 * Held again; `again` if it is already. Refuses if it is called off or postponed, or changed meanwhile.
 * Refuses `clash` if its desk or venue has something else then, without a reason in `beside`.
 */
export type Unskipped = Ok<{ session: string; again: boolean }> | Refused<'closed' | 'changed' | 'clash'>

/** What else the desk and venue of a planned session have at its time. */
export async function previewUnskip(ctx: Ctx, session: SessionRow): Promise<Clash[]> {
  const { id: own, desk, prefecture, date, starts_at, ends_at, formats } = session
  if (date === null) return []
  const venue = formats.split(',').includes('onsite') ? session.venue : null
  return clashesOf(ctx, { own, desk, prefecture, venue }, [{ date, starts_at, ends_at }])
}

/**
 * Holds a skipped date of a series again (開催に戻す) and removes its reason. For the desk of its prefecture. Throws
 * `NotFound`, `Forbidden`.
 */
export async function unskip(ctx: Ctx, id: string, given?: unknown): Promise<Unskipped> {
  const session = await plannedById(ctx, id)
  if (!session) throw new NotFound('session')
  requireDesk(ctx.actor, session.prefecture)
  const { state, skipped_by, reason_ja, reason_en, edited, revision } = session
  if (state === 'published') return ok({ session: id, again: true })
  if (state !== 'skipped') return refused('closed')
  const beside = besideIn(given)
  if (beside === null && (await previewUnskip(ctx, session)).length > 0) return refused('clash')
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'session', session),
    sessionChange(ctx, session, { state: 'published', reason_ja: null, reason_en: null }),
    note(ctx, 'session.opened', id, {
      before: { state, skipped_by, reason_ja, reason_en, edited },
      revision: revision + 1,
      ...besideDetail({ beside }),
    }),
  )
  return done.ok ? ok({ session: id, again: false }) : refusalFor(done)
}
