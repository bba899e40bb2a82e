import * as z from 'zod'
import { requireDesk } from '../../base/actor.ts'
import { day } from '../../base/fields.ts'
import { isAsShown, type ShownFields, shownIn } from '../../base/fingerprint.ts'
import { type Faults, faultsOf } from '../../base/input.ts'
import { addDays, type CivilDate, civilDate } from '../../base/japan/civil.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { refusalFor } from '../../store/retry.ts'
import type { SeriesRow } from '../../store/schema.ts'
import {
  type Change,
  changesOf,
  datesWrites,
  type Effect,
  effectOf,
  isFollowing,
  seriesBefore,
  sessionWrites,
} from '../edit-series.ts'
import { HORIZON_DAYS } from '../plan.ts'
import { aheadOf, seriesById, seriesDates } from '../queries.ts'
import { requestReplan } from '../replan.ts'
import { occurrences } from '../series.ts'

const EndInput = z.object({ until: day })

/** How a series would end: on which day, and what becomes of each session after it. */
export type SeriesEnd = { series: SeriesRow; until: CivilDate; changes: Change[]; effects: Effect[] }

/** The end of a series as its look shows it. */
export function endFields({ series, until, effects }: SeriesEnd): ShownFields {
  const shown = effects.map(({ session, becomes }) => [session.id, becomes, session.bookings])
  return ['end series', series.id, series.revision, until, shown]
}

async function read(
  ctx: Ctx,
  id: string,
  given: unknown,
): Promise<Ok<SeriesEnd> | Refused<'invalid', { errors: Faults }>> {
  const series = await seriesById(ctx, id)
  if (!series) throw new NotFound('series')
  requireDesk(ctx.actor, series.prefecture)
  const parsed = EndInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const { until } = parsed.data
  const isLater = series.until !== null && until >= series.until
  if (until < series.starts_on || isLater) return refused('invalid', { errors: { until: 'choice' } })
  const today = civilDate(ctx.clock.now())
  const { rule } = series
  const listed = (await seriesDates(ctx, id)).map(({ date }) => date)
  const after = { ...series, until }
  const dates =
    rule === null
      ? listed.filter((date) => date <= until)
      : occurrences({ ...after, rule }, today, addDays(today, HORIZON_DAYS * 2))
  const all = await changesOf(ctx, series, after, dates)
  const changes = all.filter(({ session }) => (session.occurrence ?? '') > until)
  return ok({ series, until, changes, effects: changes.map(effectOf) })
}

/**
 * What `endSeries` would do to each session after the day. Changes nothing. For the desk of its prefecture. Throws
 * `NotFound`, `Forbidden`.
 */
export function previewEnd(ctx: Ctx, id: string, given: unknown): ReturnType<typeof read> {
  return read(ctx, id, given)
}

/** Ended, with what became of each session after it. Refused: a faulty day; `changed` if it is not as it was shown. */
export type SeriesEnded = Ok<{ effects: Effect[] }> | Refused<'invalid', { errors: Faults }> | Refused<'changed'>

/**
 * Ends a series after a day (`until`). Later sessions without bookings are skipped (休止). Those with bookings and those
 * that staff edited stay; they are called off by their own act. Can be undone on the same day, as an edit of the series.
 * One commit. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function endSeries(ctx: Ctx, id: string, given: unknown): Promise<SeriesEnded> {
  const found = await read(ctx, id, given)
  if (!found.ok) return found
  const { series, until, changes, effects } = found
  if (!(await isAsShown(shownIn(given), endFields(found)))) return refused('changed')
  const follow = changes.filter(isFollowing)
  const gone = new Set(follow.map(({ session }) => session.id))
  const ahead = await aheadOf(ctx, id, civilDate(ctx.clock.now()))
  const left = ahead.map((one) => one.id).filter((one) => !gone.has(one))
  const listed = await seriesDates(ctx, id)
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'series', series),
    ctx.store.db
      .updateTable('series')
      .set({ until, revision: series.revision + 1, updated_at: ctx.clock.now() })
      .where('id', '=', id),
    ...datesWrites(
      ctx,
      id,
      listed,
      listed.filter(({ date }) => date <= until),
    ),
    ...follow.flatMap((change) => sessionWrites(ctx, change)),
    requestReplan(ctx),
    note(ctx, 'series.edited', id, seriesBefore({ row: series, changes, left }, listed)),
  )
  return done.ok ? ok({ effects }) : refusalFor(done)
}
