import { dutyWrite } from '../advisers/assign.ts'
import { isEmptyDuty } from '../advisers/duty.ts'
import { requireDesk } from '../base/actor.ts'
import { newId } from '../base/id.ts'
import { NotFound } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import type { SeriesRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import { dutyAlong } from './advisers/assign-series.ts'
import { seriesById } from './queries.ts'

/** The series of which a form begins a copy, or null. For its desk. Throws `NotFound`, `Forbidden`. */
export async function copiedFrom(ctx: Ctx, given: unknown): Promise<SeriesRow | null> {
  const from = new Map<string, unknown>(Object.entries(given ?? {})).get('from') ?? ''
  if (typeof from !== 'string' || from === '') return null
  const series = await seriesById(ctx, from)
  if (!series) throw new NotFound('series')
  requireDesk(ctx.actor, series.prefecture)
  return series
}

/**
 * The writes that give a copy of a series its questions, paragraphs of letters and adviser. The room goes along if the
 * venue is the same. Four queries.
 */
export async function takenAlong(
  ctx: Ctx,
  from: string,
  place: { prefecture: string; venue: string | null },
): Promise<(series: string) => Write[]> {
  const { db } = ctx.store
  const now = ctx.clock.now()
  const questions = await db
    .selectFrom('question')
    .selectAll()
    .where('series', '=', from)
    .where('retired_at', 'is', null)
    .execute()
  const texts = await db.selectFrom('letter_text').selectAll().where('series', '=', from).execute()
  const duty = await dutyAlong(ctx, from, place)
  const since = { revision: 0, created_at: now, updated_at: now }
  return (series) => [
    ...questions.map((row) => db.insertInto('question').values({ ...row, ...since, id: newId(now), series })),
    ...texts.map((row) =>
      db.insertInto('letter_text').values({ ...row, ...since, id: newId(now), series, owner: `series:${series}` }),
    ),
    ...(duty && !isEmptyDuty(duty) ? [dutyWrite(ctx, { series, session: null, slot: null }, duty, place)] : []),
  ]
}
