import { type Context, Hono } from 'hono'
import { EndSeriesLookPage, EndSeriesPage } from '../../../../templates/desk/ending/end-series.tsx'
import { page } from '../../../../templates/layout.tsx'
import { requireDesk } from '../../../base/actor.ts'
import { fingerprint } from '../../../base/fingerprint.ts'
import type { Faults } from '../../../base/input.ts'
import { NotFound } from '../../../base/outcome.ts'
import { endFields, endSeries, previewEnd } from '../../../planning/ending/end-series.ts'
import { seriesById } from '../../../planning/queries.ts'
import type { SeriesRow } from '../../../store/schema.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { formValues, oneOf, type Values } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { deskView } from '../view.ts'

async function asked(c: Context<Env>): Promise<SeriesRow> {
  const series = await seriesById(c.var.ctx, c.req.param('id') ?? '')
  if (!series) throw new NotFound('series')
  requireDesk(c.var.ctx.actor, series.prefecture)
  return series
}

function form(c: Context<Env>, series: SeriesRow, values: Values, errors: Faults = {}) {
  return c.html(page(EndSeriesPage({ ...deskView(c), series, values, errors })), statusFor({ errors }))
}

async function look(c: Context<Env>, series: SeriesRow, values: Values, changed = false) {
  const end = await previewEnd(c.var.ctx, series.id, values)
  if (!end.ok) return form(c, series, values, end.errors)
  if (changed) c.set('refused', 'changed')
  const shown = await fingerprint(endFields(end))
  const view = { ...deskView(c), series, values, errors: {}, end, shown, changed }
  return c.html(page(EndSeriesLookPage(view)), statusFor({ refusal: changed }))
}

/** `/desk/series/:id/end`: ends a series on a day, after a look. */
export const endSeriesRoutes = new Hono<Env>()
  .get('/:id/end', async (c) => form(c, await asked(c), {}))
  .post('/:id/end', async (c) => {
    const { ctx, deps } = c.var
    const series = await asked(c)
    const values = await formValues(c)
    const step = oneOf(values, 'step')
    if (step === 'edit' || showsForm(c)) return form(c, series, values)
    if (step !== 'do') return look(c, series, values)
    const done = await endSeries(ctx, series.id, values)
    deps.nudge()
    if (done.ok) return seeOther(c, `/desk/series/${series.id}?done=ended`)
    return done.why === 'invalid' ? form(c, series, values, done.errors) : look(c, series, values, true)
  })
