import { requireDesk } from '../base/actor.ts'
import { civilDate } from '../base/japan/civil.ts'
import { NotFound, ok, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { sessionWrite } from '../schedule/change-session.ts'
import type { SeriesSessionBefore } from '../store/acts.ts'
import { unchanged } from '../store/expectation.ts'
import { detailOf, note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import type { Write } from '../store/store.ts'
import { slotWrites } from './edit-session.ts'
import { expectUnbooked } from './expect-unbooked.ts'
import { aheadOf, ownChange, seriesById } from './queries.ts'
import { requestReplan } from './replan.ts'
import { skipRevised } from './skip-revised.ts'
import type { Undone } from './undo-session.ts'

/** Restores one session; fails if it was changed or booked since. */
function sessionBack(ctx: Ctx, { id, revision, before, slots }: SeriesSessionBefore): Write[] {
  return [
    ...unchanged(ctx, 'session', { id, revision }),
    expectUnbooked(ctx, id, 'ever'),
    ...slotWrites(ctx, id, slots),
    sessionWrite(ctx, id, before),
  ]
}

/**
 * Undoes the actor's last edit of a series and its effects, on the same day. Refuses if somebody booked or changed its
 * sessions since. Dates made from it are skipped (休止). For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function undoSeries(ctx: Ctx, id: string): Promise<Undone> {
  const series = await seriesById(ctx, id)
  if (!series) throw new NotFound('series')
  requireDesk(ctx.actor, series.prefecture)
  const last = await ownChange(ctx, id)
  if (!last) return refused('closed')
  const now = ctx.clock.now()
  const { before, dates, sessions, left, revision } = detailOf(last, ['series.edited'])
  if (revision !== series.revision) return refused('changed')
  const { db } = ctx.store
  const ahead = await aheadOf(ctx, id, civilDate(now))
  const known = new Set([...left, ...sessions.map((row) => row.id)])
  const made = ahead.filter((row) => !known.has(row.id) && row.state === 'published')
  if (made.some((row) => row.edited === 1)) return refused('changed')
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'series', series),
    db
      .updateTable('series')
      .set({ ...before, revision: revision + 1, updated_at: now })
      .where('id', '=', id),
    db.deleteFrom('series_date').where('series', '=', id),
    ...dates.map((date) => db.insertInto('series_date').values({ series: id, date, printed_weekday: null })),
    ...sessions.flatMap((row) => sessionBack(ctx, row)),
    ...made.flatMap((row) => skipRevised(ctx, row)),
    requestReplan(ctx),
    note(ctx, 'series.undone', id),
  )
  return done.ok ? ok({ session: id }) : refusalFor(done)
}
