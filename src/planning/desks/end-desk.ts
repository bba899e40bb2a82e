import * as z from 'zod'
import { busyWrites, isTaken } from '../../advisers/busy.ts'
import { seenRevision } from '../../base/fields.ts'
import { isAsShown, shownIn } from '../../base/fingerprint.ts'
import { type Faults, faultsOf, optional, word } from '../../base/input.ts'
import { NotFound, type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { type Desk, deskOf } from '../../people/desk.ts'
import {
  type Beside,
  besideAny,
  besideDetail,
  besideIn,
  type Clash,
  clashesOfHeir,
  eachOnce,
  NOTHING_BESIDE,
  refusalOf,
} from '../../schedule/clashes.ts'
import { deskById } from '../../schedule/place-queries.ts'
import { expectNone, unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { raised } from '../../store/raised.ts'
import { isCommitted, retryOnConflict } from '../../store/retry.ts'
import type { DeskRow } from '../../store/schema.ts'
import type { Write } from '../../store/store.ts'
import { unplannedOfHeir } from '../unplanned.ts'
import { requireKeeper } from './input.ts'
import {
  type Holding,
  holdingFields,
  holdingOf,
  isFree,
  seriesGoingOn,
  sessionsAhead,
  sessionsStanding,
  successorsOf,
} from './queries.ts'

const EndInput = z.object({ revision: seenRevision, successor: optional(word(64)) })

/**
 * Ended; `again` if it had ended already. Refused: faulty fields; `changed` if the desk, or what it holds, is not as it was
 * shown. `busy` if it still holds series or sessions ahead and no successor was named. `clashes` of the successor need
 * their reason in `beside`. `taken` if a session without a venue has a room that the successor uses at the same time.
 */
export type DeskEnded =
  | Ok<{ desk: string; again: boolean }>
  | Refused<'busy', { held: Holding }>
  | Refused<'invalid', { errors: Faults; clashes?: Clash[] }>
  | Refused<'changed' | 'taken'>

/** The sessions ahead without a venue, whose rooms are those of their desk. One query. */
async function housed(ctx: Ctx, desk: string): Promise<string[]> {
  const rows = await sessionsAhead(ctx, desk).select('session.id').where('session.venue', 'is', null).execute()
  return rows.map(({ id }) => id)
}

/**
 * The writes that give all that a desk holds to another one, also the rooms of sessions without a venue. Entries of the
 * sessions get new stamps.
 */
async function handOver(ctx: Ctx, desk: string, successor: string): Promise<Write[]> {
  const { db } = ctx.store
  const { revision, updated_at, ...sequence } = raised(ctx)
  const going = seriesGoingOn(ctx, desk).select('series.id')
  const sessions = sessionsAhead(ctx, desk).select('session.id')
  return [
    db.updateTable('series').set({ desk: successor, revision, updated_at }).where('id', 'in', going),
    // The revision stays, so that people who are booking are not disturbed.
    db
      .updateTable('session')
      .set({ desk: successor, updated_at, ...sequence })
      .where('id', 'in', sessions),
    ...busyWrites(ctx, ...(await housed(ctx, desk))),
  ]
}

type EndRefused = Exclude<DeskEnded, { ok: true }>

/** The desk that takes over what another one holds, null if it holds nothing; or why it cannot end. */
async function heirOf(ctx: Ctx, row: DeskRow, given: unknown): Promise<Desk | null | EndRefused> {
  const parsed = EndInput.safeParse(given)
  if (!parsed.success) {
    const { revision, ...errors } = faultsOf(parsed.error)
    return revision === undefined ? refused('invalid', { errors }) : refused('changed')
  }
  const held = await holdingOf(ctx, row.id)
  if (parsed.data.revision !== row.revision) return refused('changed')
  if (!(await isAsShown(shownIn(given), holdingFields(row, held)))) return refused('changed')
  if (isFree(held)) return null
  const { successor } = parsed.data
  if (successor === null) return refused('busy', { held })
  const heir = (await successorsOf(ctx, row.id, held)).find((one) => one.id === successor)
  return heir ?? refused('invalid', { errors: { successor: 'choice' as const } })
}

/** What the heir has at the times that it takes over, also on dates of series without a session yet. */
async function besideHeir(ctx: Ctx, desks: { desk: string; heir: string }): Promise<Beside> {
  const { clashes, expectNoOther } = besideAny([await clashesOfHeir(ctx, desks), await unplannedOfHeir(ctx, desks)])
  return { clashes: eachOnce(clashes), expectNoOther }
}

/** One attempt to end a desk. Null if a concurrent commit won. */
async function ended(ctx: Ctx, row: DeskRow, heir: Desk | null, given: unknown): Promise<DeskEnded | null> {
  const { id } = row
  const { clashes, expectNoOther } = heir ? await besideHeir(ctx, { desk: id, heir: heir.id }) : NOTHING_BESIDE
  const unreasoned = refusalOf(given, clashes)
  if (unreasoned) return refused('invalid', { errors: unreasoned.errors, clashes })
  // By id, so that two ends never wait for each other.
  const desks = [row, ...(heir ? [heir] : [])].toSorted((a, b) => (a.id < b.id ? -1 : 1))
  const done = await ctx.store.commit(
    ...desks.flatMap((desk) => unchanged(ctx, 'desk', desk)),
    ...expectNoOther,
    ...(heir ? await handOver(ctx, id, heir.id) : []),
    ctx.store.db
      .updateTable('desk')
      .set({ ended_at: ctx.clock.now(), revision: row.revision + 1 })
      .where('id', '=', id),
    expectNone(ctx, seriesGoingOn(ctx, id).select('series.id')),
    expectNone(ctx, sessionsStanding(ctx, id).select('session.id')),
    note(ctx, 'desk.ended', id, {
      successor: heir?.id ?? null,
      ...besideDetail({ beside: besideIn(given, clashes) }),
    }),
  )
  if (isTaken(done)) return refused('taken')
  return isCommitted(done) ? ok({ desk: id, again: false }) : null
}

/**
 * Ends a desk: it is listed nowhere and can be chosen for nothing. Past sessions keep it. The `successor` takes its
 * series and sessions ahead, in the same commit. Their calendar entries get new stamps. From the `revision` on the
 * page. For the staff of its prefectures; others than local desks for the secretariat. Idempotent. Throws `NotFound`,
 * `Forbidden`.
 */
export async function endDesk(ctx: Ctx, id: string, given: unknown): Promise<DeskEnded> {
  return retryOnConflict(async () => {
    const row = await deskById(ctx, id)
    if (!row) throw new NotFound('desk')
    requireKeeper(ctx.actor, deskOf(row))
    if (row.ended_at !== null) return ok({ desk: id, again: true })
    const heir = await heirOf(ctx, row, given)
    return heir !== null && 'ok' in heir ? heir : ended(ctx, row, heir, given)
  })
}
