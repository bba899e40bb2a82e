import { requireDesk } from '../base/actor.ts'
import { newId } from '../base/id.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import type { Reading } from '../notices/record.ts'
import { actorText, note } from '../store/journal.ts'
import { orThrow } from '../store/store.ts'
import { firstDecisions } from './first.ts'

/** The most rows of a schedule that is taken in. */
const MOST_RECORDS = 300

/** Kept. Refused `nothing` if no row was read, `many` if there are more than 300. */
export type IntakeKept = Ok<{ id: string }> | Refused<'nothing' | 'many'>

/**
 * Keeps what was read from a schedule as a draft, with its printed text. Makes no session. `name`: of its file, or empty.
 * For every desk. Throws `Forbidden`.
 */
export async function keepIntake(ctx: Ctx, { records, unread }: Reading, name: string): Promise<IntakeKept> {
  requireDesk(ctx.actor)
  if (records.length === 0) return refused('nothing')
  if (records.length > MOST_RECORDS) return refused('many')
  const now = ctx.clock.now()
  const id = newId(now)
  const row = {
    id,
    made_by: actorText(ctx.actor),
    name: name.slice(0, 200),
    records: JSON.stringify(records),
    unread: JSON.stringify(unread),
    decisions: JSON.stringify(await firstDecisions(ctx, records)),
    made: JSON.stringify({ series: [], sessions: [] }),
    state: 'open' as const,
    revision: 0,
    created_at: now,
    updated_at: now,
  }
  const writes = [
    ctx.store.db.insertInto('intake').values(row),
    note(ctx, 'intake.kept', id, { records: records.length }),
  ]
  orThrow(await ctx.store.commit(...writes))
  return ok({ id })
}
