import * as z from 'zod'
import { requireDesk, requireSecretariat } from '../../base/actor.ts'
import { day } from '../../base/fields.ts'
import { type Faults, faultsOf, optional, word } from '../../base/input.ts'
import { type CivilDate, civilDate } from '../../base/japan/civil.ts'
import { venueIn } from '../../base/japan/closure-scope.ts'
import { isPrefectureCode } from '../../base/japan/prefecture.ts'
import { NTHS, WEEKDAYS } from '../../base/vocabulary.ts'
import type { Ctx } from '../../context.ts'
import { BesideShape } from '../../schedule/clashes.ts'
import { venueById } from '../../schedule/place-queries.ts'
import { ReasonInput, reasonColumns } from '../../schedule/reason.ts'
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

const ClosureInput = ReasonInput.extend({
  ...DaysShape,
  scope: word(80).refine((scope) => scope === 'all' || isPrefectureCode(scope) || venueIn(scope) !== null, 'choice'),
  state: z.enum(STATES, 'choice'),
  ...BesideShape,
}).superRefine(({ date, until, nth, weekday, state, scope }, ctx) => {
  const fault = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message })
  if (nth !== null && until === null) fault('until', 'required')
  if (nth !== null && weekday === null) fault('weekday', 'required')
  if (nth === null && weekday !== null) fault('nth', 'required')
  if (until !== null && until < date) fault('until', 'choice')
  else if (until !== null && (nth === null) === (weekday === null)) {
    const { length } = datesOf({ date, until, nth, weekday })
    if (length === 0 || length > MOST_DAYS) fault('until', 'choice')
  }
  if (state === 'removed' && until === null && !isRemovable({ date, scope })) fault('state', 'choice')
})

/** What was entered together, to be removed together. */
const BatchInput = z.object({ batch: word(40), state: z.literal('removed'), ...BesideShape })

/** What is decided of which days, once its form was read. `batch`: these days are entered together. */
export type ClosureDecisions = { decisions: Decision[]; state: Decision['state']; together: boolean }

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

/** The decisions that remove the closures of a batch from today on. Throws `Forbidden`. */
async function batchRemoval(ctx: Ctx, batch: string): Promise<Decision[]> {
  const rows = await ctx.store.db
    .selectFrom('closure')
    .selectAll()
    .where('batch', '=', batch)
    .where('date', '>=', civilDate(ctx.clock.now()))
    .orderBy('date')
    .execute()
  for (const scope of new Set(rows.map((row) => row.scope))) await mayDecide(ctx, scope)
  const removable = rows.filter((row) => isRemovable(row))
  return removable.map(({ date, scope, reason_ja, reason_en }) => ({
    date,
    scope,
    reason_ja,
    reason_en,
    state: 'removed' as const,
  }))
}

/** Reads a decision on one or more days. Throws `Forbidden` for a scope that is not the actor's. */
export async function readClosure(ctx: Ctx, given: unknown): Promise<ClosureDecisions | { errors: Faults }> {
  const whole = BatchInput.safeParse(given)
  if (whole.success) {
    requireDesk(ctx.actor)
    return { decisions: await batchRemoval(ctx, whole.data.batch), state: 'removed', together: false }
  }
  const parsed = ClosureInput.safeParse(given)
  if (!parsed.success) {
    requireDesk(ctx.actor)
    return { errors: faultsOf(parsed.error) }
  }
  const { scope, state } = parsed.data
  if (!(await mayDecide(ctx, scope))) return { errors: { scope: 'choice' } }
  const dates = datesOf(parsed.data)
  const decisions = dates.map((date) => ({ date, scope, state, ...reasonColumns(parsed.data) }))
  return { decisions, state, together: dates.length > 1 }
}
