import { requireDesk } from '../base/actor.ts'
import { newId } from '../base/id.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import type { Reading } from '../notices/record.ts'
import { actorText, note } from '../store/journal.ts'
import type { IntakeRow } from '../store/schema.ts'
import { orThrow } from '../store/store.ts'
import type { Decision } from './decision.ts'
import { firstDecisions } from './first.ts'

/** The most rows of a schedule that is taken in. */
const MOST_RECORDS = 300

/** Why a schedule is not kept: no row was read, or more than 300. */
export function notToKeep({ records }: Pick<Reading, 'records'>): 'nothing' | 'many' | null {
  if (records.length === 0) return 'nothing'
  return records.length > MOST_RECORDS ? 'many' : null
}

/** The row of a schedule that was read and decided so far. */
export function newIntake(ctx: Ctx, { records, unread }: Reading, name: string, decisions: readonly Decision[]) {
  const now = ctx.clock.now()
  return {
    id: newId(now),
    made_by: actorText(ctx.actor),
    name: name.slice(0, 200),
    records: JSON.stringify(records),
    unread: JSON.stringify(unread),
    decisions: JSON.stringify(decisions),
    made: JSON.stringify({ series: [], sessions: [] }),
    state: 'open',
    revision: 0,
    created_at: now,
    updated_at: now,
  } satisfies IntakeRow
}

/** Kept. Refused `nothing` if no row was read, `many` if there are more than 300. */
export type IntakeKept = Ok<{ id: string }> | Refused<'nothing' | 'many'>

/**
 * Keeps what was read from a schedule as a draft, with its printed text. Makes no session. `name`: of its file, or empty.
 * For every desk. Throws `Forbidden`.
 */
export async function keepIntake(ctx: Ctx, reading: Reading, name: string): Promise<IntakeKept> {
  requireDesk(ctx.actor)
  const why = notToKeep(reading)
  if (why) return refused(why)
  const row = newIntake(ctx, reading, name, await firstDecisions(ctx, reading.records))
  const writes = [
    ctx.store.db.insertInto('intake').values(row),
    note(ctx, 'intake.kept', row.id, { records: reading.records.length }),
  ]
  orThrow(await ctx.store.commit(...writes))
  return ok({ id: row.id })
}
