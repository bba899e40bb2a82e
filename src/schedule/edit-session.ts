import { z } from 'zod'
import { onlyDesk } from '../base/actor.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { expectingNone, expectingSome } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { changing } from './changing.ts'
import { plannedById } from './queries.ts'
import { OfferShape, offerColumns } from './series-input.ts'

const EditInput = z.object({ ...OfferShape, revision: z.coerce.number().int() })

/**
 * Edited, or refused: faulty fields; `booked`: where somebody relies on its place, forms or way of applying, these are
 * changed by acts that tell them; a capacity below what is taken is `full`; or somebody else edited it meanwhile.
 */
export type SessionEdited =
  | Ok<{ session: string }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'booked' | 'full' | 'closed' | 'changed'>

/** What nobody who booked must find changed without being told. */
const RELIED_ON = ['venue', 'formats', 'acceptance', 'apply_name'] as const

/**
 * Changes what a session offers; planning leaves it alone from then on. What was before stays in the journal, for `undo`.
 * For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function editSession(ctx: Ctx, id: string, given: unknown): Promise<SessionEdited> {
  const session = await plannedById(ctx, id)
  if (!session) throw new NotFound('session')
  onlyDesk(ctx.actor, session.prefecture)
  const parsed = EditInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const { revision, ...offer } = parsed.data
  if (revision !== session.revision) return refused('changed')
  if (session.state === 'called_off') return refused('closed')
  const set = offerColumns(offer)
  const relied = RELIED_ON.some((column) => (set[column] ?? null) !== session[column])
  if (relied && session.bookings > 0) return refused('booked')
  const { db } = ctx.store
  const before = Object.fromEntries(Object.keys(set).map((column) => [column, session[column as keyof typeof session]]))
  const stands = db.selectFrom('session').select('id').where('id', '=', id).where('revision', '=', revision)
  const booked = db
    .selectFrom('booking')
    .select('id')
    .where('session', '=', id)
    .where('status', 'not in', ['cancelled', 'lapsed'])
  const done = await ctx.store.commit(
    db
      .updateTable('session')
      .set((eb) => ({ seats_taken: eb.ref('seats_taken') }))
      .where('id', '=', id),
    expectingSome(ctx, stands),
    ...(relied ? [expectingNone(ctx, booked)] : []),
    changing(ctx, session, set),
    note(ctx, 'session.edited', id, { before: { ...before, edited: session.edited }, revision: revision + 1 }),
  )
  if (done.ok) return ok({ session: id })
  if (done.broke === 'still_true') return refused('changed')
  if (done.broke === 'session_has_room') return refused('full')
  throw new Error(`editing a session broke ${done.broke}`)
}
