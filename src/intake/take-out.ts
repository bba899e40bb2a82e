import { requireDesk } from '../base/actor.ts'
import { chunks } from '../base/chunks.ts'
import { civilDate } from '../base/japan/civil.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { deleteSessions, goneSeries, goneSession, hasPeople, isPast } from '../planning/ending/unbooked.ts'
import { expectSame, unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import type { SeriesRow, SessionRow } from '../store/schema.ts'
import { intakeById } from './queries.ts'

/** Sessions of one statement: D1 binds at most 100 parameters. */
const PART = 80

/** What was taken in and still stands. `kept`: somebody booked or asked for it, it was edited, or it took place. */
type Standing = {
  series: { row: SeriesRow; sessions: SessionRow[]; kept: boolean }[]
  days: SessionRow[]
  kept: number
}

async function hasAny(ctx: Ctx, rows: readonly SessionRow[]): Promise<boolean> {
  for (const some of chunks(rows, PART)) {
    if (
      await hasPeople(
        ctx,
        some.map(({ id }) => id),
      )
    )
      return true
  }
  return false
}

async function standing(ctx: Ctx, made: { series: string[]; sessions: string[] }): Promise<Standing> {
  const { db } = ctx.store
  const today = civilDate(ctx.clock.now())
  const isHeld = (row: SessionRow) => row.state === 'published' && isPast(row, today)
  const found: Standing = { series: [], days: [], kept: 0 }
  for (const id of made.series) {
    const row = await db.selectFrom('series').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) continue
    requireDesk(ctx.actor, row.prefecture)
    const sessions = await db.selectFrom('session').selectAll().where('series', '=', id).orderBy('id').execute()
    const kept = row.revision > 0 || sessions.some(isHeld) || (await hasAny(ctx, sessions))
    if (kept) found.kept++
    found.series.push({ row, sessions, kept })
  }
  for (const some of chunks(made.sessions, PART)) {
    const rows = await db.selectFrom('session').selectAll().where('id', 'in', some).orderBy('id').execute()
    for (const row of rows) {
      requireDesk(ctx.actor, row.prefecture)
      if (row.revision > 0 || isHeld(row) || (await hasAny(ctx, [row]))) found.kept++
      else found.days.push(row)
    }
  }
  return found
}

/**
 * Taken out: how many series and days were deleted, and how many are `left`. These were booked or edited, or somebody
 * asked for their date. `kept`: all are.
 */
export type TakenOut = Ok<{ series: number; sessions: number; left: number }> | Refused<'kept' | 'over' | 'changed'>

/**
 * Deletes again what was taken in from a schedule, if nobody booked it. The journal stays. One commit. For the desk that
 * took it in. Throws `NotFound`, `Forbidden`.
 */
export async function takeOut(ctx: Ctx, id: string): Promise<TakenOut> {
  requireDesk(ctx.actor)
  const intake = await intakeById(ctx, id)
  if (intake.state !== 'taken') return refused('over')
  const { series: all, days, kept } = await standing(ctx, intake.made)
  const series = all.filter((one) => !one.kept)
  if (series.length + days.length === 0) return refused('kept')
  const { db } = ctx.store
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'intake', intake),
    ...series.flatMap(({ row, sessions }) => [
      ...unchanged(ctx, 'series', row),
      expectSame(ctx, db.selectFrom('session').where('series', '=', row.id).select(['id', 'revision']), sessions),
      ...chunks(
        sessions.map((one) => one.id),
        PART,
      ).flatMap((some) => deleteSessions(ctx, some)),
      db.deleteFrom('question').where('series', '=', row.id),
      db.deleteFrom('series_date').where('series', '=', row.id),
      db.deleteFrom('series').where('id', '=', row.id),
      note(ctx, 'series.deleted', row.id, { ...goneSeries(row), sessions: sessions.length }),
    ]),
    ...days.flatMap((row) => unchanged(ctx, 'session', row)),
    ...chunks(
      days.map((row) => row.id),
      PART,
    ).flatMap((some) => deleteSessions(ctx, some)),
    ...days.map((row) => note(ctx, 'session.deleted', row.id, goneSession(row))),
    db
      .updateTable('intake')
      .set({ state: 'taken_out', revision: intake.revision + 1, updated_at: ctx.clock.now() })
      .where('id', '=', id),
    note(ctx, 'intake.taken_out', id, { series: series.length, sessions: days.length, left: kept }),
  )
  return done.ok ? ok({ series: series.length, sessions: days.length, left: kept }) : refusalFor(done)
}
