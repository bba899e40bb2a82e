import * as z from 'zod'
import { busyWrites, isTaken, TAKEN } from '../advisers/busy.ts'
import { dutiesOf } from '../advisers/queries.ts'
import { requireDesk, requireSecretariat } from '../base/actor.ts'
import { type Faults, faultsOf } from '../base/input.ts'
import { civilDate, isCivilDate } from '../base/japan/civil.ts'
import { isPrefectureCode } from '../base/japan/prefecture.ts'
import { type Ok, ok, type Refused, refused } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { sessionWrite } from '../schedule/change-session.ts'
import {
  type Beside,
  BesideShape,
  besideAny,
  besideDetail,
  besideIn,
  type Clash,
  clashesOfRow,
  NOTHING_BESIDE,
  refusalOf,
} from '../schedule/clashes.ts'
import { closures } from '../schedule/closure-queries.ts'
import { ReasonInput, reasonColumns } from '../schedule/reason.ts'
import { isActive } from '../store/active.ts'
import { lockRow } from '../store/expectation.ts'
import { note } from '../store/journal.ts'
import { isCommitted, retryOnConflict } from '../store/retry.ts'
import { orThrow } from '../store/store.ts'
import { type Planned, plannedOn } from './queries.ts'
import { isAs } from './series-input.ts'

const ClosureInput = ReasonInput.extend({
  date: z.string('required').refine(isCivilDate, 'choice'),
  scope: z.string('required').refine((scope) => scope === 'all' || isPrefectureCode(scope), 'choice'),
  state: z.enum(['confirmed', 'lifted'], 'choice'),
  ...BesideShape,
})

/**
 * Closed or opened: how many sessions followed, and those left because somebody booked or edited them. Refused for
 * faulty fields, or for `clashes` of the sessions to be held again, without their reason in `beside`. `changed` after
 * three attempts.
 */
export type DayClosed =
  | Ok<{ followed: number; left: Planned[] }>
  | Refused<'invalid', { errors: Faults; clashes?: Clash[] }>
  | Refused<'changed'>

/** What else the desks and venues of these sessions have at their times. */
async function clashesOfAll(ctx: Ctx, sessions: readonly Planned[]): Promise<Beside> {
  const all: Beside[] = []
  for (const session of sessions) all.push(await clashesOfRow(ctx, session))
  return besideAny(all)
}

/**
 * Closes a day (休止日) in a prefecture or everywhere, or opens it; deadlines follow. Skips its sessions without a booking
 * or edit, or holds them again; the others are left for staff. Sessions that it had skipped show the new reason. For the
 * desk of the prefecture; everywhere for the secretariat, but for prefectures that decided for themselves. Throws
 * `Forbidden`.
 */
export async function closeDay(ctx: Ctx, given: unknown): Promise<DayClosed> {
  const without = { advised: false }
  return retryOnConflict(() => attempt(ctx, given, without))
}

/** Which of these sessions have an adviser or a room. */
async function advised(ctx: Ctx, sessions: readonly Planned[]): Promise<ReadonlySet<string>> {
  const duties = await dutiesOf(
    ctx,
    sessions.map(({ id }) => id),
  )
  return new Set(duties.keys())
}

/**
 * One attempt. Null if a concurrent commit won, or if an adviser or a room is taken by now. Then `without` leaves such
 * sessions to staff in the next attempt.
 */
async function attempt(ctx: Ctx, given: unknown, without: { advised: boolean }): Promise<DayClosed | null> {
  const parsed = ClosureInput.safeParse(given)
  if (!parsed.success) {
    requireDesk(ctx.actor)
    return refused('invalid', { errors: faultsOf(parsed.error) })
  }
  const { date, scope, state } = parsed.data
  if (scope === 'all') requireSecretariat(ctx.actor)
  else requireDesk(ctx.actor, scope)
  const reason = reasonColumns(parsed.data)
  const { db } = ctx.store
  const decided = (await closures(ctx, date, date)).get(date) ?? []
  // A prefecture that decided for itself stays as it decided.
  const own = scope === 'all' ? decided.map((closure) => closure.scope) : []
  const onDay = date < civilDate(ctx.clock.now()) ? [] : await plannedOn(ctx, date, scope)
  const planned = onDay.filter(({ prefecture }) => !own.includes(prefecture))
  const from = state === 'confirmed' ? 'published' : 'skipped'
  const concerned = planned.filter((session) => session.state === from && session.skipped_by !== 'series')
  const reworded = planned.filter(
    (session) =>
      state === 'confirmed' &&
      session.skipped_by === 'closure' &&
      session.state === 'skipped' &&
      !isAs(session, reason),
  )
  const elsewhere = without.advised ? await advised(ctx, concerned) : new Set<string>()
  const followers = concerned.filter(
    (session) => session.edited === 0 && session.bookings === 0 && !elsewhere.has(session.id),
  )
  const { clashes, expectNoOther } = state === 'lifted' ? await clashesOfAll(ctx, followers) : NOTHING_BESIDE
  const unreasoned = refusalOf(given, clashes)
  if (unreasoned) return refused('invalid', { errors: unreasoned.errors, clashes })
  const known = decided.find((closure) => closure.scope === scope)
  const isSame = known !== undefined && isAs(known, { state, ...reason })
  if (isSame && followers.length === 0 && reworded.length === 0) return ok({ followed: 0, left: concerned })
  const done = await ctx.store.commit(
    ...expectNoOther,
    db
      .insertInto('closure')
      .values({ id: `${scope}-${date}`, date, scope, state, ...reason })
      .onConflict((oc) => oc.columns(['date', 'scope']).doUpdateSet({ state, ...reason })),
    ...followers.flatMap(({ id, revision }) => {
      const set =
        state === 'confirmed'
          ? { state: 'skipped' as const, skipped_by: 'closure' as const, ...reason }
          : { state: 'published' as const, reason_ja: null, reason_en: null }
      // Not marked as edited: its series still plans it when the day opens again.
      return [
        // Locks the row, so that nobody books between the read and the change.
        lockRow(ctx, 'session', id),
        sessionWrite(ctx, id, set)
          .where('revision', '=', revision)
          .where(({ not, exists, selectFrom }) =>
            not(exists(selectFrom('booking').select('booking.id').where('booking.session', '=', id).where(isActive))),
          ),
      ]
    }),
    ...reworded.map(({ id, revision }) => sessionWrite(ctx, id, reason).where('revision', '=', revision)),
    ...followers.flatMap(({ id }) => busyWrites(ctx, id)),
    state === 'confirmed'
      ? note(ctx, 'closure.confirmed', `${scope}-${date}`)
      : note(ctx, 'closure.lifted', `${scope}-${date}`, besideDetail({ beside: besideIn(given, clashes) })),
  )
  if (isTaken(done)) without.advised = true
  if (!isCommitted(done, ['still_true', TAKEN])) return null
  const changed = orThrow(done).slice(expectNoOther.length)
  const followed = followers.filter((_, i) => changed[2 + i * 2] === 1)
  return ok({ followed: followed.length, left: concerned.filter((session) => !followed.includes(session)) })
}
