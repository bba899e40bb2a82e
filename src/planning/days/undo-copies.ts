import { requireDesk } from '../../base/actor.ts'
import { civilDate } from '../../base/japan/civil.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { isCommitted, retryOnConflict } from '../../store/retry.ts'
import type { SessionRow } from '../../store/schema.ts'
import { deleteSessions, goneSession, isPast } from '../ending/unbooked.ts'
import { copyId, MOST_COPIES } from './copy-days.ts'

/**
 * Undone: how many copies were deleted, and how many are `left`. These were booked or edited, somebody asked for their
 * date, or it is past. `kept`: all are. `changed` if others keep changing them.
 */
export type CopiesUndone = Ok<{ deleted: number; left: number }> | Refused<'kept' | 'changed'>

/** The copies that one act made, by the id of the first, and whether people came to each. Two queries. */
async function copiesOf(ctx: Ctx, first: string): Promise<{ row: SessionRow; hasPeople: boolean }[]> {
  const { db } = ctx.store
  const ids = Array.from({ length: MOST_COPIES }, (_, i) => copyId(first, i))
  const rows = await db
    .selectFrom('session')
    .selectAll('session')
    .select(({ exists, selectFrom }) => [
      exists(selectFrom('booking').select('booking.id').whereRef('booking.session', '=', 'session.id')).as('booked'),
      exists(selectFrom('interest').select('interest.id').whereRef('interest.session', '=', 'session.id')).as('asked'),
    ])
    .where('session.series', 'is', null)
    .where('session.id', 'in', ids)
    .orderBy('session.id')
    .execute()
  const made = await db
    .selectFrom('journal')
    .select('subject')
    .where('act', '=', 'session.published')
    .where('detail', 'like', '%"copy":%')
    .where('subject', 'in', ids)
    .execute()
  const copies = new Set(made.map(({ subject }) => subject))
  return rows
    .filter(({ id }) => copies.has(id))
    .map(({ booked, asked, ...row }) => ({ row, hasPeople: Boolean(booked) || Boolean(asked) }))
}

/**
 * Deletes the copies that `copyDays` made together, by the id of the first. Those that somebody booked or edited stay, and
 * so does the journal. For the desk of their prefectures. Throws `NotFound`, `Forbidden`.
 */
export async function undoCopies(ctx: Ctx, first: string): Promise<CopiesUndone> {
  requireDesk(ctx.actor)
  const today = civilDate(ctx.clock.now())
  return retryOnConflict(async () => {
    const copies = await copiesOf(ctx, first)
    if (copies.length === 0) throw new NotFound('session')
    for (const { row } of copies) requireDesk(ctx.actor, row.prefecture)
    const gone = copies.filter(({ row, hasPeople }) => !hasPeople && row.revision === 0 && !isPast(row, today))
    if (gone.length === 0) return refused('kept')
    const ids = gone.map(({ row }) => row.id)
    const done = await ctx.store.commit(
      ...gone.flatMap(({ row }) => unchanged(ctx, 'session', row)),
      ...deleteSessions(ctx, ids),
      ...gone.map(({ row }) => note(ctx, 'session.deleted', row.id, goneSession(row))),
    )
    return isCommitted(done) ? ok({ deleted: gone.length, left: copies.length - gone.length }) : null
  })
}
