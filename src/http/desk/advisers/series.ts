import { type Context, Hono } from 'hono'
import { SeriesAdvisersPage } from '../../../../templates/desk/series/advisers.tsx'
import type { Values } from '../../../../templates/fields.tsx'
import { page } from '../../../../templates/layout.tsx'
import { advisersFor, dutiesOf } from '../../../advisers/queries.ts'
import { requireDesk } from '../../../base/actor.ts'
import type { Faults } from '../../../base/input.ts'
import { civilDate } from '../../../base/japan/civil.ts'
import { NotFound } from '../../../base/outcome.ts'
import { assignSeries } from '../../../planning/advisers/assign-series.ts'
import { aheadOf, seriesById } from '../../../planning/queries.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { known } from '../../filter.ts'
import { formValues } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { deskView } from '../view.ts'
import { dutyTyped } from './session.ts'

type Against = { values?: Values; errors?: Faults; empty?: boolean; done?: 'all' | 'some' | undefined }

async function form(c: Context<Env>, { values = {}, errors = {}, empty = false, done }: Against = {}) {
  const { ctx } = c.var
  const series = await seriesById(ctx, c.req.param('id') ?? '')
  if (!series) throw new NotFound('series')
  requireDesk(ctx.actor, series.prefecture)
  const coming = await aheadOf(ctx, series.id, civilDate(ctx.clock.now()))
  const ahead = coming.filter(({ state }) => state === 'published')
  const duties = await dutiesOf(
    ctx,
    ahead.map(({ id }) => id),
  )
  const advisers = await advisersFor(ctx, series.prefecture)
  const view = { ...deskView(c), series, advisers, ahead, duties, values, errors, empty, done }
  return c.html(page(SeriesAdvisersPage(view)), statusFor({ refusal: empty, errors }))
}

/** `/desk/series/:id/advisers`: who advises on all coming dates of a series, and in which room. */
export const seriesAdviserRoutes = new Hono<Env>()
  .get('/:id/advisers', (c) => form(c, { done: known(['all', 'some'], c.req.query('done')) }))
  .post('/:id/advisers', async (c) => {
    const values = await formValues(c)
    if (showsForm(c)) return form(c, { values })
    const id = c.req.param('id')
    const done = await assignSeries(c.var.ctx, id, dutyTyped(values, 'whole'))
    if (done.ok) return seeOther(c, `/desk/series/${id}/advisers?done=${done.left.length > 0 ? 'some' : 'all'}`)
    if (done.why === 'empty') return form(c, { values, empty: true })
    const errors = Object.fromEntries(Object.entries(done.errors).map(([name, fault]) => [`whole.${name}`, fault]))
    return form(c, { values, errors })
  })
