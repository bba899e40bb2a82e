import { busyWrites, TAKEN } from '../advisers/busy.ts'
import { requireDesk } from '../base/actor.ts'
import { civilDate } from '../base/japan/civil.ts'
import { NotFound, ok, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { tellHours } from '../interest/follow-session.ts'
import { sessionWrite } from '../schedule/change-session.ts'
import { newClashes } from '../schedule/clashes.ts'
import type { SeriesSessionBefore } from '../store/acts.ts'
import { unchanged } from '../store/expectation.ts'
import { detailOf, note } from '../store/journal.ts'
import { refusalFor } from '../store/retry.ts'
import type { SlotRow } from '../store/schema.ts'
import type { Write } from '../store/store.ts'
import { impactOf, slotWrites } from './affected.ts'
import { datesWrites } from './edit-series.ts'
import { aheadOf, ownChange, type Planned, seriesById, seriesDates, slotsAhead } from './queries.ts'
import { requestReplan } from './replan.ts'
import { skipRevised } from './skip-revised.ts'
import { isSince, type Undone } from './undo-session.ts'

/** Restores one session; fails if it was changed since, or if somebody booked what it takes away. */
function sessionBack(
  ctx: Ctx,
  { id, revision, before, slots }: SeriesSessionBefore,
  session: Planned,
  held: SlotRow[],
): Write[] {
  const impact = impactOf(ctx, id, { ...session, slots: held }, { ...session, ...before, slots })
  return [
    ...unchanged(ctx, 'session', { id, revision }),
    ...impact.expectNobody,
    ...slotWrites(ctx, id, held, slots),
    ...tellHours(ctx, session, { ...session, ...before }),
    sessionWrite(ctx, id, before),
    ...busyWrites(ctx, id),
  ]
}

/**
 * Undoes the actor's last edit of a series and its effects, on the same day. Refuses if somebody booked or changed its
 * sessions since. Dates made from it are skipped (休止). For the desk of its prefecture. Throws `NotFound`, `Forbidden`.
 */
export async function undoSeries(ctx: Ctx, id: string): Promise<Undone> {
  const series = await seriesById(ctx, id)
  if (!series) throw new NotFound('series')
  requireDesk(ctx.actor, series.prefecture)
  const last = await ownChange(ctx, id)
  if (!last) return refused('closed')
  const now = ctx.clock.now()
  const { before, dates, printed = {}, sessions, left, revision } = detailOf(last, ['series.edited'])
  if (revision !== series.revision) return refused('changed')
  const { db } = ctx.store
  const ahead = await aheadOf(ctx, id, civilDate(now))
  const known = new Set([...left, ...sessions.map((row) => row.id)])
  const slots = await slotsAhead(ctx, id, civilDate(now))
  const made = ahead.filter((row) => !known.has(row.id) && row.state === 'published')
  if (made.some((row) => row.edited === 1)) return refused('changed')
  const expectNoOther: Write[] = []
  for (const row of sessions) {
    const session = ahead.find((one) => one.id === row.id)
    if (!session) continue
    const beside = await newClashes(ctx, session, { ...session, ...row.before })
    if (isSince(last.at, beside, new Set(ahead.map((one) => one.id)))) return refused('clash')
    expectNoOther.push(...beside.expectNoOther)
  }
  const done = await ctx.store.commit(
    ...expectNoOther,
    ...unchanged(ctx, 'series', series),
    db
      .updateTable('series')
      .set({ ...before, revision: revision + 1, updated_at: now })
      .where('id', '=', id),
    ...datesWrites(
      ctx,
      id,
      await seriesDates(ctx, id),
      dates.map((date) => ({ date, printed_weekday: printed[date] ?? null })),
    ),
    ...sessions.flatMap((row) => {
      const session = ahead.find((one) => one.id === row.id)
      // A day that has passed meanwhile stays as it was held.
      return session ? sessionBack(ctx, row, session, slots.get(row.id) ?? []) : []
    }),
    ...made.flatMap((row) => skipRevised(ctx, row)),
    requestReplan(ctx),
    note(ctx, 'series.undone', id),
  )
  return done.ok
    ? ok({ session: id })
    : refusalFor(done, { session_has_room: 'changed', slot_has_room: 'changed', [TAKEN]: 'clash' })
}
