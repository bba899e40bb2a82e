import { type Context, Hono } from 'hono'
import { ProgrammeFormPage, ProgrammesPage } from '../../../../templates/desk/programmes.tsx'
import { page } from '../../../../templates/layout.tsx'
import type { Faults } from '../../../base/input.ts'
import { civilDate, fiscalYear } from '../../../base/japan/civil.ts'
import { isOpenToCopy, previewCopy } from '../../../planning/copy-programme.ts'
import { programmeById, programmes } from '../../../planning/programmes/queries.ts'
import { saveProgramme } from '../../../planning/programmes/save-programme.ts'
import type { ProgrammeRow } from '../../../store/schema.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { formValues, type Values } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { deskView, typedBeside } from '../view.ts'

type Against = { values?: Values; errors?: Faults; refusal?: 'twice' | 'changed' | 'held' | null }

async function list(c: Context<Env>, { values = {}, errors = {}, refusal = null }: Against = {}) {
  const { ctx } = c.var
  if (refusal) c.set('refused', refusal)
  const years = ctx.config.retentionYears
  const rows = await programmes(ctx)
  const copy = await previewCopy(ctx)
  // An empty house begins with the present year.
  const first: Values = rows.length === 0 ? { fiscal_year: String(fiscalYear(civilDate(ctx.clock.now()))) } : {}
  const view = {
    ...deskView(c),
    rows,
    mayCopy: copy.left || copy.copies.some(isOpenToCopy),
    years,
    values: { ...first, ...values },
    errors,
    refusal,
    done: c.req.query('done'),
  }
  return c.html(page(ProgrammesPage(view)), statusFor({ refusal, errors }))
}

function valuesOf(row: ProgrammeRow): Values {
  const { name_ja, name_en, starts_on, ends_on, experts_until, retention_years, visits, revision } = row
  const numbers = { retention_years: String(retention_years ?? ''), visits: String(visits), revision: String(revision) }
  return { name_ja, name_en, starts_on, ends_on, experts_until: experts_until ?? '', ...numbers }
}

function form(c: Context<Env>, row: ProgrammeRow, { values, errors = {}, refusal = null }: Against = {}) {
  if (refusal) c.set('refused', refusal)
  const years = c.var.ctx.config.retentionYears
  const view = { ...deskView(c), row, years, values: values ?? valuesOf(row), errors, refusal }
  return c.html(page(ProgrammeFormPage(view)), statusFor({ refusal, errors }))
}

/** `/desk/programmes`: the fiscal years. For the secretariat. */
export const programmesRoutes = new Hono<Env>()
  .get('/', (c) => list(c))
  .post('/', async (c) => {
    const values = await formValues(c)
    if (showsForm(c)) return list(c, { values })
    const done = await saveProgramme(c.var.ctx, null, values)
    if (done.ok) return seeOther(c, '/desk/programmes?done=added')
    return list(c, done.why === 'invalid' ? { values, errors: done.errors } : { values, refusal: done.why })
  })
  .get('/:id', async (c) => form(c, await programmeById(c.var.ctx, c.req.param('id'))))
  .post('/:id', async (c) => {
    const { ctx } = c.var
    const row = await programmeById(ctx, c.req.param('id'))
    const values = await formValues(c)
    if (showsForm(c)) return form(c, row, { values })
    const done = await saveProgramme(ctx, row.id, values)
    if (done.ok) return seeOther(c, '/desk/programmes?done=edited')
    if (done.why === 'invalid') return form(c, row, { values, errors: done.errors })
    const now = await programmeById(ctx, row.id)
    return form(c, now, {
      values: done.why === 'changed' ? typedBeside(c, values, valuesOf(now)) : values,
      refusal: done.why,
    })
  })
