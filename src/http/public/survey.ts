import { type Context, Hono } from 'hono'
import { page } from '../../../templates/layout.tsx'
import { SurveyPage } from '../../../templates/public/survey.tsx'
import type { Faults } from '../../base/input.ts'
import { answerSurvey } from '../../survey/answer.ts'
import { surveyState } from '../../survey/survey.ts'
import { seeOther, statusFor } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'
import { tokenIn } from '../token.ts'
import { heldBooking } from './held.ts'

async function survey(c: Context<Env>, told: { values?: Values; errors?: Faults; changed?: boolean } = {}) {
  const { ctx, frame } = c.var
  const { booking, token } = await heldBooking(c)
  c.header('Cache-Control', 'no-store')
  c.header('X-Robots-Tag', 'noindex')
  const { values = {}, errors = {}, changed = false } = told
  const state = surveyState(booking, ctx.clock.now())
  const status = statusFor({ refusal: changed, errors })
  return c.html(page(SurveyPage({ frame, booking, token, state, values, errors, changed })), status)
}

/** `/b/:token/survey`: the five questions. Reading changes nothing. The survey is answered once. */
export const surveyRoutes = new Hono<Env>()
  .get('/:token/survey', (c) => survey(c))
  .post('/:token/survey', async (c) => {
    const { ctx } = c.var
    const token = tokenIn(c)
    const values = await formValues(c)
    if (showsForm(c)) return survey(c, { values })
    const done = await answerSurvey(ctx, { token }, values)
    if (!done.ok && done.why === 'invalid') return survey(c, { values, errors: done.errors })
    if (!done.ok) c.set('refused', done.why)
    if (!done.ok && done.why === 'changed') return survey(c, { values, changed: true })
    return seeOther(c, `/b/${token}/survey`)
  })
