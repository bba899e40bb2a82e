import { requireDesk } from '../../base/actor.ts'
import { chunks } from '../../base/chunks.ts'
import { isAsShown, type ShownFields, shownIn } from '../../base/fingerprint.ts'
import { civilDate } from '../../base/japan/civil.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { expectSame, unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { refusalFor } from '../../store/retry.ts'
import type { SeriesRow, SessionRow } from '../../store/schema.ts'
import { seriesById } from '../queries.ts'
import { deleteSessions, goneSeries, hasPeople, isPast, type Kept } from './unbooked.ts'

/** Sessions of one statement: D1 binds at most 100 parameters. */
const PART = 80

/** What goes with a series, and why it is kept, or null. */
export type SeriesDeletion = { series: SeriesRow; sessions: SessionRow[]; kept: Exclude<Kept, 'series'> | null }

/** What a page shows before a series is deleted. */
export function deletedSeriesFields({ series, sessions }: SeriesDeletion): ShownFields {
  return ['delete series', series.id, series.revision, sessions.map(({ id, date }) => [id, date])]
}

const sessionsOf = (ctx: Ctx, series: string) => ctx.store.db.selectFrom('session').where('series', '=', series)

/**
 * A series with all its sessions, and why it cannot be deleted. `past`: one of its days took place. For the desk of its
 * prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function previewSeriesDeletion(ctx: Ctx, id: string): Promise<SeriesDeletion> {
  const series = await seriesById(ctx, id)
  if (!series) throw new NotFound('series')
  requireDesk(ctx.actor, series.prefecture)
  const sessions = await sessionsOf(ctx, id).selectAll().orderBy('date').orderBy('id').execute()
  const today = civilDate(ctx.clock.now())
  if (sessions.some((one) => one.state === 'published' && isPast(one, today))) return { series, sessions, kept: 'past' }
  const ids = sessions.map((one) => one.id)
  const people = await Promise.all(chunks(ids, PART).map((some) => hasPeople(ctx, some)))
  return { series, sessions, kept: people.some(Boolean) ? 'booked' : null }
}

/** Deleted, with the number of its sessions. Refused `past`, `booked`, or `changed` if it is not as it was shown. */
export type SeriesDeleted = Ok<{ sessions: number }> | Refused<'past' | 'booked' | 'changed'>

/**
 * Deletes a series that nobody ever booked and of which no day took place, with its sessions and questions. The journal
 * stays. One commit. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function deleteSeries(ctx: Ctx, id: string, given: unknown = {}): Promise<SeriesDeleted> {
  const found = await previewSeriesDeletion(ctx, id)
  const { series, sessions, kept } = found
  if (kept) return refused(kept)
  if (!(await isAsShown(shownIn(given), deletedSeriesFields(found)))) return refused('changed')
  const { db } = ctx.store
  const ids = sessions.map((one) => one.id)
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'series', series),
    expectSame(ctx, sessionsOf(ctx, id).select(['id', 'revision']), sessions),
    ...chunks(ids, PART).flatMap((some) => deleteSessions(ctx, some)),
    db.deleteFrom('question').where('series', '=', id),
    db.deleteFrom('series_date').where('series', '=', id),
    db.deleteFrom('series').where('id', '=', id),
    note(ctx, 'series.deleted', id, { ...goneSeries(series), sessions: ids.length }),
  )
  if (done.ok) return ok({ sessions: ids.length })
  const after = await previewSeriesDeletion(ctx, id)
  return after.kept ? refused(after.kept) : refusalFor(done)
}
