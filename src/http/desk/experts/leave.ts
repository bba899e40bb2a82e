import { type Context, Hono } from 'hono'
import { LeavePage } from '../../../../templates/desk/experts/leave.tsx'
import { page } from '../../../../templates/layout.tsx'
import { dutiesOfAccount } from '../../../advisers/queries.ts'
import { requireSecretariat } from '../../../base/actor.ts'
import type { Faults } from '../../../base/input.ts'
import { addDays, civilDate } from '../../../base/japan/civil.ts'
import type { Expert } from '../../../experts/expert.ts'
import { leaveExpert } from '../../../experts/leave-expert.ts'
import { hoursOf, openMatchesOf } from '../../../experts/queries.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { formValues, oneOf, type Values } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { askedExpert, expertView } from './asked.ts'

/** Days ahead of which the page lists the times at which the expert advises. */
const AHEAD_DAYS = 400

type Against = { errors?: Faults; refusal?: 'left' | 'cases' | 'changed' | null }

async function look(c: Context<Env>, expert: Expert, values: Values, { errors = {}, refusal = null }: Against = {}) {
  const { ctx } = c.var
  const today = civilDate(ctx.clock.now())
  const times = await dutiesOfAccount(ctx, expert.id, today, addDays(today, AHEAD_DAYS))
  const duties = [...new Map(times.map((time) => [time.session, time])).values()]
  const [open, hours] = [await openMatchesOf(ctx, expert.id), await hoursOf(ctx, expert.id)]
  if (refusal) c.set('refused', refusal)
  const view = { ...expertView(c, expert), open, duties, hours: hours.length, values, errors, refusal }
  return c.html(page(LeavePage(view)), statusFor({ refusal, errors }))
}

/** `/desk/experts/:id/leave`: what is open of an expert, and the end of the work. For the secretariat. */
export const expertLeaveRoutes = new Hono<Env>()
  .get('/:id/leave', async (c) => {
    requireSecretariat(c.var.ctx.actor)
    const expert = await askedExpert(c)
    return look(c, expert, { ends_on: civilDate(c.var.ctx.clock.now()), revision: String(expert.revision) })
  })
  .post('/:id/leave', async (c) => {
    const values = await formValues(c)
    requireSecretariat(c.var.ctx.actor)
    const expert = await askedExpert(c)
    if (showsForm(c)) return look(c, expert, values)
    const on = oneOf(values, 'ends_on')
    const done = await leaveExpert(c.var.ctx, expert.id, { on, revision: values.revision })
    if (done.ok) return seeOther(c, '/desk/experts?done=left')
    if (done.why === 'invalid') {
      const { on: ends_on, ...others } = done.errors
      return look(c, expert, values, { errors: { ...others, ...(ends_on && { ends_on }) } })
    }
    const now = await askedExpert(c)
    return look(c, now, { ...values, revision: String(now.revision) }, { refusal: done.why })
  })
