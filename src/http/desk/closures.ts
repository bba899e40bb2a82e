import { type Context, Hono } from 'hono'
import { ClosureLookPage, ClosuresPage } from '../../../templates/desk/closures.tsx'
import { page } from '../../../templates/layout.tsx'
import { canManage, visiblePrefectures } from '../../base/actor.ts'
import { fingerprint } from '../../base/fingerprint.ts'
import type { Faults } from '../../base/input.ts'
import { addDays, civilDate } from '../../base/japan/civil.ts'
import { venueIn } from '../../base/japan/closure-scope.ts'
import { type Affected, bookedIn } from '../../planning/affected.ts'
import {
  type BatchCorrected,
  type ClosureCorrected,
  closeDay,
  lookAtClosure,
} from '../../planning/closures/close-day.ts'
import { heldOnClosedDays, isRemovable, replacedIn } from '../../planning/closures/closure-ahead.ts'
import { revisionOf } from '../../planning/closures/input.ts'
import type { Planned } from '../../planning/queries.ts'
import { venuesToChoose } from '../../planning/venues/queries.ts'
import { closures } from '../../schedule/closure-queries.ts'
import { venues } from '../../schedule/place-queries.ts'
import type { ClosureRow } from '../../store/schema.ts'
import { statusFor } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues, oneOf, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'
import { deskView, foreignChoice, typedBeside } from './view.ts'

/** Days ahead for which closures are listed. */
const AHEAD = 400

/** What the closures that this person may see are of: the names of venues, by id. */
async function venueNames({ var: { ctx, frame } }: Context<Env>): Promise<Map<string, string>> {
  return new Map((await venues(ctx)).map((venue) => [venue.id, frame.locale === 'ja' ? venue.name_ja : venue.name_en]))
}

type ClosureTold = {
  values?: Values
  errors?: Faults
  followed?: number | null
  left?: Planned[]
  refusal?: 'changed' | 'known' | 'covered' | null
  covered?: ClosureRow[] | undefined
  corrected?: ClosureCorrected | undefined
  batch?: BatchCorrected | undefined
  removed?: ClosureRow[] | undefined
}

async function closurePage(c: Context<Env>, told: ClosureTold = {}) {
  const { ctx, pass } = c.var
  const {
    values = {},
    errors = {},
    followed = null,
    left = [],
    refusal = null,
    covered = [],
    corrected,
    batch,
    removed = [],
  } = told
  const today = civilDate(ctx.clock.now())
  const codes = visiblePrefectures(ctx.actor)
  const rows = [...(await closures(ctx, today, addDays(today, AHEAD))).values()].flat()
  const names = await venueNames(c)
  const mayDecide = canManage(ctx.actor, ...pass.account.prefectures)
  const own = rows.filter(({ scope }) => {
    const venue = venueIn(scope)
    return venue === null ? scope === 'all' || codes === null || codes.includes(scope) : names.has(venue)
  })
  const mayEdit = (scope: string) => mayDecide && (scope !== 'all' || canManageAll(c))
  const editing = own.find(
    ({ id, scope, state }) => mayEdit(scope) && id === oneOf(values, 'edit') && state !== 'proposed',
  )
  const batchId = batchOf(values)
  const together = own.filter((row) => batchId !== null && row.batch === batchId && mayEdit(row.scope))
  const revisions = new Map<string, string>()
  for (const row of own) revisions.set(row.id, await revisionOf(row))
  const view = {
    ...deskView(c),
    closures: own.toSorted((a, b) => (a.date < b.date ? -1 : 1)),
    removable: own.filter(isRemovable).map(({ id }) => id),
    held: await heldOnClosedDays(ctx, today),
    mayPlan: mayDecide,
    venues: names,
    toClose: (await venuesToChoose(ctx)).filter(({ prefecture }) => canManage(ctx.actor, prefecture)),
    editing: editing ?? null,
    revisions,
    refusal,
    covered,
    corrected: corrected ?? null,
    together,
    batch: batch ?? null,
    removed: removed.filter(({ state }) => state !== 'proposed'),
  }
  const [first] = together
  const reasons = first && values.reason_ja === undefined ? reasonOf(first) : {}
  const saved = editing ? valuesOf(editing, revisions.get(editing.id) ?? '') : {}
  const typed = refusal === 'changed' && editing ? typedBeside(c, values, saved) : values
  const kept = editing && values.date === undefined ? saved : typed
  if (refusal) c.set('refused', refusal)
  const shown = { ...view, ...deskView(c), values: { ...kept, ...reasons }, errors, followed, left }
  return c.html(page(ClosuresPage(shown)), statusFor({ refusal, errors }))
}

/** The batch whose closures are corrected together: by the address of its form, or by what the form sent. */
function batchOf(values: Values): string | null {
  if (oneOf(values, 'state') === 'corrected') return oneOf(values, 'batch') || null
  const [, id = null] = /^batch:(.+)$/.exec(oneOf(values, 'edit')) ?? []
  return id
}

const canManageAll = ({ var: { ctx } }: Context<Env>) => visiblePrefectures(ctx.actor) === null

/** The reason as its form has it. Without English words the Japanese ones are kept for both. */
const reasonOf = ({ reason_ja, reason_en }: Pick<ClosureRow, 'reason_ja' | 'reason_en'>): Values => ({
  reason_ja,
  reason_en: reason_en === reason_ja ? '' : reason_en,
})

const valuesOf = ({ id, date, scope, ...row }: ClosureRow, revision: string): Values => ({
  edit: id,
  date,
  scope,
  ...reasonOf(row),
  revision,
})

/** The page after a closure was not as its page showed it: the list of now, or the form. */
function notAsShown(c: Context<Env>, values: Values) {
  const isEdit = oneOf(values, 'edit') !== '' || batchOf(values) !== null
  return closurePage(c, { values: isEdit ? values : {}, refusal: 'changed' })
}

/**
 * Shows whom and what a decision on a day concerns, and the reasons that it replaces, before it is made. Only the
 * fingerprint if there are none. `changed`: it is not as it was shown before.
 */
async function look(c: Context<Env>, values: Values, { errors = {}, changed = false } = {}) {
  const { ctx } = c.var
  const found = await lookAtClosure(ctx, values)
  if (!found.ok) {
    if (found.why === 'changed') return notAsShown(c, values)
    if (found.why === 'invalid') return closurePage(c, { values, errors: found.errors })
    return closurePage(c, { values, refusal: found.why, ...(found.why === 'covered' && { covered: found.by }) })
  }
  const { followers, left, clashes, days } = found.ahead
  const shown = await fingerprint(found.fields)
  const replaced = replacedIn(days)
  const { batch = [], covered = [] } = found
  const moved = batch.filter(({ before, after }) => before.date !== after.date || before.scope !== after.scope)
  // What was entered together is never removed without a look at its days.
  const isBatch = oneOf(values, 'state') === 'removed' && oneOf(values, 'batch') !== '' && days.length > 0
  const isUndo = oneOf(values, 'state') === 'restored' || oneOf(values, 'undo') !== ''
  // What takes back acts at once, unless somebody booked.
  const matters = isUndo
    ? left.filter(({ bookings }) => bookings > 0).length + clashes.length
    : followers.length + left.length + clashes.length + replaced.length + moved.length
  if (!changed && !isBatch && matters === 0) return { shown }
  const who = new Map<string, Affected[]>()
  for (const { id, bookings } of left) if (bookings > 0) who.set(id, await bookedIn(ctx, id))
  if (changed) c.set('refused', 'changed')
  const gone = batch.length === 0 ? null : 'removed'
  const kept = days.filter(({ decision }, i) => decision.state !== gone && (found.corrected === null || i === 0))
  const decided = kept.map(({ decision }) => decision)
  const parts = [true, false].map((isClosing) => {
    const those = days.filter(({ ahead: { closes } }) => (closes !== null) === isClosing).map(({ ahead }) => ahead)
    const concerned = { followers: those.flatMap((one) => one.followers), left: those.flatMap((one) => one.left) }
    return { isClosing, isEmpty: those.every((one) => one.followers.length + one.left.length === 0), ...concerned }
  })
  const isClosing = days[0]?.ahead.closes != null
  const told = parts.filter((part) => part.isClosing === isClosing || !part.isEmpty)
  const before = { decided, before: found.corrected, replaced, batch, covered }
  const ahead = { clashes, who, parts: told, ...before, venues: await venueNames(c) }
  const view = { ...deskView(c), values, ...ahead, errors, shown, changed }
  return c.html(page(ClosureLookPage(view)), statusFor({ refusal: changed, errors }))
}

/** `/desk/closures`: the days on which a desk is closed, each after a look at the sessions and people concerned. */
export const closureRoutes = new Hono<Env>()
  .get('/', (c) => closurePage(c, { values: { edit: c.req.query('edit') ?? '' } }))
  .post('/', async (c) => {
    const values = await formValues(c)
    const step = oneOf(values, 'step')
    if (showsForm(c) || step === 'edit') return closurePage(c, { values })
    const errors = foreignChoice(c, 'scope', values.scope)
    if (errors) return closurePage(c, { values, errors })
    const first = step === 'do' ? {} : await look(c, values)
    if (first instanceof Response) return first
    const done = await closeDay(c.var.ctx, { ...values, ...first })
    if (done.ok) {
      const { followed, left, corrected, batch, removed, covered } = done
      return closurePage(c, { followed, left, corrected, batch, removed, covered })
    }
    if (done.why === 'known') return closurePage(c, { values, refusal: done.why })
    if (done.why === 'covered') return closurePage(c, { values, refusal: done.why, covered: done.by })
    const { beside, ...faults } = done.why === 'invalid' ? done.errors : {}
    if (Object.keys(faults).length > 0) return closurePage(c, { values, errors: faults })
    const against = beside ? { errors: { beside } } : { changed: done.why === 'changed' }
    const again = await look(c, values, against)
    return again instanceof Response ? again : closurePage(c, { values })
  })
