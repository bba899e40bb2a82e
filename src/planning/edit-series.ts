import * as z from 'zod'
import { busyWrites, TAKEN } from '../advisers/busy.ts'
import { requireDesk } from '../base/actor.ts'
import { seenRevision } from '../base/fields.ts'
import { isAsShown, type ShownFields, shownIn } from '../base/fingerprint.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { addDays, type CivilDate, civilDate } from '../base/japan/civil.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { firstRight } from '../interest/first-right.ts'
import { followers, tellHours } from '../interest/follow-session.ts'
import { sessionWrite } from '../schedule/change-session.ts'
import {
  type Beside,
  besideDetail,
  besideIn,
  clashesOf,
  clashFields,
  NOTHING_BESIDE,
  type Occasion,
  refusalOf,
} from '../schedule/clashes.ts'
import { type Closures, closureOn, venueOf } from '../schedule/closure.ts'
import { closures } from '../schedule/closure-queries.ts'
import type { SeriesBefore } from '../store/acts.ts'
import { expectSame, unchanged } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import type { SeriesDateRow, SeriesRow, SessionRow, SlotRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import { impactOf, isSameTimes, slotWrites, type Times } from './affected.ts'
import { clashesOfSeries, occasionsOf } from './begin-series.ts'
import { checkPrefecture } from './check-prefecture.ts'
import { HORIZON_DAYS } from './plan.ts'
import { movedFrom } from './preview-series.ts'
import { aheadOf, type Planned, seriesById, seriesDates, slotsAhead } from './queries.ts'
import { requestReplan } from './replan.ts'
import { hoursOn } from './series.ts'
import { inputDates, isAs, listedDates, SeriesInput, seriesColumns } from './series-input.ts'
import { fromSeries } from './session-rows.ts'
import { skipRevised } from './skip-revised.ts'

/** Why a future session stays: edited by hand, held in another form for now, called off, or booked. */
type Left = 'edited' | 'converted' | 'called_off' | 'booked'

/** The effect on a future session: changed, skipped because the series no longer has its date, or left, and why. */
export type Effect = {
  session: Planned
  becomes: 'changed' | 'skipped' | Left
  /** The columns after it, if it follows; the slots that it has, and those after it. */
  set: Partial<SessionRow>
  slots: Times
  times: Times
}

/**
 * Edited, with the effect on each future session. Refused for faulty fields, for a new clash without its reason in
 * `beside`. `changed` if somebody else edited it meanwhile, or if it has other effects than `shown`. `busy` if an
 * adviser or a room of its sessions is taken then.
 */
export type SeriesEdited =
  | Ok<{ effects: Effect[] }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'changed' | 'busy'>

/** What an edit does to one session: its columns and slots before and after it. */
export type Change = Effect & { slots: SlotRow[]; expectNobody: Write[] }

type Read = {
  input: SeriesInput
  row: SeriesRow
  /** Whether the form is as the series is. */
  same: boolean
  changes: Change[]
  effects: Effect[]
  /** Ids of the future sessions that stay as they are. */
  left: string[]
  /** The people who asked for a date and get a letter about its hours, by session. */
  following: Map<string, { id: string; revision: number }[]>
  /** What the page of the edit shows. */
  fields: ShownFields
} & Beside

/** The columns of a session after its series was edited. Held again (開催) if only the series had skipped it. */
function columnsAfter(series: SeriesRow, session: Planned, closed: Closures): Partial<SessionRow> {
  const { occurrence } = session
  const returns = session.state === 'skipped' && session.skipped_by === 'series'
  const closure = closureOn(closed, occurrence ?? '', series.prefecture, venueOf(series))
  return {
    ...fromSeries(series, hoursOn(series, occurrence ?? '')),
    ...(returns && !closure && { state: 'published' as const, skipped_by: null, reason_ja: null, reason_en: null }),
  }
}

/** Whether the places of a session would not suffice for those who have one. */
function isTooSmall(session: Planned, set: Partial<SessionRow>, slots: readonly SlotRow[], times: Times): boolean {
  const fits = (capacity: number | null | undefined, taken: number) => (capacity ?? taken) >= taken
  const of = (slot: SlotRow) => times.find(({ starts_at }) => starts_at === slot.starts_at)
  return !fits(set.capacity, session.seats_taken) || slots.some((slot) => !fits(of(slot)?.capacity, slot.seats_taken))
}

/** What an edit does to one session. null if it is so already. */
async function changeOf(
  ctx: Ctx,
  series: SeriesRow,
  session: Planned,
  slots: SlotRow[],
  closed: Closures,
): Promise<Change | null> {
  const set = columnsAfter(series, session, closed)
  const times = hoursOn(series, session.occurrence ?? '')?.slots ?? []
  if (isAs<SessionRow>(session, set) && isSameTimes(slots, times)) return null
  const change = { session, set, slots, times }
  const impact = impactOf(ctx, session.id, { ...session, slots }, { ...session, ...set, slots: times })
  const { expectNobody } = impact
  const isBooked = isTooSmall(session, set, slots, times) || (session.bookings > 0 && (await impact.who()).length > 0)
  return { ...change, expectNobody, becomes: isBooked ? 'booked' : 'changed' }
}

/** What an edit does to each future session that does not stay as it is. `dates`: those that the series has after it. */
export async function changesOf(
  ctx: Ctx,
  row: SeriesRow,
  series: SeriesRow,
  dates: readonly CivilDate[],
): Promise<Change[]> {
  const today = civilDate(ctx.clock.now())
  const closed = await closures(ctx, today, addDays(today, HORIZON_DAYS * 2))
  const slotsOf = await slotsAhead(ctx, row.id, today)
  const changes: Change[] = []
  for (const session of await aheadOf(ctx, row.id, today)) {
    const slots = slotsOf.get(session.id) ?? []
    const unmoved = { session, set: {}, slots, times: slots, expectNobody: [] }
    const left = leftAs(session)
    if (left !== null) changes.push({ ...unmoved, becomes: left })
    else if (dates.includes(session.occurrence ?? '')) {
      const change = await changeOf(ctx, series, session, slots, closed)
      if (change) changes.push(change)
    } else if (session.bookings > 0) changes.push({ ...unmoved, becomes: 'booked' })
    else if (session.skipped_by !== 'series') changes.push({ ...unmoved, becomes: 'skipped' })
  }
  return changes
}

/** Why a session does not follow its series for now, booked or not. null if it follows. */
function leftAs({ edited, formats_before, state }: Planned): Exclude<Left, 'booked'> | null {
  if (state === 'called_off') return 'called_off'
  if (formats_before !== null) return 'converted'
  return edited === 1 ? 'edited' : null
}

/** The day and hours of a session that is held. None if it is not. */
const heldOn = ({ state, date, starts_at, ends_at }: SessionRow): Occasion[] =>
  state === 'published' && date !== null ? [{ date, starts_at, ends_at }] : []

/**
 * What else is at the times that an edit gives to sessions, and was not at their times before. Sessions that stay as they
 * are ask for no reason. `ahead`: all sessions ahead.
 */
async function newClashes(
  ctx: Ctx,
  row: SeriesRow,
  input: SeriesInput,
  ahead: readonly Planned[],
  changes: readonly Change[],
): Promise<Beside> {
  const changed = changes.filter(({ becomes }) => becomes === 'changed')
  const made = await movedFrom(ctx, row.id)
  for (const { occurrence } of ahead) made.add(occurrence)
  const after = await clashesOfSeries(ctx, input, row.id, [
    ...changed.flatMap(({ session, set }) => heldOn({ ...session, ...set })),
    ...occasionsOf(ctx, input).filter(({ date }) => !made.has(date)),
  ])
  if (after.clashes.length === 0) return after
  const { id: own, desk, prefecture, formats } = row
  const venue = formats.split(',').includes('onsite') ? row.venue : null
  const occasions = changed.flatMap(({ session }) => heldOn(session))
  const known = await clashesOf(ctx, { own, desk, prefecture, venue }, occasions)
  return { ...after, clashes: after.clashes.filter((one) => !known.clashes.some(({ id }) => id === one.id)) }
}

/** The letters about other hours that an edit of one session queues. */
const tellsOf = (ctx: Ctx, { session, becomes, set }: Change): Write[] =>
  becomes === 'changed' ? tellHours(ctx, session, { ...session, ...set }) : []

/** The people who asked for the date of a session that an edit changes, and hear of its hours. By session. */
async function followersOf(ctx: Ctx, changes: readonly Change[]): Promise<Read['following']> {
  const following: Read['following'] = new Map()
  for (const change of changes) {
    if (tellsOf(ctx, change).length === 0) continue
    following.set(change.session.id, await followers(ctx, change.session, 'rescheduled').execute())
  }
  return following
}

async function read(ctx: Ctx, id: string, given: unknown): Promise<Ok<Read> | Refused<'invalid', { errors: Faults }>> {
  const row = await seriesById(ctx, id)
  if (!row) throw new NotFound('series')
  requireDesk(ctx.actor, row.prefecture)
  const parsed = SeriesInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const input = { ...parsed.data, prefecture: row.prefecture, kind: row.kind }
  const errors = await checkPrefecture(ctx, row.prefecture, input, row)
  if (Object.keys(errors).length > 0) return refused('invalid', { errors })
  const today = civilDate(ctx.clock.now())
  const columns = seriesColumns(input)
  const listed = (await seriesDates(ctx, id)).map(({ date }) => date)
  const same = isAs<SeriesRow>(row, columns) && listed.join() === listedDates(input).join()
  const dates = inputDates(input, today, addDays(today, HORIZON_DAYS * 2))
  const changes = same ? [] : await changesOf(ctx, row, { ...row, ...columns }, dates)
  const follow = new Set(changes.filter(isFollowing).map(({ session }) => session.id))
  const ahead = await aheadOf(ctx, id, today)
  const left = ahead.map((one) => one.id).filter((one) => !follow.has(one))
  const effects = changes.map(effectOf)
  const beside = same ? NOTHING_BESIDE : await newClashes(ctx, row, input, ahead, changes)
  const following = await followersOf(ctx, changes)
  const fields = [
    'series',
    id,
    Object.entries(columns),
    listedDates(input),
    effects.map(({ session, becomes }) => [session.id, becomes]),
    clashFields(beside.clashes),
    [...following.values()].flat().map((one) => one.id),
  ]
  return ok({ input, row, same, changes, effects, left, following, fields, ...beside })
}

/** A change as pages show it. */
export function effectOf({ session, becomes, set, slots, times }: Change): Effect {
  return { session, becomes, set, slots, times }
}

/** Whether a session follows an edit of its series. */
export function isFollowing({ becomes }: Effect): boolean {
  return becomes === 'changed' || becomes === 'skipped'
}

/**
 * The effects of an edit on each session that does not stay as it is. Changes nothing. For the desk of its prefecture.
 * Throws `NotFound`, `Forbidden`.
 */
export function previewSeries(ctx: Ctx, id: string, given: unknown): ReturnType<typeof read> {
  return read(ctx, id, given)
}

/** The columns of a session that an edit of its series may change. */
function followingColumns(series: SeriesRow) {
  const columns = Object.keys(fromSeries(series, null)) as (keyof ReturnType<typeof fromSeries>)[]
  return [...columns, 'opens_at', 'state', 'skipped_by', 'reason_ja', 'reason_en'] as const
}

/** The writes that apply an edit to a session. They fail if it changed, or if somebody booked what it takes away. */
export function sessionWrites(ctx: Ctx, change: Change): Write[] {
  const { session, becomes, set, slots, times, expectNobody } = change
  if (becomes === 'skipped') return skipRevised(ctx, session)
  return [
    ...unchanged(ctx, 'session', session),
    ...expectNobody,
    ...slotWrites(ctx, session.id, slots, times),
    ...tellsOf(ctx, change),
    sessionWrite(ctx, session.id, set),
    ...busyWrites(ctx, session.id),
  ]
}

/** The writes that list other dates. A date that stays keeps its printed weekday. */
export function datesWrites(
  ctx: Ctx,
  series: string,
  listed: readonly SeriesDateRow[],
  after: readonly Omit<SeriesDateRow, 'series'>[],
): Write[] {
  const { db } = ctx.store
  const stays = new Set(after.map(({ date }) => date))
  const known = new Set(listed.map(({ date }) => date))
  return [
    ...listed
      .filter(({ date }) => !stays.has(date))
      .map(({ date }) => db.deleteFrom('series_date').where('series', '=', series).where('date', '=', date)),
    ...after
      .filter(({ date }) => !known.has(date))
      .map((row) => db.insertInto('series_date').values({ ...row, series })),
  ]
}

/** The series and sessions before the edit, for undo. */
export function seriesBefore(
  { row, changes, left }: Pick<Read, 'row' | 'changes' | 'left'>,
  listed: readonly SeriesDateRow[],
): SeriesBefore {
  const { id: _, revision, created_at: __, updated_at: ___, ...columns } = row
  const sessions = changes.filter(isFollowing).map(({ session, slots }) => ({
    id: session.id,
    revision: session.revision + 1,
    before: Object.fromEntries(followingColumns(row).map((column) => [column, session[column]])),
    slots: slots.map(({ starts_at, ends_at, capacity }) => ({ starts_at, ends_at, capacity })),
  }))
  const printed = Object.fromEntries(
    listed.flatMap(({ date, printed_weekday: day }) => (day === null ? [] : [[date, day]])),
  )
  const dates = listed.map(({ date }) => date)
  return { before: columns, dates, printed, sessions, left, revision: revision + 1 }
}

const Revision = z.object({ revision: seenRevision })

/**
 * Edits a series. Future sessions that nobody edited follow it: skipped (休止) if their date is gone, held if it returned.
 * A session stays, and is returned, if the edit would take something from somebody who booked. New dates are made at the
 * next tick. A form saved as it was changes nothing. One commit, from the `revision` on the page. For the desk of its
 * prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function editSeries(ctx: Ctx, id: string, given: unknown): Promise<SeriesEdited> {
  const found = await read(ctx, id, given)
  if (!found.ok) return found
  const { input, row, same, changes, effects, following, fields, clashes, expectNoOther } = found
  const known = Revision.safeParse(given)
  if (!known.success || known.data.revision !== row.revision) return refused('changed')
  if (same) return ok({ effects })
  const unreasoned = refusalOf(given, clashes)
  if (unreasoned) return unreasoned
  const shown = shownIn(given)
  if (!(await isAsShown(shown, fields))) return refused('changed')
  const expectFollowing = changes.flatMap(({ session }) => {
    const those = following.get(session.id)
    return shown === undefined || !those ? [] : [expectSame(ctx, followers(ctx, session, 'rescheduled'), those)]
  })
  const opening: Change[] = []
  for (const change of changes.filter(isFollowing)) {
    const { session, set } = change
    opening.push({ ...change, set: { ...set, ...(await firstRight(ctx, session, set)) } })
  }
  const listed = await seriesDates(ctx, id)
  const done = await ctx.store.commit(
    ...expectNoOther,
    ...unchanged(ctx, 'series', row),
    ...expectFollowing,
    ctx.store.db
      .updateTable('series')
      .set({ ...seriesColumns(input), revision: row.revision + 1, updated_at: ctx.clock.now() })
      .where('id', '=', id),
    ...datesWrites(
      ctx,
      id,
      listed,
      listedDates(input).map((date) => ({ date, printed_weekday: null })),
    ),
    ...opening.flatMap((change) => sessionWrites(ctx, change)),
    requestReplan(ctx),
    note(ctx, 'series.edited', id, {
      ...seriesBefore(found, listed),
      ...besideDetail({ beside: besideIn(given, clashes) }),
    }),
  )
  return done.ok
    ? ok({ effects })
    : refusalFor(done, { session_has_room: 'changed', slot_has_room: 'changed', [TAKEN]: 'busy' })
}
