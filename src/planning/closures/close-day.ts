import { busyWrites, TAKEN } from '../../advisers/busy.ts'
import { isAsShown, type ShownFields, shownIn } from '../../base/fingerprint.ts'
import { newId } from '../../base/id.ts'
import type { Faults } from '../../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { sessionWrite } from '../../schedule/change-session.ts'
import { besideDetail, besideIn, type Clash, clashFields, refusalOf } from '../../schedule/clashes.ts'
import { isActive } from '../../store/active.ts'
import { expectNone, expectSome, lockRow } from '../../store/expectation.ts'
import { note } from '../../store/journal.ts'
import { isCommitted, retryOnConflict } from '../../store/retry.ts'
import type { ClosureRow } from '../../store/schema.ts'
import { orThrow, type Write } from '../../store/store.ts'
import type { Planned } from '../queries.ts'
import { isAs } from '../series-input.ts'
import { type ClosureAhead, type ClosuresAhead, closuresAhead, type Decision, replacedIn } from './closure-ahead.ts'
import { type ClosureDecisions, readClosure } from './input.ts'

/**
 * Closed, opened or removed: how many sessions followed, and those left because somebody booked or edited them. Refused for
 * faulty fields, or for `clashes` of the sessions to be held again, without their reason in `beside`. `changed` if it is
 * not as `shown`, or after three attempts. Also if a closure has not the `revision` of its page. `known` if a correction
 * leads to a day and scope that have a closure. `corrected`: the closure before and after its correction. `batch`: the
 * closures of a batch before, with their ids of now. `removed`: the closures that were removed, as they were. `covered`:
 * closures of a wider scope for which days are closed already; if all of them are, it is refused.
 */
export type DayClosed =
  | Ok<{
      followed: number
      left: Planned[]
      corrected?: ClosureCorrected
      batch?: BatchCorrected
      removed?: ClosureRow[]
      covered?: ClosureRow[]
    }>
  | Refused<'invalid', { errors: Faults; clashes?: Clash[] }>
  | Refused<'changed'>
  | Refused<'known'>
  | Refused<'covered', { by: ClosureRow[] }>

/** A closure before its correction, and its id after it. */
export type ClosureCorrected = { before: ClosureRow; id: string }

/** A batch of closures that were corrected together, as they were, each with its id of now. */
export type BatchCorrected = {
  id: string
  before: Pick<ClosureRow, 'id' | 'date' | 'scope' | 'reason_ja' | 'reason_en'>[]
}

const idOf = ({ date, scope }: Pick<ClosureRow, 'date' | 'scope'>) => `${scope}-${date}`

/** What leads back to a batch as it was. */
function batchBefore(rows: NonNullable<ClosureDecisions['batch']>): { batch?: BatchCorrected } {
  const id = rows[0]?.before.batch ?? null
  if (id === null) return {}
  const before = rows.map(({ before: { date, scope, reason_ja, reason_en }, after }) => {
    return { id: idOf(after), date, scope, reason_ja, reason_en }
  })
  return { batch: { id, before } }
}

/** The closures that a correction replaces, because they go to another day or scope. */
function replacedBy({ corrected, batch = [], decisions }: ClosureDecisions): ClosureRow[] {
  const gone = decisions.filter(({ state }) => state === 'removed').map(idOf)
  return corrected ? [corrected] : batch.flatMap(({ before }) => (gone.includes(idOf(before)) ? [before] : []))
}

/** What a page shows before days are closed, opened or their closures removed. */
function closureFields({ days, clashes }: ClosuresAhead): ShownFields {
  const sessions = (those: readonly Planned[]) => those.map(({ id, revision, bookings }) => [id, revision, bookings])
  const shown = days.map(({ decision: { date, scope, state, reason_ja, reason_en }, ahead }) => [
    [date, scope, state, reason_ja, reason_en],
    sessions(ahead.followers),
    sessions(ahead.left),
  ])
  const replaced = replacedIn(days).map(({ known }) => [known.date, known.state, known.reason_ja, known.reason_en])
  return ['closure', shown, clashFields(clashes), replaced]
}

/**
 * What `closeDay` would do now, the fields of its page, and the closure that it corrects. Refused as `closeDay` refuses
 * the form. For people who may do it. Throws `Forbidden`.
 */
export async function lookAtClosure(
  ctx: Ctx,
  given: unknown,
): Promise<
  | Ok<{ ahead: ClosuresAhead; fields: ShownFields } & Pick<ClosureDecisions, 'corrected' | 'batch' | 'covered'>>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'changed'>
  | Refused<'known'>
  | Refused<'covered', { by: ClosureRow[] }>
> {
  const read = await readClosure(ctx, given)
  if (!read.ok) return read
  const { decisions, corrected, batch = [], covered = [] } = read
  const ahead = await closuresAhead(ctx, decisions, replacedBy(read))
  return ok({ ahead, fields: closureFields(ahead), corrected, batch, covered })
}

/**
 * Closes a day (休止日) in a prefecture, everywhere or at one venue, or opens it. Deadlines follow, but not for a venue.
 * Also the days of a range, every day or on one weekday, at most 100 at once. `removed`: as if nobody had decided;
 * with `batch` all days from today on that were entered together. `restored`: the closures in `day` are put back.
 * Skips its sessions without a booking or edit, or holds them again; the others are left for staff. Sessions that it had
 * skipped show the new reason. `corrected` with `batch`: all days from today on that were entered together get the reason,
 * days and scope given. A day that a wider scope closes already is left out. With `edit`, the id of a closure, that closure gets the day, scope and reason given. What
 * it closed and what it closes now are judged together, in one commit.
 * For the desk of the prefecture; everywhere for the secretariat, but for prefectures that decided for themselves. Throws
 * `Forbidden`.
 */
export async function closeDay(ctx: Ctx, given: unknown): Promise<DayClosed> {
  return retryOnConflict(() => attempt(ctx, given))
}

/** The writes that lock the rows that were read, and break `still_true` unless they are as they were. */
function expectedWrites(ctx: Ctx, expected: ClosureDecisions['expected']): Write[] {
  const { db } = ctx.store
  return expected.flatMap(({ date, scope, row }) => {
    const there = db.selectFrom('closure').select('id').where('date', '=', date).where('scope', '=', scope)
    const same = (was: ClosureRow) =>
      there.where('state', '=', was.state).where('reason_ja', '=', was.reason_ja).where('reason_en', '=', was.reason_en)
    return [
      db
        .updateTable('closure')
        .set((eb) => ({ state: eb.ref('state') }))
        .where('date', '=', date)
        .where('scope', '=', scope),
      row === null ? expectNone(ctx, there) : expectSome(ctx, same(row)),
    ]
  })
}

/** The write of a closure itself. `anew`: nothing may be there yet. */
function closureWrite(ctx: Ctx, { state, ...row }: Decision, batch: string | null, anew: boolean): Write {
  const { db } = ctx.store
  const { date, scope, reason_ja, reason_en } = row
  if (state === 'removed') return db.deleteFrom('closure').where('date', '=', date).where('scope', '=', scope)
  const set = { state, reason_ja, reason_en, ...(batch !== null && { batch }) }
  const added = db.insertInto('closure').values({ id: `${scope}-${date}`, date, scope, batch, ...set })
  return anew ? added : added.onConflict((oc) => oc.columns(['date', 'scope']).doUpdateSet(set))
}

const ACTS = { confirmed: 'closure.confirmed', lifted: 'closure.lifted', removed: 'closure.removed' } as const

/** The lines of the journal: one for each day, or one for a correction, with what was before. */
function lines(ctx: Ctx, read: ClosureDecisions, beside: { beside?: string }): Write[] {
  const { decisions, corrected, batch } = read
  if (batch) {
    return batch.map(({ before: { date, scope, reason_ja, reason_en }, after }) =>
      note(ctx, 'closure.corrected', idOf(after), { before: { date, scope, reason_ja, reason_en }, ...beside }),
    )
  }
  const [first] = decisions
  if (corrected === null || first === undefined) {
    return decisions.map((one) => note(ctx, ACTS[one.state], `${one.scope}-${one.date}`, beside))
  }
  const subject = `${first.scope}-${first.date}`
  const { date, scope, reason_ja, reason_en } = corrected
  return [note(ctx, 'closure.corrected', subject, { before: { date, scope, reason_ja, reason_en }, ...beside })]
}

/** Whether a day is so already. */
function isSame({ decision, ahead: { known } }: ClosuresAhead['days'][number]): boolean {
  if (decision.state === 'removed') return known === null
  const { state, reason_ja, reason_en } = decision
  return known !== null && isAs(known, { state, reason_ja, reason_en })
}

/** The writes by which a session without bookings follows a decision: its lock, then its change. */
function followWrites(ctx: Ctx, { id, revision }: Planned, closes: ClosureAhead['closes']): Write[] {
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
}

const coveredIn = ({ covered = [] }: ClosureDecisions) => (covered.length > 0 ? { covered } : {})

/** One attempt. Null if a concurrent commit won. */
async function attempt(ctx: Ctx, given: unknown): Promise<DayClosed | null> {
  const read = await readClosure(ctx, given)
  if (!read.ok) return read
  const { corrected } = read
  const ahead = await closuresAhead(ctx, read.decisions, replacedBy(read))
  const { days, followers, left, reworded, clashes, expectNoOther } = ahead
  if (!(await isAsShown(shownIn(given), closureFields(ahead)))) return refused('changed')
  const unreasoned = refusalOf(given, clashes)
  if (unreasoned) return refused('invalid', { errors: unreasoned.errors, clashes })
  if (days.every((one) => isSame(one)) && followers.length === 0 && reworded.length === 0) {
    return ok({ followed: 0, left, ...coveredIn(read) })
  }
  const batch = read.together ? newId(ctx.clock.now()) : ((corrected ?? read.batch?.[0]?.before)?.batch ?? null)
  const closesOnly = read.state === 'confirmed' && corrected === null
  const beside = closesOnly ? {} : besideDetail({ beside: besideIn(given, clashes) })
  const expected = [...expectedWrites(ctx, read.expected), ...expectNoOther]
  const done = await ctx.store.commit(
    ...expected,
    ...days.map(({ decision, ahead: { known } }) => {
      const anew = corrected ? days.length > 1 : read.batch !== undefined && known === null
      return closureWrite(ctx, decision, batch, anew)
    }),
    ...days.flatMap(({ ahead: { followers: those, closes } }) =>
      those.flatMap((session) => followWrites(ctx, session, closes)),
    ),
    ...days.flatMap(({ ahead: { reworded: those, closes } }) =>
      those.map(({ id, revision }) => sessionWrite(ctx, id, closes ?? {}).where('revision', '=', revision)),
    ),
    ...busyWrites(ctx, ...followers.map(({ id }) => id)),
    ...lines(ctx, read, beside),
  )
  if (!isCommitted(done, ['still_true', TAKEN, 'closure_once', 'closure_pkey'])) return null
  const changed = orThrow(done).slice(expected.length + days.length)
  const followed = followers.filter((_, i) => changed[1 + i * 2] === 1)
  const others = followers.filter((session) => !followed.includes(session))
  const [first] = days
  return ok({
    followed: followed.length,
    left: [...left, ...others],
    ...batchBefore(read.batch ?? []),
    ...coveredIn(read),
    ...(read.state === 'removed' && { removed: days.flatMap(({ ahead: { known } }) => known ?? []) }),
    ...(corrected &&
      first && { corrected: { before: corrected, id: `${first.decision.scope}-${first.decision.date}` } }),
  })
}
