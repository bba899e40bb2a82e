import { type Context, Hono } from 'hono'
import { ExpertAbsencesPage, ExpertHoursPage, hoursField, WEEK } from '../../../../templates/desk/experts/time.tsx'
import { page } from '../../../../templates/layout.tsx'
import type { Faults } from '../../../base/input.ts'
import { addAbsence } from '../../../experts/add-absence.ts'
import { dropAbsence } from '../../../experts/drop-absence.ts'
import type { Expert } from '../../../experts/expert.ts'
import { absencesOf, hoursOf } from '../../../experts/queries.ts'
import { fitTogether, readHours, writeHours } from '../../../experts/read-hours.ts'
import { saveHours } from '../../../experts/save-hours.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { formValues, oneOf, type Values } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { typedBeside } from '../view.ts'
import { askedExpert, expertView } from './asked.ts'

type Against<Why> = { errors?: Faults; refusal?: Why | null }

async function hoursValues(c: Context<Env>, { id, revision }: Expert): Promise<Values> {
  const hours = await hoursOf(c.var.ctx, id)
  const days = WEEK.map((day) => [hoursField(day), writeHours(hours.filter(({ weekday }) => weekday === day))] as const)
  return { ...Object.fromEntries(days), revision: String(revision) }
}

function hoursForm(
  c: Context<Env>,
  expert: Expert,
  values: Values,
  { errors = {}, refusal = null }: Against<'left' | 'changed'> = {},
) {
  if (refusal) c.set('refused', refusal)
  const view = { ...expertView(c, expert), values, errors, refusal }
  return c.html(page(ExpertHoursPage(view)), statusFor({ refusal, errors }))
}

/** The hours of the form, and the days that cannot be read or do not fit. */
function hoursTyped(values: Values) {
  const days = WEEK.map((weekday) => ({ weekday, read: readHours(oneOf(values, hoursField(weekday))) }))
  const wrong = days.filter(({ read }) => read === null || !fitTogether(read))
  return {
    hours: days.flatMap(({ weekday, read }) => (read ?? []).map((one) => ({ weekday, ...one }))),
    errors: Object.fromEntries(wrong.map(({ weekday }) => [hoursField(weekday), 'choice' as const])),
  }
}

async function absencesPage(
  c: Context<Env>,
  expert: Expert,
  values: Values,
  { errors = {}, refusal = null }: Against<'left'> = {},
) {
  const { ctx } = c.var
  const absences = await absencesOf(ctx, expert.id, ctx.clock.now())
  if (refusal) c.set('refused', refusal)
  const view = { ...expertView(c, expert), absences, values, errors, refusal }
  return c.html(page(ExpertAbsencesPage(view)), statusFor({ refusal, errors }))
}

/** `/desk/experts/:id/hours` and `…/absences`: when an expert advises. For the expert and the secretariat. */
export const expertTimeRoutes = new Hono<Env>()
  .get('/:id/hours', async (c) => {
    const expert = await askedExpert(c)
    return hoursForm(c, expert, await hoursValues(c, expert))
  })
  .post('/:id/hours', async (c) => {
    const values = await formValues(c)
    const expert = await askedExpert(c)
    if (showsForm(c)) return hoursForm(c, expert, values)
    const { hours, errors } = hoursTyped(values)
    if (Object.keys(errors).length > 0) return hoursForm(c, expert, values, { errors })
    const done = await saveHours(c.var.ctx, expert.id, { revision: values.revision, hours })
    if (done.ok) return seeOther(c, `/desk/experts/${expert.id}/hours?done=saved`)
    if (done.why === 'invalid') return hoursForm(c, expert, values, { errors: done.errors })
    if (done.why === 'left') return hoursForm(c, expert, values, { refusal: 'left' })
    const now = await askedExpert(c)
    return hoursForm(c, now, typedBeside(c, values, await hoursValues(c, now)), { refusal: 'changed' })
  })
  .get('/:id/absences', async (c) => absencesPage(c, await askedExpert(c), {}))
  .post('/:id/absences', async (c) => {
    const values = await formValues(c)
    const expert = await askedExpert(c)
    if (showsForm(c)) return absencesPage(c, expert, values)
    const done = await addAbsence(c.var.ctx, expert.id, values)
    if (done.ok) return seeOther(c, `/desk/experts/${expert.id}/absences?done=absent`)
    return absencesPage(c, expert, values, done.why === 'invalid' ? { errors: done.errors } : { refusal: done.why })
  })
  .post('/:id/absences/drop', async (c) => {
    const values = await formValues(c)
    const { id } = await askedExpert(c)
    await dropAbsence(c.var.ctx, id, oneOf(values, 'absence'))
    return seeOther(c, `/desk/experts/${id}/absences?done=back`)
  })
