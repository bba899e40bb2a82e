import { requireSecretariat } from '../../base/actor.ts'
import { addDays, civilDate, instantAt } from '../../base/japan/civil.ts'
import { type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import { TRIAL } from '../../base/vocabulary.ts'
import type { Ctx } from '../../context.ts'
import { desks } from '../../people/queries.ts'
import { newSession } from '../../planning/session-rows.ts'
import { deadlineText } from '../../schedule/deadline.ts'
import { programmeOn } from '../../schedule/place-queries.ts'
import { applyColumns } from '../../schedule/session.ts'
import { unchanged } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { refusalFor } from '../../store/retry.ts'

/** Days from today to the session on trial. */
const AHEAD = 7

/** Published. Refused without a programme on its day, or without a desk that holds it. */
export type TrialBegun = Ok<{ session: string }> | Refused<'no_programme' | 'no_desk'>

/**
 * Publishes a session on the web in a week, marked as a sample (見本). The secretariat books it on trial as people do. No
 * figure counts it. Idempotent. For the secretariat. Throws `Forbidden`.
 */
export async function beginTrial(ctx: Ctx): Promise<TrialBegun> {
  requireSecretariat(ctx.actor)
  const date = addDays(civilDate(ctx.clock.now()), AHEAD)
  const programme = await programmeOn(ctx, date)
  if (!programme) return refused('no_programme')
  const [desk] = await desks(ctx)
  if (!desk) return refused('no_desk')
  const { db } = ctx.store
  if (await db.selectFrom('session').select('id').where('id', '=', TRIAL).executeTakeFirst())
    return ok({ session: TRIAL })
  const always = deadlineText({ shape: 'hours', hours: 0 })
  const row = newSession(ctx, {
    id: TRIAL,
    series: null,
    occurrence: null,
    programme: programme.id,
    kind: 'seminar',
    desk: desk.id,
    venue: null,
    prefecture: desk.prefectures[0] ?? '13',
    title_ja: '試しの予約',
    title_en: 'Trial booking',
    title_kana: 'タメシノヨヤク',
    note_ja: null,
    note_en: null,
    date,
    starts_at: instantAt(date, '10:00'),
    ends_at: instantAt(date, '11:00'),
    formats: 'online',
    capacity: 5,
    acceptance: 'first_come',
    state: 'published',
    skipped_by: null,
    reason_ja: null,
    reason_en: null,
    closes: always,
    cancels: always,
    ...applyColumns({ kind: 'here' }),
    printed: null,
    printed_weekday: null,
    sample: 1,
  })
  const done = await ctx.store.commit(
    // Locks the desk, which must not end meanwhile.
    ...unchanged(ctx, 'desk', desk),
    db
      .insertInto('session')
      .values(row)
      .onConflict((on) => on.doNothing()),
    note(ctx, 'session.published', TRIAL),
  )
  return done.ok ? ok({ session: TRIAL }) : refusalFor(done, { still_true: 'no_desk' })
}
