import * as z from 'zod'
import { requireDesk } from '../base/actor.ts'
import { seenRevision } from '../base/fields.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { actsFor } from '../schedule/acts-for.ts'
import { sessionChange } from '../schedule/change-session.ts'
import { sessionById } from '../schedule/queries.ts'
import { unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import type { SlotRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import { checkPrefecture } from './check-prefecture.ts'
import { expectUnbooked, type Reliance } from './expect-unbooked.ts'
import { type Planned, plannedById } from './queries.ts'
import { type Hours, hoursOn } from './series.ts'
import { HoursShape, hoursChecked, hoursColumns, OfferShape, offerColumns } from './series-input.ts'
import { newSlot } from './session-rows.ts'

const EditInput = z
  .object({ ...OfferShape, ...HoursShape, revision: seenRevision })
  .superRefine((input, check) =>
    hoursChecked(input, (path, message) => check.addIssue({ code: 'custom', message, path: [path] })),
  )
type EditInput = z.output<typeof EditInput>

/**
 * Edited. Refuses `invalid` with the fault of each field; `full` for a capacity below the seats taken. Refuses `booked`
 * if people rely on a changed field: only acts that notify them may change it. Refuses `closed` if it is over or off,
 * `changed` if edited meanwhile.
 */
export type SessionEdited =
  | Ok<{ session: string }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'booked' | 'full' | 'closed' | 'changed'>

type Slots = Pick<SlotRow, 'starts_at' | 'ends_at' | 'capacity'>[]

/** The typed hours if they differ from those of the session, else null. */
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

/** The writes that replace the slots of a session that nobody ever booked. */
export function slotWrites(ctx: Ctx, session: string, slots: Slots): Write[] {
  const { db } = ctx.store
  return [
    db.deleteFrom('slot').where('session', '=', session),
    ...slots.map((slot) => db.insertInto('slot').values(newSlot(session, slot))),
  ]
}

/** Fields that may not change by an edit once somebody has booked. */
export const NOTIFY_FIELDS = ['venue', 'formats', 'acceptance', 'apply_name'] as const

/** Which bookings prevent the edit; null if none does. */
function relianceOf(session: Planned, set: ReturnType<typeof offerColumns>, hours: Hours | null): Reliance | null {
  if (hours) return 'ever'
  return NOTIFY_FIELDS.some((column) => (set[column] ?? null) !== session[column]) ? 'active' : null
}

/** The replaced values, which the journal keeps for `undo`. */
function beforeOf(session: Planned, set: object): Record<string, unknown> {
  const before = Object.keys(set).map((column) => [column, session[column as keyof typeof session]])
  return { ...Object.fromEntries(before), edited: session.edited }
}

/**
 * Changes what a session offers. Planning no longer changes it. The journal keeps the values before, for `undo`. For
 * the desk of its prefecture. Throws `NotFound`, `Forbidden`.
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
  const current = await sessionById(ctx, id)
  if (!current || !actsFor(current).has('edit')) return refused('closed')

  const slots = current.slots.map(({ starts_at, ends_at, capacity }) => ({ starts_at, ends_at, capacity }))
  const hours = otherHours(session, slots, parsed.data)
  const columns = offerColumns(offer)
  const reliance = relianceOf(session, columns, hours)
  if (reliance && session.bookings > 0) return refused('booked')
  const set = hours ? { ...columns, starts_at: hours.starts_at, ends_at: hours.ends_at } : columns
  const done = await ctx.store.commit(
    ...unchanged(ctx, 'session', session),
    ...(reliance ? [expectUnbooked(ctx, id, reliance)] : []),
    ...(hours ? slotWrites(ctx, id, hours.slots) : []),
    sessionChange(ctx, session, set),
    note(ctx, 'session.edited', id, {
      before: beforeOf(session, set),
      ...(hours && { slots }),
      revision: revision + 1,
    }),
  )
  if (done.ok) return ok({ session: id })
  const booked = hours !== null && (await plannedById(ctx, id))?.revision === revision
  return refusalFor(done, { still_true: booked ? 'booked' : 'changed', session_has_room: 'full' })
}
