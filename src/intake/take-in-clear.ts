import { requireDesk } from '../base/actor.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import type { Reading } from '../notices/record.ts'
import { type Clash, eachOnce } from '../schedule/clashes.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import { firstDecisions } from './first.ts'
import { newIntake, notToKeep } from './keep.ts'
import { type IntakeLook, lookAt, type RowLook } from './look.ts'
import { makingWrites } from './making.ts'
import type { MadeIds } from './queries.ts'

/** What holds for all rows: the file, the desk that holds them, and the prefecture of those that print none. */
export type ForAll = { name: string; desk?: string; prefecture?: string }

/**
 * Taken in, with the look that says what became of each row. `id`: of the import; null if no row was new, which changes
 * nothing. Refused `unread` if no row was read, `many` if there are more than 300. `no_programme`: a row has no date, and
 * today has no programme. `invalid`: the sessions at the same time, if no reason (`beside`) is given.
 */
export type ClearTaken =
  | Ok<{ id: string | null; look: IntakeLook; ofRow: ReadonlyMap<RowLook, MadeIds> }>
  | Refused<'unread' | 'many' | 'changed' | 'no_programme'>
  | Refused<'invalid', { clashes: Clash[] }>

/**
 * Makes the new rows of a schedule that need no decision, in one commit. Rows with a doubt are left out whole, and so is
 * what the house has. Idempotent: what was made before is the same. For the desk of all prefectures of its new rows.
 * Throws `Forbidden`.
 */
export async function takeInClear(
  ctx: Ctx,
  { records: read, unread }: Reading,
  { name, desk, prefecture }: ForAll,
  given: unknown = {},
): Promise<ClearTaken> {
  requireDesk(ctx.actor)
  const records = read.map((record) => ({ ...record, prefecture: record.prefecture ?? prefecture ?? null }))
  const why = notToKeep({ records })
  if (why) return refused(why === 'nothing' ? 'unread' : why)
  const first = await firstDecisions(ctx, records)
  const decisions = first.map((decision) => ({ ...decision, desk: desk ?? decision.desk }))
  const look = await lookAt(ctx, { records, decisions })
  const making = await makingWrites(ctx, look, given)
  if (!making.ok) {
    if (making.why === 'invalid') return refused('invalid', { clashes: eachOnce(look.clashes) })
    return making.why === 'nothing' ? ok({ id: null, look, ofRow: new Map() }) : making
  }
  const { made, ofRow, beside, writes } = making
  const row = {
    ...newIntake(ctx, { records, unread }, name, decisions),
    state: 'taken' as const,
    made: JSON.stringify(made),
  }
  const done = await ctx.store.commit(
    ...writes,
    ctx.store.db.insertInto('intake').values(row),
    note(ctx, 'intake.taken', row.id, { series: made.series.length, sessions: made.sessions.length, ...beside }),
  )
  return done.ok ? ok({ id: row.id, look, ofRow }) : refusalFor(done)
}
