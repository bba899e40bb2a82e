import { assignedDetail, dutyWrite } from '../../advisers/assign.ts'
import { busyWrites, isTaken } from '../../advisers/busy.ts'
import { DutyInput, isEmptyDuty } from '../../advisers/duty.ts'
import { dutiesToCopy, foreignAdvisers } from '../../advisers/queries.ts'
import { requireDesk } from '../../base/actor.ts'
import { type Faults, faultsOf } from '../../base/input.ts'
import { civilDate } from '../../base/japan/civil.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { isCommitted, retryOnConflict } from '../../store/retry.ts'
import type { DutyRow, SeriesRow } from '../../store/schema.ts'
import { orThrow, type Write } from '../../store/store.ts'
import { aheadOf, plannedById, seriesById } from '../queries.ts'

/** Assigned on so many dates; `left` are those that stay. Refuses faulty fields, or `empty` without an adviser or room. */
export type SeriesAssigned =
  | Ok<{ sessions: number; left: string[] }>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'empty'>

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

/**
 * Assigns one session as a whole. Whether it did: false if somebody or something is taken, or if it changes all the
 * time.
 */
async function assignOne(ctx: Ctx, id: string, given: DutyInput): Promise<boolean> {
  const done = await retryOnConflict(async () => {
    const session = await plannedById(ctx, id)
    if (!session) throw new NotFound('session')
    const input = merged(await wholeOf(ctx, id), given, session.venue)
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

/**
 * Says who advises, and in which room, on all coming dates of a series. Planning gives the same to dates that it makes
 * later. Fields left empty change nothing; what single slots have stays. Dates on which somebody or something is taken
 * stay as they are. One commit a date: after an interruption, sent again, it goes on. For the desk of its prefecture.
 * Throws `NotFound`, `Forbidden`.
 */
export async function assignSeries(ctx: Ctx, id: string, given: unknown): Promise<SeriesAssigned> {
  const series = await seriesById(ctx, id)
  if (!series) throw new NotFound('series')
  requireDesk(ctx.actor, series.prefecture)
  const parsed = DutyInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  if (isEmptyDuty(parsed.data)) return refused('empty')
  const before = await wholeOf(ctx, id)
  const foreign = await foreignAdvisers(ctx, series.prefecture, [parsed.data.adviser], before ? [before] : [])
  if (foreign.size > 0) return refused('invalid', { errors: { adviser: 'choice' as const } })
  const left: string[] = []
  const ahead = (await aheadOf(ctx, id, civilDate(ctx.clock.now()))).filter(({ state }) => state === 'published')
  const input = merged(before, parsed.data, series.venue)
  orThrow(
    await ctx.store.commit(
      ctx.store.db.deleteFrom('duty').where('id', '=', id),
      dutyWrite(ctx, { series: id, session: null, slot: null }, input, series),
      note(ctx, 'series.assigned', id, assignedDetail([parsed.data])),
    ),
  )
  for (const session of ahead) {
    if (!(await assignOne(ctx, session.id, parsed.data))) left.push(session.id)
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
