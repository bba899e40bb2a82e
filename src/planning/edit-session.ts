import { z } from 'zod'
import { requireDesk } from '../base/actor.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { sessionChange } from '../schedule/change-session.ts'
import { isActive } from '../store/active.ts'
import { expectNone, unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import type { SlotRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import { checkPrefecture } from './check-prefecture.ts'
import { type Planned, plannedById, slotsIn } from './queries.ts'
import { type Hours, hoursOn } from './series.ts'
import { HoursShape, hoursChecked, hoursColumns, OfferShape, offerColumns } from './series-input.ts'
import { newSlot } from './session-rows.ts'

const EditInput = z
  .object({ ...OfferShape, ...HoursShape, revision: z.coerce.number().int() })
  .superRefine((input, check) =>
    hoursChecked(input, (path, message) => check.addIssue({ code: 'custom', message, path: [path] })),
  )
type EditInput = z.output<typeof EditInput>

/**
 * Edited, or refused: faulty fields; `booked`: where somebody relies on its place, forms or way of applying, these are
 * changed by acts that tell them; a capacity below what is taken is `full`; or somebody else edited it meanwhile.
 */
export type SessionEdited =
  | Ok<{ session: string }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'booked' | 'full' | 'closed' | 'changed'>

type Slots = Pick<SlotRow, 'starts_at' | 'ends_at' | 'capacity'>[]

/** The hours that were typed, where they are others than the session has; null where they stay. */
function otherHours(session: Planned, slots: Slots, input: EditInput): Hours | null {
  if (session.date === null) return null
  const hours = hoursOn(hoursColumns(input), session.date)
  if (hours === null) return null
  const same =
    hours.starts_at === session.starts_at &&
    hours.ends_at === session.ends_at &&
    JSON.stringify(hours.slots.map((one) => [one.starts_at, one.ends_at, one.capacity])) ===
      JSON.stringify(slots.map((one) => [one.starts_at, one.ends_at, one.capacity]))
  return same ? null : hours
}

/** The writes that give a session nobody ever booked other slots. */
export function slotWrites(ctx: Ctx, session: string, slots: Slots): Write[] {
  const { db } = ctx.store
  return [
    db.deleteFrom('slot').where('session', '=', session),
    ...slots.map((slot) => db.insertInto('slot').values(newSlot(session, slot))),
  ]
}

/** What nobody who booked must find changed without being told. */
export const NOTIFY_FIELDS = ['venue', 'formats', 'acceptance', 'apply_name'] as const

/**
 * Changes what a session offers; planning leaves it alone from then on. What was before stays in the journal, for `undo`.
 * For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function editSession(ctx: Ctx, id: string, given: unknown): Promise<SessionEdited> {
  const session = await plannedById(ctx, id)
  if (!session) throw new NotFound('session')
  requireDesk(ctx.actor, session.prefecture)
  const parsed = EditInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const { revision, ...offer } = parsed.data
  if (revision !== session.revision) return refused('changed')
  const errors = await checkPrefecture(ctx, session.prefecture, { venue: offer.venue }, session)
  if (Object.keys(errors).length > 0) return refused('invalid', { errors })
  if (session.state === 'called_off') return refused('closed')
  const slots = await slotsIn(ctx, id)
  const hours = otherHours(session, slots, parsed.data)
  const set = { ...offerColumns(offer), ...(hours && { starts_at: hours.starts_at, ends_at: hours.ends_at }) }
  const relied = NOTIFY_FIELDS.some((column) => (set[column] ?? null) !== session[column])
  if ((relied || hours) && session.bookings > 0) return refused('booked')
  const { db } = ctx.store
  const before = Object.fromEntries(Object.keys(set).map((column) => [column, session[column as keyof typeof session]]))
  const ever = db.selectFrom('booking').select('id').where('session', '=', id)
  const booked = ever.where(isActive)
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'session', session),
    ...(relied ? [expectNone(ctx, booked)] : []),
    // Slots that were booked once are part of what happened.
    ...(hours ? [expectNone(ctx, ever), ...slotWrites(ctx, id, hours.slots)] : []),
    sessionChange(ctx, session, set),
    note(ctx, 'session.edited', id, {
      before: { ...before, edited: session.edited },
      ...(hours && { slots: slots.map(({ starts_at, ends_at, capacity }) => ({ starts_at, ends_at, capacity })) }),
      revision: revision + 1,
    }),
  )
  if (done.ok) return ok({ session: id })
  return refusalFor(done, { still_true: hours ? 'booked' : 'changed', session_has_room: 'full' })
}
