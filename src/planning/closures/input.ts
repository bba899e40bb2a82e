import * as z from 'zod'
import { requireDesk, requireSecretariat } from '../../base/actor.ts'
import { day } from '../../base/fields.ts'
import { fingerprint } from '../../base/fingerprint.ts'
import { type Faults, faultsOf, optional, word } from '../../base/input.ts'
import { addDays, type CivilDate, civilDate, isCivilDate } from '../../base/japan/civil.ts'
import { venueIn } from '../../base/japan/closure-scope.ts'
import { isPrefectureCode } from '../../base/japan/prefecture.ts'
import { type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import { NTHS, WEEKDAYS } from '../../base/vocabulary.ts'
import type { Ctx } from '../../context.ts'
import { BesideShape } from '../../schedule/clashes.ts'
import { venueById } from '../../schedule/place-queries.ts'
import { ReasonInput, reasonColumns } from '../../schedule/reason.ts'
import type { ClosureRow } from '../../store/schema.ts'
import { occurrences } from '../series.ts'
import { type Decision, isRemovable } from './closure-ahead.ts'

/** The most days that are decided at once. */
const MOST_DAYS = 100

const STATES = ['confirmed', 'lifted', 'removed'] as const

/** `date` alone, or the days up to `until`. Every day of them, or a weekday: of every week, or the `nth` of each month. */
const DaysShape = {
  date: day,
  until: optional(day),
  nth: optional(z.enum(['every', ...NTHS], 'choice')),
  weekday: optional(z.enum(WEEKDAYS, 'choice')),
}

type Days = z.output<z.ZodObject<typeof DaysShape>>

/** The dates of a decision, in order. */
function datesOf({ date, until, nth, weekday }: Days): CivilDate[] {
  if (until === null) return [date]
  const by = nth === null || nth === 'every' ? (weekday ?? '') : `${nth}${weekday}`
  const rule = nth === null ? 'FREQ=DAILY' : `FREQ=${nth === 'every' ? 'WEEKLY' : 'MONTHLY'};BYDAY=${by}`
  return occurrences({ rule, starts_on: date, until }, date, until)
}

/** The scope of a closure, and the fingerprint of its row as a page showed it: `revisionOf`. */
const RowShape = {
  scope: word(80).refine((scope) => scope === 'all' || isPrefectureCode(scope) || venueIn(scope) !== null, 'choice'),
  revision: z.string().optional(),
}

const ClosureInput = ReasonInput.extend({
  ...DaysShape,
  ...RowShape,
  state: z.enum(STATES, 'choice'),
  ...BesideShape,
}).superRefine(({ date, until, nth, weekday, state, scope }, ctx) => {
  const fault = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message })
  if (nth !== null && until === null) fault('until', 'required')
  if (nth !== null && weekday === null) fault('weekday', 'required')
  if (nth === null && weekday !== null) fault('nth', 'required')
  // A day that is none has its own fault.
  if (![date, until ?? date].every((given) => typeof given === 'string' && isCivilDate(given))) return
  if (until !== null && until < date) fault('until', 'choice')
  else if (until !== null && (nth === null) === (weekday === null)) {
    const { length } = datesOf({ date, until, nth, weekday })
    if (length === 0 || length > MOST_DAYS) fault('until', 'choice')
  }
  if (state === 'removed' && until === null && !isRemovable({ date, scope })) fault('state', 'choice')
})

/** What was entered together, to be removed together. */
const BatchInput = z.object({ batch: word(40), state: z.literal('removed'), ...BesideShape })

/** What a form holds as JSON. */
const json = z
  .string()
  .max(1000)
  .transform((text, ctx): unknown => {
    try {
      return JSON.parse(text)
    } catch {
      ctx.addIssue({ code: 'custom', message: 'choice' })
      return z.NEVER
    }
  })

/** One or more fields of one name, each of this kind. */
const several = <T extends z.ZodType>(one: T) =>
  z.preprocess((rows) => (rows === undefined ? [] : [rows].flat()), z.array(one).max(MOST_DAYS))

/** A closure of a batch by its id, and all that it becomes: for the way back. */
const ReturnRow = json.pipe(ReasonInput.extend({ id: word(120), date: day, scope: RowShape.scope }))

/**
 * What the closures of a batch become, from today on: their reason, and if given their scope and days. `row` has their
 * ids and `to` the day of each; `shift` moves all by so many days. `back`: each becomes what it was.
 */
const BatchCorrectionInput = ReasonInput.partial({ reason_ja: true }).extend({
  batch: word(40),
  state: z.literal('corrected'),
  row: several(word(120)),
  to: several(day),
  shift: z.preprocess(
    (text) => (text === '' || text === undefined ? 0 : Number(text)),
    z.int('number').min(-366, 'number').max(366, 'number'),
  ),
  scope: optional(RowShape.scope),
  back: several(ReturnRow),
  ...BesideShape,
})

/** A closure that is put back as it was, as its form has it. */
const PutBackRow = json.pipe(
  ReasonInput.extend({ date: day, scope: RowShape.scope, state: z.enum(['confirmed', 'lifted'], 'choice') }),
)

/** The closures that were removed just now, to be put back together. */
const PutBackInput = z.object({
  state: z.literal('restored'),
  day: z.preprocess((rows) => [rows].flat(), z.array(PutBackRow).min(1).max(MOST_DAYS)),
  ...BesideShape,
})

/** The correction of one closure: `edit` is its id, the rest what it becomes. */
const CorrectionInput = ReasonInput.extend({ edit: word(120), date: day, ...RowShape, ...BesideShape })

type Place = Pick<ClosureRow, 'date' | 'scope'>

/**
 * What is decided of which days, once its form was read. `together`: these days are entered together. `corrected`: the
 * closure that is corrected, as it is. `batch`: those that are corrected together, as they are and as they become.
 * `covered`: closures in force for which a day is closed already, so that nothing is added. `expected`: the rows that the
 * commit must still find, or no row.
 */
export type ClosureDecisions = {
  decisions: Decision[]
  state: Decision['state']
  together: boolean
  corrected: ClosureRow | null
  batch?: { before: ClosureRow; after: Decision }[]
  covered?: ClosureRow[]
  expected: (Place & { row: ClosureRow | null })[]
}

/** `known`: what a closure would become is there already. `covered`: each day is closed already, `by` other closures. */
type ClosureRead =
  | Ok<ClosureDecisions>
  | Refused<'invalid', { errors: Faults }>
  | Refused<'changed'>
  | Refused<'known'>
  | Refused<'covered', { by: ClosureRow[] }>

/** What stands for the revision of a closure, which counts none: its fingerprint. Empty without a closure. */
export async function revisionOf(row: ClosureRow | null): Promise<string> {
  return row === null ? '' : fingerprint(['closure', row.date, row.scope, row.state, row.reason_ja, row.reason_en])
}

async function closureAt(ctx: Ctx, { date, scope }: Place): Promise<ClosureRow | null> {
  const rows = ctx.store.db.selectFrom('closure').selectAll().where('date', '=', date).where('scope', '=', scope)
  return (await rows.executeTakeFirst()) ?? null
}

/**
 * The decided closure of all of Japan that closes a prefecture on a day already. Null without one, or if the prefecture
 * has a row of its own. A venue is closed for itself: it stays so when the day opens.
 */
async function coverOf(ctx: Ctx, { date, scope }: Place): Promise<ClosureRow | null> {
  if (scope === 'all' || venueIn(scope) !== null) return null
  if ((await closureAt(ctx, { date, scope })) !== null) return null
  const cover = await closureAt(ctx, { date, scope: 'all' })
  return cover?.state === 'confirmed' ? cover : null
}

/** Whether a page showed a closure as it is. A sender without a revision saw no page. */
async function isSeen(revision: string | undefined, row: ClosureRow | null): Promise<boolean> {
  return revision === undefined || revision === (await revisionOf(row))
}

const isAt = (one: Place, other: Place) => one.date === other.date && one.scope === other.scope

/**
 * Reads the correction of a closure. If its day or scope changes, the old row is removed and the new one is written.
 * Throws `Forbidden`.
 */
async function readCorrection(
  ctx: Ctx,
  { edit, revision, ...to }: z.output<typeof CorrectionInput>,
): Promise<ClosureRead> {
  const row = await ctx.store.db.selectFrom('closure').selectAll().where('id', '=', edit).executeTakeFirst()
  if (!row) return refused('changed')
  await mayDecide(ctx, row.scope)
  if (!(await mayDecide(ctx, to.scope))) return refused('invalid', { errors: { scope: 'choice' } })
  if (!(await isSeen(revision, row))) return refused('changed')
  const state = row.state === 'lifted' ? 'lifted' : 'confirmed'
  const decision = { date: to.date, scope: to.scope, state, ...reasonColumns(to) } as const
  const own = { date: row.date, scope: row.scope, row }
  const done = { state, together: false, corrected: row } as const
  if (isAt(row, to)) return ok({ ...done, decisions: [decision], expected: [own] })
  if (!isRemovable(row)) return refused('invalid', { errors: { date: 'choice' } })
  if ((await closureAt(ctx, to)) !== null) return refused('known')
  const cover = state === 'confirmed' ? await coverOf(ctx, to) : null
  if (cover !== null && cover.id !== row.id) return refused('covered', { by: [cover] })
  const { date, scope, reason_ja, reason_en } = row
  const removal = { date, scope, reason_ja, reason_en, state: 'removed' } as const
  const expected = [own, { date: to.date, scope: to.scope, row: null }]
  return ok({ ...done, decisions: [decision, removal], expected })
}

/** Refuses a scope that is not the actor's. Whether it exists. Throws `Forbidden`. */
async function mayDecide(ctx: Ctx, scope: string): Promise<boolean> {
  const id = venueIn(scope)
  if (id === null) {
    if (scope === 'all') requireSecretariat(ctx.actor)
    else requireDesk(ctx.actor, scope)
    return true
  }
  const venue = await venueById(ctx, id)
  requireDesk(ctx.actor, ...(venue ? [venue.prefecture] : []))
  return venue !== undefined
}

/** The closures of a batch from today on, by date. Throws `Forbidden`. */
async function batchRows(ctx: Ctx, batch: string): Promise<ClosureRow[]> {
  const rows = await ctx.store.db
    .selectFrom('closure')
    .selectAll()
    .where('batch', '=', batch)
    .where('date', '>=', civilDate(ctx.clock.now()))
    .orderBy('date')
    .execute()
  for (const scope of new Set(rows.map((row) => row.scope))) await mayDecide(ctx, scope)
  return rows
}

type Corrected = z.output<typeof BatchCorrectionInput>

/** What the closures of a batch become. Null if one of them is not there any more, or none is given a reason. */
function becoming(rows: readonly ClosureRow[], given: Corrected): Decision[] | null {
  const { row: ids, to, shift, scope: anew, back, reason_ja } = given
  const known = new Set(rows.map(({ id }) => id))
  if ([...ids, ...back.map(({ id }) => id)].some((id) => !known.has(id))) return null
  return rows.map(({ id, date, scope, state }) => {
    const kept = state === 'lifted' ? ('lifted' as const) : ('confirmed' as const)
    const was = back.find((one) => one.id === id)
    if (was) return { date: was.date, scope: was.scope, state: kept, ...reasonColumns(was) }
    const on = to[ids.indexOf(id)] ?? date
    const reason = reasonColumns({ ...given, reason_ja: reason_ja ?? '' })
    return { date: shift === 0 ? on : addDays(on, shift), scope: anew ?? scope, state: kept, ...reason }
  })
}

/** The closures of a batch that go, and the places that they come to. Refuses two in one place, or one that is taken. */
async function moving(
  ctx: Ctx,
  rows: readonly ClosureRow[],
  after: readonly Decision[],
): Promise<Ok<{ gone: ClosureRow[]; added: Decision[] }> | Exclude<ClosureRead, { ok: true }>> {
  const stays = (one: Place) => rows.some((row) => isAt(row, one))
  const gone = rows.filter((row) => !after.some((one) => isAt(row, one)))
  const twice = after.some((one, i) => after.findIndex((other) => isAt(one, other)) !== i)
  if (twice || gone.some((row) => !isRemovable(row))) return refused('invalid', { errors: { to: 'choice' } })
  const added = after.filter((one) => !stays(one))
  const by: ClosureRow[] = []
  for (const one of added) {
    if ((await closureAt(ctx, one)) !== null) return refused('known')
    const cover = one.state === 'confirmed' ? await coverOf(ctx, one) : null
    if (cover !== null && !gone.some(({ id }) => id === cover.id)) by.push(cover)
  }
  if (by.length > 0) return refused('covered', { by })
  return ok({ gone, added })
}

/** Reads the correction of the closures of a batch: each keeps its state. Throws `Forbidden`. */
async function readBatchCorrection(ctx: Ctx, given: unknown): Promise<ClosureRead> {
  requireDesk(ctx.actor)
  const parsed = BatchCorrectionInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const rows = await batchRows(ctx, parsed.data.batch)
  if (rows.length === 0) return refused('changed')
  const { back, reason_ja } = parsed.data
  if (back.length === 0 && !reason_ja) return refused('invalid', { errors: { reason_ja: 'required' } })
  const after = becoming(rows, parsed.data)
  if (after === null) return refused('changed')
  for (const scope of new Set(after.map((one) => one.scope))) {
    if (!(await mayDecide(ctx, scope))) return refused('invalid', { errors: { scope: 'choice' } })
  }
  const found = await moving(ctx, rows, after)
  if (!found.ok) return found
  const { gone, added } = found
  const removals = gone.map(({ date, scope, reason_ja: ja, reason_en }) => {
    return { date, scope, reason_ja: ja, reason_en, state: 'removed' as const }
  })
  const expected = [
    ...rows.map((row) => ({ date: row.date, scope: row.scope, row })),
    ...added.map(({ date, scope }) => ({ date, scope, row: null })),
  ]
  const batch = rows.map((before, i) => ({ before, after: after[i] as Decision }))
  const done = { state: 'confirmed', together: false, corrected: null } as const
  return ok({ ...done, decisions: [...after, ...removals], batch, expected })
}

/** Reads closures that are put back after they were removed. None of them may be there again. Throws `Forbidden`. */
async function readPutBack(ctx: Ctx, given: unknown): Promise<ClosureRead> {
  requireDesk(ctx.actor)
  const parsed = PutBackInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const rows = parsed.data.day
  for (const scope of new Set(rows.map((row) => row.scope))) {
    if (!(await mayDecide(ctx, scope))) return refused('invalid', { errors: { scope: 'choice' } })
  }
  for (const row of rows) if ((await closureAt(ctx, row)) !== null) return refused('known')
  const decisions = rows.map(({ date, scope, state, ...reason }) => ({ date, scope, state, ...reasonColumns(reason) }))
  const state = rows.some((row) => row.state === 'lifted') ? 'lifted' : 'confirmed'
  const expected = rows.map(({ date, scope }) => ({ date, scope, row: null }))
  return ok({ decisions, state, together: rows.length > 1, corrected: null, expected })
}

/** The decisions that remove the closures of a batch from today on. Throws `Forbidden`. */
async function batchRemoval(ctx: Ctx, batch: string): Promise<Decision[]> {
  const rows = await batchRows(ctx, batch)
  const removable = rows.filter((row) => isRemovable(row))
  return removable.map(({ date, scope, reason_ja, reason_en }) => ({
    date,
    scope,
    reason_ja,
    reason_en,
    state: 'removed' as const,
  }))
}

const isCorrection = (given: unknown) => typeof given === 'object' && given !== null && 'edit' in given

/**
 * Reads a decision on one or more days, also to put closures back. Or the correction of a closure or a batch. Refused
 * for faulty fields. `changed` if a closure is not as its page showed it. `known` if a correction leads to a closure
 * that is there. Throws `Forbidden` for a scope that is not the actor's.
 */
export async function readClosure(ctx: Ctx, given: unknown): Promise<ClosureRead> {
  const whole = BatchInput.safeParse(given)
  if (whole.success) {
    requireDesk(ctx.actor)
    const decisions = await batchRemoval(ctx, whole.data.batch)
    return ok({ decisions, state: 'removed', together: false, corrected: null, expected: [] })
  }
  if (Object(given).state === 'restored') return readPutBack(ctx, given)
  if (Object(given).state === 'corrected') return readBatchCorrection(ctx, given)
  if (isCorrection(given)) {
    const correction = CorrectionInput.safeParse(given)
    if (correction.success) return readCorrection(ctx, correction.data)
    requireDesk(ctx.actor)
    return refused('invalid', { errors: faultsOf(correction.error) })
  }
  const parsed = ClosureInput.safeParse(given)
  if (!parsed.success) {
    requireDesk(ctx.actor)
    return refused('invalid', { errors: faultsOf(parsed.error) })
  }
  const { scope, state, revision } = parsed.data
  if (!(await mayDecide(ctx, scope))) return refused('invalid', { errors: { scope: 'choice' } })
  const all = datesOf(parsed.data)
  const covers = new Map<string, ClosureRow>()
  for (const date of all) {
    const cover = state === 'confirmed' ? await coverOf(ctx, { date, scope }) : null
    if (cover !== null) covers.set(date, cover)
  }
  const covered = [...covers.values()]
  const dates = all.filter((date) => !covers.has(date))
  if (dates.length === 0) return refused('covered', { by: covered })
  const decisions = dates.map((date) => ({ date, scope, state, ...reasonColumns(parsed.data) }))
  const done = { decisions, state, together: dates.length > 1, corrected: null, covered }
  const [date] = dates
  if (revision === undefined || date === undefined) return ok({ ...done, expected: [] })
  const row = await closureAt(ctx, { date, scope })
  return (await isSeen(revision, row)) ? ok({ ...done, expected: [{ date, scope, row }] }) : refused('changed')
}
