import * as z from 'zod'
import { busyWrites, TAKEN } from '../../advisers/busy.ts'
import { requireDesk, requireSecretariat } from '../../base/actor.ts'
import { day } from '../../base/fields.ts'
import { isAsShown, type ShownFields, shownIn } from '../../base/fingerprint.ts'
import { type Faults, faultsOf } from '../../base/input.ts'
import { isPrefectureCode } from '../../base/japan/prefecture.ts'
import { type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { sessionWrite } from '../../schedule/change-session.ts'
import { BesideShape, besideDetail, besideIn, type Clash, clashFields, refusalOf } from '../../schedule/clashes.ts'
import { ReasonInput, reasonColumns } from '../../schedule/reason.ts'
import { isActive } from '../../store/active.ts'
import { lockRow } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { isCommitted, retryOnConflict } from '../../store/retry.ts'
import { orThrow, type Write } from '../../store/store.ts'
import type { Planned } from '../queries.ts'
import { isAs } from '../series-input.ts'
import { type ClosureAhead, closureAhead, isRemovable } from './closure-ahead.ts'

const ClosureInput = ReasonInput.extend({
  date: day,
  scope: z.string('required').refine((scope) => scope === 'all' || isPrefectureCode(scope), 'choice'),
  state: z.enum(['confirmed', 'lifted', 'removed'], 'choice'),
  ...BesideShape,
}).refine(({ state, ...closure }) => state !== 'removed' || isRemovable(closure), { path: ['state'], error: 'choice' })

type ClosureInput = z.output<typeof ClosureInput>

/**
 * Closed, opened or removed: how many sessions followed, and those left because somebody booked or edited them. Refused for
 * faulty fields, or for `clashes` of the sessions to be held again, without their reason in `beside`. `changed` if it is
 * not as `shown`, or after three attempts.
 */
export type DayClosed =
  | Ok<{ followed: number; left: Planned[] }>
  | Refused<'invalid', { errors: Faults; clashes?: Clash[] }>
  | Refused<'changed'>

/** What a page shows before a day is closed, opened or its closure removed. */
function closureFields(input: ClosureInput, { followers, left, clashes }: ClosureAhead): ShownFields {
  const sessions = [followers, left].map((those) => those.map(({ id, revision, bookings }) => [id, revision, bookings]))
  const { date, scope, state } = input
  return ['closure', date, scope, state, reasonColumns(input), sessions, clashFields(clashes)]
}

/** The input of an act on a closure, checked. Throws `Forbidden` for a scope that is not the actor's. */
function readInput(ctx: Ctx, given: unknown): { input: ClosureInput } | { errors: Faults } {
  const parsed = ClosureInput.safeParse(given)
  if (!parsed.success) {
    requireDesk(ctx.actor)
    return { errors: faultsOf(parsed.error) }
  }
  if (parsed.data.scope === 'all') requireSecretariat(ctx.actor)
  else requireDesk(ctx.actor, parsed.data.scope)
  return { input: parsed.data }
}

/**
 * What `closeDay` would do now, and the fields of its page. Refused for faulty fields. For those who may do it. Throws
 * `Forbidden`.
 */
export async function lookAtClosure(
  ctx: Ctx,
  given: unknown,
): Promise<Ok<{ ahead: ClosureAhead; fields: ShownFields }> | Refused<'invalid', { errors: Faults }>> {
  const read = readInput(ctx, given)
  if ('errors' in read) return refused('invalid', read)
  const ahead = await closureAhead(ctx, { ...read.input, ...reasonColumns(read.input) })
  return ok({ ahead, fields: closureFields(read.input, ahead) })
}

/**
 * Closes a day (休止日) in a prefecture or everywhere, or opens it; deadlines follow. `removed`: as if nobody had decided.
 * Skips its sessions without a booking or edit, or holds them again; the others are left for staff. Sessions that it had
 * skipped show the new reason. For the desk of the prefecture; everywhere for the secretariat, but for prefectures that
 * decided for themselves. Throws `Forbidden`.
 */
export async function closeDay(ctx: Ctx, given: unknown): Promise<DayClosed> {
  return retryOnConflict(() => attempt(ctx, given))
}

/** The write of the closure itself. */
function closureWrite(ctx: Ctx, { date, scope, state, ...given }: ClosureInput): Write {
  const { db } = ctx.store
  if (state === 'removed') return db.deleteFrom('closure').where('date', '=', date).where('scope', '=', scope)
  const set = { state, ...reasonColumns(given) }
  return db
    .insertInto('closure')
    .values({ id: `${scope}-${date}`, date, scope, ...set })
    .onConflict((oc) => oc.columns(['date', 'scope']).doUpdateSet(set))
}

/** One attempt. Null if a concurrent commit won. */
async function attempt(ctx: Ctx, given: unknown): Promise<DayClosed | null> {
  const read = readInput(ctx, given)
  if ('errors' in read) return refused('invalid', read)
  const { input } = read
  const { date, scope, state } = input
  const row = { date, scope, state, ...reasonColumns(input) }
  const ahead = await closureAhead(ctx, row)
  const { known, closes, followers, left, reworded, clashes, expectNoOther } = ahead
  if (!(await isAsShown(shownIn(given), closureFields(input, ahead)))) return refused('changed')
  const unreasoned = refusalOf(given, clashes)
  if (unreasoned) return refused('invalid', { errors: unreasoned.errors, clashes })
  const isSame = state === 'removed' ? known === null : known !== null && isAs(known, { ...row, state })
  if (isSame && followers.length === 0 && reworded.length === 0) return ok({ followed: 0, left })
  const done = await ctx.store.commit(
    ...expectNoOther,
    closureWrite(ctx, input),
    ...followers.flatMap(({ id, revision }) => {
      const set =
        closes === null
          ? { state: 'published' as const, reason_ja: null, reason_en: null }
          : { state: 'skipped' as const, skipped_by: 'closure' as const, ...closes }
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
    ...reworded.map(({ id, revision }) => sessionWrite(ctx, id, closes ?? {}).where('revision', '=', revision)),
    ...busyWrites(ctx, ...followers.map(({ id }) => id)),
    state === 'confirmed'
      ? note(ctx, 'closure.confirmed', `${scope}-${date}`)
      : note(
          ctx,
          state === 'lifted' ? 'closure.lifted' : 'closure.removed',
          `${scope}-${date}`,
          besideDetail({ beside: besideIn(given, clashes) }),
        ),
  )
  if (!isCommitted(done, ['still_true', TAKEN])) return null
  const changed = orThrow(done).slice(expectNoOther.length)
  const followed = followers.filter((_, i) => changed[2 + i * 2] === 1)
  const others = followers.filter((session) => !followed.includes(session))
  return ok({ followed: followed.length, left: [...left, ...others] })
}
