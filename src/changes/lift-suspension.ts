import { requireDesk } from '../base/actor.ts'
import { isAsShown, type Shown, type ShownFields } from '../base/fingerprint.ts'
import { civilDate } from '../base/japan/civil.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { sessionById } from '../schedule/queries.ts'
import { note } from '../store/journal.ts'
import { isCommitted } from '../store/retry.ts'
import { changeWrites } from './change-session.ts'
import { backWrites } from './conversion.ts'
import { type Concerned, concerned, expectSameConcerned, partyFields, SCOPES } from './queries.ts'
import { movedBy, sessionsOfSuspension, suspensionById, whileInForce } from './suspension-queries.ts'

/** A session that somebody edits meanwhile is read again, this often at most. */
const ROUNDS = 5

/** Lifted, with the number of sessions. Refused as `changed` if other sessions or people are concerned than `shown`. */
export type Lifted = Ok<{ sessions: number }> | Refused<'changed'>

/** The sessions that lifting a suspension reaches now, and the people who get their form back. */
export async function lifts(ctx: Ctx, id: string): Promise<{ ids: string[]; parties: Concerned[] }> {
  const ids = await sessionsOfSuspension(ctx, id, civilDate(ctx.clock.now()))
  return { ids, parties: await concerned(ctx, ids, SCOPES['convert-back']) }
}

/** What a page shows before a suspension is lifted: its sessions, and the people who get their form back. */
export function liftFields(id: string, sessions: readonly string[], parties: readonly Concerned[]): ShownFields {
  return ['lift', id, sessions, partyFields(parties)]
}

/** The commit that lifts a suspension in force. Returns whether people are concerned as they were shown. */
async function isLifted(ctx: Ctx, id: string, shown: Shown): Promise<boolean> {
  const { ids, parties } = await lifts(ctx, id)
  if (!(await isAsShown(shown, liftFields(id, ids, parties)))) return false
  const now = ctx.clock.now()
  const reached = movedBy(ctx, id, civilDate(now))
  const done = await ctx.store.commit(
    ...whileInForce(ctx, id),
    ...(shown === undefined ? [] : [expectSameConcerned(ctx, reached, SCOPES['convert-back'], parties)]),
    ctx.store.db.updateTable('suspension').set({ state: 'lifted', updated_at: now }).where('id', '=', id),
    note(ctx, 'suspension.lifted', id),
  )
  // If somebody else lifted it meanwhile, its sessions are restored all the same.
  return isCommitted(done) || (await suspensionById(ctx, id))?.state === 'lifted'
}

/**
 * Lifts a suspension. Its future sessions are held in person again. People whom it had converted get their form back, and
 * one letter in the commit of their session. Idempotent, also after an interruption. For staff
 * of all its prefectures. Throws `NotFound`, `Forbidden`.
 */
export async function liftSuspension(ctx: Ctx, id: string, shown?: Shown): Promise<Lifted> {
  const suspension = await suspensionById(ctx, id)
  if (!suspension) throw new NotFound('suspension')
  requireDesk(ctx.actor, ...suspension.prefectures.split(','))
  if (suspension.state === 'in_force' && !(await isLifted(ctx, id, shown))) return refused('changed')
  const now = ctx.clock.now()
  let sessions = 0
  for (let round = 0; round < ROUNDS; round++) {
    const rows = await sessionsOfSuspension(ctx, id, civilDate(now))
    if (rows.length === 0) break
    for (const row of rows) {
      const session = await sessionById(ctx, row)
      if (!session) continue
      const back = await backWrites(ctx, session, null, { keeping: true })
      const done = await ctx.store.commit(...changeWrites(ctx, session, ...back))
      if (isCommitted(done)) sessions++
    }
  }
  return ok({ sessions })
}
