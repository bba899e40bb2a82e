import { type Context, Hono } from 'hono'
import { LiftPreviewPage, SuspensionPreviewPage, SuspensionsPage } from '../../../templates/desk/suspensions.tsx'
import { page } from '../../../templates/layout.tsx'
import { canManage, requireDesk } from '../../base/actor.ts'
import { fingerprint } from '../../base/fingerprint.ts'
import { newId } from '../../base/id.ts'
import { type Faults, faultsOf } from '../../base/input.ts'
import { civilDate } from '../../base/japan/civil.ts'
import { NotFound } from '../../base/outcome.ts'
import { formatsAfter } from '../../changes/conversion.ts'
import { liftFields, liftSuspension, lifts } from '../../changes/lift-suspension.ts'
import { SCOPES } from '../../changes/queries.ts'
import { suspend, suspends, suspensionFields } from '../../changes/suspend.ts'
import { SuspensionInput } from '../../changes/suspension.ts'
import {
  daysOf,
  liftsUnderWay,
  sessionsOfSuspension,
  suspensionById,
  suspensionsFrom,
} from '../../changes/suspension-queries.ts'
import { callsToMake } from '../../mail/call.ts'
import { asConverted, asConvertedBack, preview } from '../../mail/preview.ts'
import { reasonOf } from '../../schedule/reason.ts'
import { seeOther, statusFor } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues, oneOf, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'
import { deskView, foreignChoice } from './view.ts'

function suspensionOf(values: Values) {
  const { prefectures = [] } = values
  return { ...values, prefectures: [prefectures].flat().filter((code) => code !== '') }
}

type Against = { errors?: Faults; refusal?: 'used' | null }

async function suspensionPage(c: Context<Env>, values: Values = {}, { errors = {}, refusal = null }: Against = {}) {
  const { ctx, pass } = c.var
  const found = await suspensionsFrom(ctx, civilDate(ctx.clock.now()))
  const key = newId(ctx.clock.now())
  // Sent once more, deliberately, it is another suspension: the form gets another key.
  const keyed = refusal ? { ...values, key } : { key, ...values }
  const view = { ...deskView(c), suspensions: found, values: keyed, errors, refusal, done: c.req.query('done') }
  const liftable = found.filter((one) => canManage(ctx.actor, ...one.prefectures.split(','))).map((one) => one.id)
  const mayPlan = canManage(ctx.actor, ...pass.account.prefectures)
  const lifting = await liftsUnderWay(ctx)
  if (refusal) c.set('refused', refusal)
  return c.html(page(SuspensionsPage({ ...view, liftable, lifting, mayPlan })), statusFor({ refusal, errors }))
}

/**
 * `/desk/suspensions`: no sessions in person in some prefectures and days, after a preview of the people concerned.
 */
export const suspensionRoutes = new Hono<Env>()
  .get('/', (c) => suspensionPage(c))
  .post('/', async (c) => {
    const { ctx, deps } = c.var
    const values = await formValues(c)
    const given = suspensionOf(values)
    if (showsForm(c)) return suspensionPage(c, values)
    requireDesk(ctx.actor)
    if (oneOf(values, 'step') === 'edit') return suspensionPage(c, values)
    const errors = foreignChoice(c, 'prefectures', given.prefectures)
    if (errors) return suspensionPage(c, values, { errors })
    const parsed = SuspensionInput.safeParse(given)
    if (!parsed.success) return suspensionPage(c, values, { errors: faultsOf(parsed.error) })
    let changed = false
    if (oneOf(values, 'step') === 'do') {
      const done = await suspend(ctx, given)
      deps.nudge()
      if (done.ok) return seeOther(c, `/desk/suspensions?done=${done.calls > 0 ? 'ordered-calls' : 'ordered'}`)
      if (done.why === 'invalid') return suspensionPage(c, values, { errors: done.errors })
      if (done.why === 'used') return suspensionPage(c, values, { refusal: done.why })
      changed = true
      c.set('refused', done.why)
    }
    const { ids, parties } = await suspends(ctx, parsed.data)
    const after = asConverted(parsed.data.into, reasonOf(parsed.data))
    const found = await preview(ctx, 'converted', ids, after, SCOPES.convert, parties)
    const shown = await fingerprint(suspensionFields(parsed.data, ids, parties))
    const now = await daysOf(ctx, ids)
    const days = now.map((day) => ({ ...day, after: formatsAfter(day.formats, parsed.data.into) }))
    const ordered = { ...parsed.data, days }
    const view = { ...deskView(c), values, ordered, preview: found, shown, changed }
    return c.html(page(SuspensionPreviewPage(view)), statusFor({ refusal: changed }))
  })
  .post('/:id/lift', async (c) => {
    const { ctx } = c.var
    const suspension = await suspensionById(ctx, c.req.param('id'))
    if (!suspension) throw new NotFound('suspension')
    requireDesk(ctx.actor, ...suspension.prefectures.split(','))
    const values = await formValues(c)
    const step = oneOf(values, 'step')
    if (step === 'edit') return seeOther(c, '/desk/suspensions')
    const look = async (changed: boolean, errors: Faults = {}) => {
      const reached = await lifts(ctx, suspension.id)
      const { ids, parties, clashes } = reached
      const found = await preview(ctx, 'converted_back', ids, asConvertedBack(null), SCOPES['convert-back'], parties)
      const shown = await fingerprint(liftFields(suspension.id, reached))
      const view = {
        ...deskView(c),
        suspension,
        days: (await daysOf(ctx, ids)).map((day) => ({ ...day, after: day.formats_before ?? day.formats })),
        preview: found,
        clashes,
        values,
        errors,
        shown,
        changed,
      }
      if (changed) c.set('refused', 'changed')
      return { ...view, answer: () => c.html(page(LiftPreviewPage(view)), statusFor({ refusal: changed, errors })) }
    }
    const first = step === 'do' ? null : await look(false)
    if (first && first.preview.parties.length + first.clashes.length > 0) return first.answer()
    // If nobody is concerned, it is lifted at once: then nobody may be by the commit.
    const ids = await sessionsOfSuspension(ctx, suspension.id, ctx.clock.now())
    const done = await liftSuspension(ctx, suspension.id, first ? { shown: first.shown } : values)
    c.var.deps.nudge()
    if (done.ok) {
      const calls = (await callsToMake(ctx)).filter(({ session }) => ids.includes(session))
      const isToCall = calls.length > 0 || (done.left > 0 && done.calls > 0)
      return seeOther(c, `/desk/suspensions?done=${isToCall ? 'lifted-calls' : 'lifted'}`)
    }
    return (await look(done.why === 'changed', done.why === 'invalid' ? done.errors : {})).answer()
  })
