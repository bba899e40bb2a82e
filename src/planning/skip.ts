import { requireDesk } from '../base/actor.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { actsFor } from '../schedule/acts-for.ts'
import { sessionChange } from '../schedule/change-session.ts'
import { sessionById } from '../schedule/queries.ts'
import { ReasonInput, reasonColumns } from '../schedule/reason.ts'
import { isActive } from '../store/active.ts'
import { expectNone, expectSome } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { plannedById } from './queries.ts'

/** Skipped or open again (`again`: it was so already), or refused: a faulty reason, people are booked, over or off, or changed meanwhile. */
export type Skipped =
  | Ok<{ session: string; again: boolean }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'booked' | 'closed' | 'changed'>

/**
 * Leaves one date of a series out (休止), or with `open` holds it after all. Where people are booked it is called off
 * instead, which tells them. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function skip(ctx: Ctx, id: string, given: unknown, open = false): Promise<Skipped> {
  const session = await plannedById(ctx, id)
  if (!session) throw new NotFound('session')
  requireDesk(ctx.actor, session.prefecture)
  const { state, skipped_by, reason_ja, reason_en, edited, revision } = session
  if (state === (open ? 'published' : 'skipped')) return ok({ session: id, again: true })
  const now = await sessionById(ctx, id)
  if (!now || !actsFor(now).has(open ? 'open' : 'skip')) return refused('closed')
  const parsed = ReasonInput.safeParse(given)
  if (!open && !parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  if (!open && !actsFor(now, { booked: session.bookings > 0 }).has('skip')) return refused('booked')
  const { db } = ctx.store
  const stands = db.selectFrom('session').select('id').where('id', '=', id).where('revision', '=', revision)
  const booked = db.selectFrom('booking').select('id').where('session', '=', id).where(isActive)
  const reason = !open && parsed.success ? reasonColumns(parsed.data) : { reason_ja: null, reason_en: null }
  const done = await ctx.store.commit(
    db
      .updateTable('session')
      .set((eb) => ({ seats_taken: eb.ref('seats_taken') }))
      .where('id', '=', id),
    expectSome(ctx, stands),
    ...(open ? [] : [expectNone(ctx, booked)]),
    sessionChange(ctx, session, { state: open ? 'published' : 'skipped', skipped_by: open ? null : 'desk', ...reason }),
    note(ctx, open ? 'session.opened' : 'session.skipped', id, {
      before: { state, skipped_by, reason_ja, reason_en, edited },
      revision: revision + 1,
    }),
  )
  if (done.ok) return ok({ session: id, again: false })
  if (done.broke === 'still_true') return refused('changed')
  throw new Error(`skipping broke ${done.broke}`)
}
