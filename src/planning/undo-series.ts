import { requireDesk } from '../base/actor.ts'
import { civilDate } from '../base/japan/civil.ts'
import { NotFound, ok, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import type { SeriesSessionBefore } from '../store/acts.ts'
import { expectNone, unchanged } from '../store/expectation.ts'
import { detailOf, note } from '../store/journal.ts'
import { raised } from '../store/raised.ts'
import { refusalFor } from '../store/retry.ts'
import type { Write } from '../store/store.ts'
import { slotWrites } from './edit-session.ts'
import { aheadOf, ownChange, seriesById } from './queries.ts'
import { requestReplan } from './replan.ts'
import { columnsOf, REVISED } from './series-change.ts'
import type { Undone } from './undo-session.ts'

/** Puts one session back; breaks where it was changed or booked since. */
function sessionBack(ctx: Ctx, { id, revision, before, slots }: SeriesSessionBefore): Write[] {
  const { db } = ctx.store
  return [
    ...unchanged(ctx, 'session', { id, revision }),
    expectNone(ctx, db.selectFrom('booking').select('id').where('session', '=', id)),
    ...slotWrites(ctx, id, slots),
    db
      .updateTable('session')
      .set({ ...columnsOf(before), ...raised(ctx) })
      .where('id', '=', id),
  ]
}

/**
 * Takes back one's own last edit of a series with all that came of it, on the day it was made, as long as nobody booked or
 * changed any of its sessions since; dates that were made from it are skipped (休止). For the desk of its prefecture.
 * Throws `NotFound`, `Forbidden`.
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
  const known = new Set([...left, ...sessions.map((one) => one.id)])
  const made = ahead.filter((one) => !known.has(one.id) && one.state === 'published')
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'series', series),
    db
      .updateTable('series')
      .set({ ...before, revision: revision + 1, updated_at: now })
      .where('id', '=', id),
    db.deleteFrom('series_date').where('series', '=', id),
    ...dates.map((date) => db.insertInto('series_date').values({ series: id, date, printed_weekday: null })),
    ...sessions.flatMap((one) => sessionBack(ctx, one)),
    ...made.flatMap((one) => [
      expectNone(ctx, db.selectFrom('booking').select('id').where('session', '=', one.id)),
      db
        .updateTable('session')
        .set({ ...REVISED, ...raised(ctx) })
        .where('id', '=', one.id),
    ]),
    requestReplan(ctx),
    note(ctx, 'series.undone', id),
  )
  return done.ok ? ok({ session: id }) : refusalFor(done)
}
