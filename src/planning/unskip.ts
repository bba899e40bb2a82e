import { busyWrites, TAKEN } from '../advisers/busy.ts'
import { requireDesk } from '../base/actor.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { sessionWrite } from '../schedule/change-session.ts'
import { besideDetail, besideIn, clashesOfRow, refusalOf } from '../schedule/clashes.ts'
import { unchanged } from '../store/expectation.ts'
import { detailOf, note } from '../store/journal.ts'
import { refusalFor, retryOnConflict } from '../store/retry.ts'
import { lastChange, type Planned, plannedById } from './queries.ts'

/**
 * Held again; `again` if it is already. Refuses if it is called off or postponed, or changed meanwhile.
 * Refuses `clash` if its desk or venue has something else then, without a reason in `beside`.
 * Refuses `busy` if its adviser or room is taken.
 */
export type Unskipped = Ok<{ session: string; again: boolean }> | Refused<'closed' | 'changed' | 'clash' | 'busy'>

/**
 * Whether it counts as edited: as before the desk skipped it, if nothing came between. Else the desk decided of this
 * day.
 */
async function markAfter(ctx: Ctx, { id, revision }: Planned): Promise<Planned['edited']> {
  const last = await lastChange(ctx, id)
  if (last?.act !== 'session.skipped') return 1
  const skipped = detailOf(last, ['session.skipped'])
  return skipped.revision === revision ? (skipped.before.edited ?? 1) : 1
}

/** One attempt. Null if a concurrent commit won. */
async function attempt(ctx: Ctx, id: string, given: unknown): Promise<Unskipped | null> {
  const session = await plannedById(ctx, id)
  if (!session) throw new NotFound('session')
  requireDesk(ctx.actor, session.prefecture)
  const { state, skipped_by, reason_ja, reason_en, edited, revision } = session
  if (state === 'published') return ok({ session: id, again: true })
  if (state !== 'skipped') return refused('closed')
  const { clashes, expectNoOther } = await clashesOfRow(ctx, session)
  if (refusalOf(given, clashes)) return refused('clash')
  const done = await ctx.store.commit(
    ...expectNoOther,
    ...unchanged(ctx, 'session', session),
    sessionWrite(ctx, id, {
      state: 'published',
      reason_ja: null,
      reason_en: null,
      edited: await markAfter(ctx, session),
    }),
    ...busyWrites(ctx, id),
    note(ctx, 'session.opened', id, {
      before: { state, skipped_by, reason_ja, reason_en, edited },
      revision: revision + 1,
      ...besideDetail({ beside: besideIn(given, clashes) }),
    }),
  )
  if (done.ok) return ok({ session: id, again: false })
  if (done.broke === TAKEN) return refused('busy')
  // As it was read, but something else came to its time: the next attempt says so.
  return (await plannedById(ctx, id))?.revision === revision ? null : refusalFor(done)
}

/**
 * Holds a skipped date of a series again (開催に戻す) and removes its reason. For the desk of its prefecture. Throws
 * `NotFound`, `Forbidden`.
 */
export async function unskip(ctx: Ctx, id: string, given?: unknown): Promise<Unskipped> {
  return retryOnConflict(() => attempt(ctx, id, given))
}
