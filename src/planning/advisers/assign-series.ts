import { assignedDetail, dutyWrite } from '../../advisers/assign.ts'
import { busyWrites, isTaken } from '../../advisers/busy.ts'
import { DutyInput, dutyColumns, isEmptyDuty } from '../../advisers/duty.ts'
import { busyWith } from '../../advisers/free.ts'
import { dutiesToCopy, foreignAdvisers } from '../../advisers/queries.ts'
import { requireDesk } from '../../base/actor.ts'
import { chunks } from '../../base/chunks.ts'
import { isAsShown, type ShownFields, shownIn } from '../../base/fingerprint.ts'
import { type Faults, faultsOf } from '../../base/input.ts'
import { civilDate } from '../../base/japan/civil.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { expectNone, expectSome, lockRow, unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { isCommitted, retryOnConflict } from '../../store/retry.ts'
import type { DutyRow, SeriesRow } from '../../store/schema.ts'
import type { Write } from '../../store/store.ts'
import { aheadOf, type Planned, plannedById, seriesById, slotsAhead } from '../queries.ts'

/**
 * Assigned on so many dates; `left` are those that stay. Refuses faulty fields, or `empty` without an adviser or room.
 * Refuses `changed` if the series or its dates are not as `shown`.
 */
export type SeriesAssigned =
  | Ok<{ sessions: number; left: string[] }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'empty' | 'changed'>

/** Sessions of one statement: D1 binds at most 100 parameters. */
const PART = 90

type Saved = Pick<DutyRow, 'adviser' | 'name' | 'room' | 'venue'>

/** What a session or series has already, with what is given in its place. */
function merged(saved: Saved | undefined, given: DutyInput, venue: string | null): DutyInput {
  const who = given.adviser === null && given.name === null
  const room = saved && saved.venue === venue ? saved.room : ''
  return {
    adviser: who ? (saved?.adviser ?? null) : given.adviser,
    name: who ? saved?.name || null : given.name,
    room: given.room ?? (room || null),
  }
}

async function wholeOf(ctx: Ctx, id: string): Promise<Saved | undefined> {
  const query = ctx.store.db.selectFrom('duty').select(['adviser', 'name', 'room', 'venue'])
  return query.where('id', '=', id).executeTakeFirst()
}

/** The duties of whole sessions, by the ids of these. One query for 90. */
async function wholesOf(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, Saved>> {
  const found = new Map<string, Saved>()
  for (const some of chunks([...ids], PART)) {
    const query = ctx.store.db.selectFrom('duty').select(['id', 'adviser', 'name', 'room', 'venue'])
    for (const { id, ...saved } of await query.where('id', 'in', some).execute()) found.set(id, saved)
  }
  return found
}

const savedFields = (saved: Saved | undefined) => saved && [saved.adviser, saved.name, saved.room, saved.venue]

const isSame = (one: Saved | undefined, other: Saved | undefined) =>
  JSON.stringify(savedFields(one)) === JSON.stringify(savedFields(other))

/**
 * Assigns one session as a whole. Whether it did: false if somebody or something is taken, or if somebody else assigned it
 * since it was `seen`.
 */
async function assignOne(ctx: Ctx, id: string, given: DutyInput, seen: Saved | undefined): Promise<boolean> {
  const done = await retryOnConflict(async () => {
    const session = await plannedById(ctx, id)
    if (!session) throw new NotFound('session')
    const saved = await wholeOf(ctx, id)
    if (!isSame(saved, seen)) return ok({ assigned: false })
    const input = merged(saved, given, session.venue)
    const { db } = ctx.store
    const committed = await ctx.store.commit(
      ...unchanged(ctx, 'session', session),
      db
        .updateTable('session')
        .set({ revision: session.revision + 1 })
        .where('id', '=', id),
      db.deleteFrom('duty').where('id', '=', id),
      dutyWrite(ctx, { series: null, session: id, slot: null }, input, session),
      ...busyWrites(ctx, id),
      note(ctx, 'session.assigned', id, assignedDetail([input])),
    )
    if (isTaken(committed)) return ok({ assigned: false })
    return isCommitted(committed) ? ok({ assigned: true }) : null
  })
  return done.ok && done.assigned
}

/** A form that may be saved: what the series and its coming dates have, and what they get. */
type Read = {
  series: SeriesRow
  given: DutyInput
  before: Saved | undefined
  ahead: Planned[]
  wholes: ReadonlyMap<string, Saved>
  fields: ShownFields
}

async function read(ctx: Ctx, id: string, given: unknown): Promise<Ok<Read> | Exclude<SeriesAssigned, { ok: true }>> {
  const series = await seriesById(ctx, id)
  if (!series) throw new NotFound('series')
  requireDesk(ctx.actor, series.prefecture)
  const parsed = DutyInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  if (isEmptyDuty(parsed.data)) return refused('empty')
  const before = await wholeOf(ctx, id)
  const foreign = await foreignAdvisers(ctx, series.prefecture, [parsed.data.adviser], before ? [before] : [])
  if (foreign.size > 0) return refused('invalid', { errors: { adviser: 'choice' as const } })
  const ahead = (await aheadOf(ctx, id, civilDate(ctx.clock.now()))).filter(({ state }) => state === 'published')
  const wholes = await wholesOf(
    ctx,
    ahead.map((session) => session.id),
  )
  const days = ahead.map((session) => [session.id, session.venue, savedFields(wholes.get(session.id))])
  const fields = ['assign', id, Object.values(parsed.data), savedFields(before), days]
  return ok({ series, given: parsed.data, before, ahead, wholes, fields })
}

/** What a coming date gets. `taken`: it stays as it is, because somebody or something is elsewhere. */
export type DateAssigned = { session: Planned; after: DutyInput; taken: boolean }

/**
 * What `assignSeries` would do on each coming date, and the fields of its page. Refused as it is. Changes nothing. For the
 * desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function previewSeriesAssignment(
  ctx: Ctx,
  id: string,
  given: unknown,
): Promise<Ok<{ dates: DateAssigned[]; fields: ShownFields }> | Exclude<SeriesAssigned, { ok: true }>> {
  const found = await read(ctx, id, given)
  if (!found.ok) return found
  const slots = await slotsAhead(ctx, id, civilDate(ctx.clock.now()))
  const own = await ctx.store.db
    .selectFrom('duty')
    .innerJoin('session', 'session.id', 'duty.session')
    .select(['duty.session', 'duty.slot', 'duty.adviser_key', 'duty.room_key', 'duty.venue'])
    .where('session.series', '=', id)
    .where('duty.slot', 'is not', null)
    .execute()
  const dates: DateAssigned[] = []
  for (const session of found.ahead) {
    const after = merged(found.wholes.get(session.id), found.given, session.venue)
    const keys = [{ slot: null, ...dutyColumns(after, session) }, ...own.filter((row) => row.session === session.id)]
    const others = await busyWith(ctx, { ...session, slots: slots.get(session.id) ?? [] }, keys)
    dates.push({ session, after, taken: others.length > 0 })
  }
  return ok({ dates, fields: found.fields })
}

/** Breaks `still_true` unless the series has the adviser and the room that were read. */
function expectDuty(ctx: Ctx, id: string, before: Saved | undefined): Write {
  const query = ctx.store.db.selectFrom('duty').select('id').where('id', '=', id)
  if (!before) return expectNone(ctx, query)
  const { adviser, name, room } = before
  const same = query.where('name', '=', name).where('room', '=', room)
  return expectSome(ctx, adviser === null ? same.where('adviser', 'is', null) : same.where('adviser', '=', adviser))
}

/**
 * Says who advises, and in which room, on all coming dates of a series. Planning gives the same to dates that it makes
 * later. Fields left empty change nothing; what single slots have stays. Dates on which somebody or something is taken
 * stay as they are, and dates that somebody else assigned meanwhile. One commit a date: sent again after an
 * interruption, it goes on. For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function assignSeries(ctx: Ctx, id: string, given: unknown): Promise<SeriesAssigned> {
  const found = await read(ctx, id, given)
  if (!found.ok) return found
  const { series, before, ahead, wholes, fields } = found
  if (!(await isAsShown(shownIn(given), fields))) return refused('changed')
  const done = await ctx.store.commit(
    lockRow(ctx, 'series', id),
    expectDuty(ctx, id, before),
    ctx.store.db.deleteFrom('duty').where('id', '=', id),
    dutyWrite(ctx, { series: id, session: null, slot: null }, merged(before, found.given, series.venue), series),
    note(ctx, 'series.assigned', id, assignedDetail([found.given])),
  )
  if (!isCommitted(done)) return refused('changed')
  const left: string[] = []
  for (const session of ahead) {
    if (!(await assignOne(ctx, session.id, found.given, wholes.get(session.id)))) left.push(session.id)
  }
  return ok({ sessions: ahead.length - left.length, left })
}

/**
 * The writes that give copies of series who advises on them. `copies` has the id of each copy by that of its series.
 * Idempotent.
 */
export async function seriesDutyCopies(ctx: Ctx, copies: ReadonlyMap<string, string>): Promise<Write[]> {
  const now = ctx.clock.now()
  const rows = await dutiesToCopy(ctx, [...copies.keys()], 'series')
  return rows.flatMap((row) => {
    const id = copies.get(row.series ?? '')
    if (id === undefined) return []
    const copy = ctx.store.db.insertInto('duty').values({ ...row, id, series: id, created_at: now, updated_at: now })
    return [copy.onConflict((oc) => oc.doNothing())]
  })
}

/** Nothing given: all stays as it is saved. */
const NOBODY: DutyInput = { adviser: null, name: null, room: null }

/** The writes that give new sessions the adviser and the room of their series, by the ids of the sessions. */
export async function dutiesOfMade(
  ctx: Ctx,
  made: readonly { id: string; series: SeriesRow }[],
): Promise<ReadonlyMap<string, Write>> {
  const rows = await dutiesToCopy(
    ctx,
    made.map(({ series }) => series.id),
    'series',
  )
  const found = new Map<string, Write>()
  for (const { id: session, series } of made) {
    const row = rows.find((one) => one.series === series.id)
    if (!row) continue
    const duty = dutyWrite(ctx, { series: null, session, slot: null }, merged(row, NOBODY, series.venue), series)
    found.set(
      session,
      duty.onConflict((oc) => oc.doNothing()),
    )
  }
  return found
}

/**
 * Who advises on a copy of a series at a place, and the room if the venue is the same. Without an account that is closed or
 * may not advise there. Null if the series has neither.
 */
export async function dutyAlong(
  ctx: Ctx,
  series: string,
  place: { prefecture: string; venue: string | null },
): Promise<DutyInput | null> {
  const [row] = await dutiesToCopy(ctx, [series], 'series')
  if (!row) return null
  const foreign = await foreignAdvisers(ctx, place.prefecture, [row.adviser], [])
  const known = row.adviser === null || !foreign.has(row.adviser)
  return merged({ ...row, adviser: known ? row.adviser : null }, NOBODY, place.venue)
}
