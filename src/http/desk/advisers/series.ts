import { type Context, Hono } from 'hono'
import { SeriesAdvisersLookPage, SeriesAdvisersPage } from '../../../../templates/desk/series/advisers.tsx'
import type { Values } from '../../../../templates/fields.tsx'
import { page } from '../../../../templates/layout.tsx'
import { advisersFor, dutiesOf } from '../../../advisers/queries.ts'
import { requireDesk } from '../../../base/actor.ts'
import { dutyAt } from '../../../base/duty.ts'
import { fingerprint } from '../../../base/fingerprint.ts'
import type { Faults } from '../../../base/input.ts'
import { civilDate } from '../../../base/japan/civil.ts'
import { NotFound } from '../../../base/outcome.ts'
import { assignSeries, previewSeriesAssignment, type SeriesAssigned } from '../../../planning/advisers/assign-series.ts'
import { aheadOf, seriesById } from '../../../planning/queries.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { known } from '../../filter.ts'
import { formValues, oneOf } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { deskView } from '../view.ts'
import { dutyTyped, dutyWords } from './session.ts'

type Against = {
  values?: Values
  errors?: Faults
  refusal?: 'empty' | 'changed' | null
  done?: 'all' | 'some' | undefined
}

async function asked(c: Context<Env>) {
  const series = await seriesById(c.var.ctx, c.req.param('id') ?? '')
  if (!series) throw new NotFound('series')
  requireDesk(c.var.ctx.actor, series.prefecture)
  return series
}

async function form(c: Context<Env>, { values = {}, errors = {}, refusal = null, done }: Against = {}) {
  const { ctx } = c.var
  const series = await asked(c)
  const coming = await aheadOf(ctx, series.id, civilDate(ctx.clock.now()))
  const ahead = coming.filter(({ state }) => state === 'published')
  const duties = await dutiesOf(
    ctx,
    ahead.map(({ id }) => id),
  )
  const advisers = await advisersFor(ctx, series.prefecture)
  if (refusal) c.set('refused', refusal)
  const view = { ...deskView(c), series, advisers, ahead, duties, values, errors, refusal, done }
  return c.html(page(SeriesAdvisersPage(view)), statusFor({ refusal, errors }))
}

type Refusal = Exclude<SeriesAssigned, { ok: true }>

/** The form again, with why nothing was set. */
function refused(c: Context<Env>, values: Values, done: Refusal) {
  if (done.why !== 'invalid') return form(c, { values, refusal: done.why })
  const errors = Object.fromEntries(Object.entries(done.errors).map(([name, fault]) => [`whole.${name}`, fault]))
  return form(c, { values, errors })
}

/** The page before advisers are set on the coming dates. `changed`: they are not as they were shown before. */
async function look(c: Context<Env>, values: Values, changed: boolean) {
  const { ctx } = c.var
  const series = await asked(c)
  const found = await previewSeriesAssignment(ctx, series.id, dutyTyped(values, 'whole'))
  if (!found.ok) return refused(c, values, found)
  const duties = await dutiesOf(
    ctx,
    found.dates.map(({ session }) => session.id),
  )
  const saved = found.dates.map(({ after: { adviser } }) => ({ adviser }))
  const advisers = await advisersFor(ctx, series.prefecture, saved)
  const dates = found.dates.map(({ session: { id, date }, after, taken }) => {
    return { date, before: dutyAt(duties.get(id), null), after: dutyWords(advisers, after), taken }
  })
  const shown = await fingerprint(found.fields)
  if (changed) c.set('refused', 'changed')
  const view = { ...deskView(c), series, values, dates, shown, changed }
  return c.html(page(SeriesAdvisersLookPage(view)), statusFor({ refusal: changed }))
}

/** `/desk/series/:id/advisers`: who advises on all coming dates of a series, and in which room. */
export const seriesAdviserRoutes = new Hono<Env>()
  .get('/:id/advisers', (c) => form(c, { done: known(['all', 'some'], c.req.query('done')) }))
  .post('/:id/advisers', async (c) => {
    const values = await formValues(c)
    const step = oneOf(values, 'step')
    if (showsForm(c) || step === 'edit') return form(c, { values })
    if (step !== 'do') return look(c, values, false)
    const { id } = await asked(c)
    const done = await assignSeries(c.var.ctx, id, { ...dutyTyped(values, 'whole'), shown: values.shown })
    if (done.ok) return seeOther(c, `/desk/series/${id}/advisers?done=${done.left.length > 0 ? 'some' : 'all'}`)
    return done.why === 'changed' ? look(c, values, true) : refused(c, values, done)
  })
