import * as z from 'zod'
import { busyWrites, TAKEN } from '../advisers/busy.ts'
import { requireDesk } from '../base/actor.ts'
import { seenRevision } from '../base/fields.ts'
import { isAsShown, type ShownFields, shownIn } from '../base/fingerprint.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { firstRight } from '../interest/first-right.ts'
import { followers, tellHours } from '../interest/follow-session.ts'
import { actsFor } from '../schedule/acts-for.ts'
import { sessionChange } from '../schedule/change-session.ts'
import {
  type Beside,
  besideDetail,
  besideIn,
  type Clash,
  clashFields,
  newClashes,
  refusalOf,
} from '../schedule/clashes.ts'
import { sessionById } from '../schedule/queries.ts'
import { expectSame, unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor, retryOnConflict } from '../store/retry.ts'
import type { SlotRow } from '../store/schema.ts'
import { type Affected, bookedIn, type Impact, impactOf, isSameTimes, slotWrites, type Times } from './affected.ts'
import { checkPrefecture } from './check-prefecture.ts'
import { type Planned, plannedById, slotsIn } from './queries.ts'
import { type Hours, hoursOn } from './series.ts'
import { HoursShape, hoursChecked, hoursColumns, isAs, OfferShape, offerColumns } from './series-input.ts'

/** A session as staff edit it. */
export const EditInput = z
  .object({ ...OfferShape, ...HoursShape, revision: seenRevision })
  .superRefine((input, check) =>
    hoursChecked(input, (path, message) => check.addIssue({ code: 'custom', message, path: [path] })),
  )
type EditInput = z.output<typeof EditInput>

/**
 * Edited; `same` if nothing was. Refuses `invalid` with the fault of each field. Names in `who` the people booked: refuses
 * `full` for a capacity below their seats, `bound` for another way to apply. Refuses `booked` if it would take something
 * else from them: only acts that notify people may. Refuses `closed` if it is over or off, `changed` if edited meanwhile or
 * not as `shown`. Refuses `busy` if its adviser or room is taken then. Refuses `clashes` that are new without their reason
 * in `beside`.
 */
export type SessionEdited =
  | Ok<{ session: string; same?: true }>
  | Refused<'invalid', { errors: Faults; clashes?: Clash[] }>
  | Refused<'booked' | 'bound' | 'full', { who: Affected[] }>
  | Refused<'closed' | 'changed' | 'busy'>

/** The typed hours if they differ from those of the session, else null. */
function otherHours(session: Planned, slots: Times, input: EditInput): Hours | null {
  if (session.date === null) return null
  const hours = hoursOn(hoursColumns(input), session.date)
  if (hours === null) return null
  const same =
    hours.starts_at === session.starts_at && hours.ends_at === session.ends_at && isSameTimes(hours.slots, slots)
  return same ? null : hours
}

/** The replaced values, which the journal keeps for `undo`. */
function beforeOf(session: Planned, set: object): Record<string, unknown> {
  const before = Object.keys(set).map((column) => [column, session[column as keyof typeof session]])
  return { ...Object.fromEntries(before), edited: session.edited }
}

/** The field errors that depend on the session. Only a session with hours needs a format. */
async function faultsIn(ctx: Ctx, session: Planned, { venue, formats }: EditInput): Promise<Faults> {
  const errors = await checkPrefecture(ctx, session.prefecture, { venue }, session)
  return session.starts_at !== null && formats.length === 0 ? { ...errors, formats: 'required' } : errors
}

/** What an edit would do to a session, and what its page shows. */
type Read = {
  session: Planned
  set: ReturnType<typeof offerColumns> & Partial<Pick<Hours, 'starts_at' | 'ends_at'>>
  slots: SlotRow[]
  times: Times
  /** The typed hours, if they are others. */
  hours: Hours | null
  /** Whether the form is as the session is. */
  same: boolean
  impact: Impact
  /** The people who asked for its date and get a letter about its hours. */
  following: { id: string; revision: number }[]
  fields: ShownFields
} & Beside

type EditRefused = Exclude<SessionEdited, { ok: true }>

const timeFields = ({ starts_at, ends_at, capacity }: Times[number]) => [starts_at, ends_at, capacity]

/** A query for the people who asked for the date of a session and hear of its hours. */
const toldHours = (ctx: Ctx, session: Planned) => followers(ctx, session, 'rescheduled')

async function read(ctx: Ctx, id: string, given: unknown): Promise<Ok<Read> | EditRefused> {
  const session = await plannedById(ctx, id)
  if (!session) throw new NotFound('session')
  requireDesk(ctx.actor, session.prefecture)
  const parsed = EditInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const { revision, ...offer } = parsed.data
  if (revision !== session.revision) return refused('changed')
  const errors = await faultsIn(ctx, session, parsed.data)
  if (Object.keys(errors).length > 0) return refused('invalid', { errors })
  const current = await sessionById(ctx, id)
  if (!current || !actsFor(current).has('edit')) return refused('closed')

  const slots = await slotsIn(ctx, id)
  const hours = otherHours(session, slots, parsed.data)
  const set = { ...offerColumns(offer), ...(hours && { starts_at: hours.starts_at, ends_at: hours.ends_at }) }
  const times = hours?.slots ?? slots
  const impact = impactOf(ctx, id, { ...session, slots }, { ...session, ...set, slots: times })
  const who = await impact.who()
  const isBound = session.acceptance !== set.acceptance || session.apply_name !== set.apply_name
  if (who.length > 0) return refused(isBound ? 'bound' : 'booked', { who })
  const beside = await newClashes(ctx, session, { ...session, ...set })
  const tells = tellHours(ctx, session, { ...session, ...set }).length > 0
  const following = tells ? await toldHours(ctx, session).execute() : []
  const ids = following.map((one) => one.id).toSorted()
  const fields = ['edit', id, Object.entries(set), times.map(timeFields), clashFields(beside.clashes), ids]
  return ok({
    session,
    set,
    slots,
    times,
    hours,
    same: !hours && isAs(session, set),
    impact,
    following,
    fields,
    ...beside,
  })
}

/**
 * What an edit of a session would do, and what its page shows. Refused as `editSession` is, but for clashes. Changes
 * nothing. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export function previewEdit(ctx: Ctx, id: string, given: unknown): ReturnType<typeof read> {
  return read(ctx, id, given)
}

/**
 * Changes what a session offers. Planning no longer changes it. The journal keeps the values before, for `undo`. People
 * who know its hours because they asked for the date get a letter about others. If it had none, they book first. A form
 * saved as it was changes nothing.
 * For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function editSession(ctx: Ctx, id: string, given: unknown): Promise<SessionEdited> {
  return retryOnConflict(() => attempt(ctx, id, given))
}

/** One attempt. Null if a concurrent commit won. */
async function attempt(ctx: Ctx, id: string, given: unknown): Promise<SessionEdited | null> {
  const found = await read(ctx, id, given)
  if (!found.ok) return found
  const { session, set, slots, times, hours, same, impact, following, fields, clashes, expectNoOther } = found
  if (same) return ok({ session: id, same: true as const })
  const unreasoned = refusalOf(given, clashes)
  if (unreasoned) return refused('invalid', { errors: unreasoned.errors, clashes })
  const shown = shownIn(given)
  if (!(await isAsShown(shown, fields))) return refused('changed')
  const tells = tellHours(ctx, session, { ...session, ...set })
  const first = await firstRight(ctx, session, set)
  const { revision } = session
  const done = await ctx.store.commit(
    ...expectNoOther,
    ...unchanged(ctx, 'session', session),
    ...impact.expectNobody,
    ...(shown === undefined || tells.length === 0 ? [] : [expectSame(ctx, toldHours(ctx, session), following)]),
    ...slotWrites(ctx, id, slots, times),
    ...tells,
    sessionChange(ctx, session, { ...set, ...first }),
    ...busyWrites(ctx, id),
    note(ctx, 'session.edited', id, {
      before: beforeOf(session, { ...set, ...first }),
      ...(hours && { slots: slots.map(({ starts_at, ends_at, capacity }) => ({ starts_at, ends_at, capacity })) }),
      revision: revision + 1,
      ...besideDetail({ beside: besideIn(given, clashes) }),
    }),
  )
  if (done.ok) return ok({ session: id })
  // As it was read, but somebody booked, asked or came to its time: the next attempt says so.
  const isAsRead = done.broke === 'still_true' && (await plannedById(ctx, id))?.revision === revision
  if (isAsRead) return null
  const { why } = refusalFor(done, { session_has_room: 'full', slot_has_room: 'full', [TAKEN]: 'busy' })
  return why === 'full' ? refused(why, { who: await bookedIn(ctx, id) }) : refused(why)
}
