import { type Context, Hono } from 'hono'
import { page } from '../../../templates/layout.tsx'
import { InterestPage, TellPage } from '../../../templates/public/tell.tsx'
import { NotFound } from '../../base/outcome.ts'
import type { Config } from '../../config.ts'
import { askToBeTold } from '../../interest/ask.ts'
import { confirmInterest } from '../../interest/confirm.ts'
import { endInterest } from '../../interest/end.ts'
import { hasEarlyAccess } from '../../interest/interest.ts'
import { interestByToken } from '../../interest/queries.ts'
import { publicSessionById } from '../../schedule/queries.ts'
import { seeOther } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues, oneOf } from '../forms.ts'
import { showsForm } from '../look.ts'
import { withMeant } from '../meant.ts'
import { rateLimit } from '../middleware.ts'
import { tokenIn } from '../token.ts'

/** Runs the act of a button, and shows the interest after it. */
async function answering(c: Context<Env>, act: typeof confirmInterest | typeof endInterest) {
  const token = tokenIn(c)
  await act(c.var.ctx, token)
  return seeOther(c, `/tell/${token}`)
}

/**
 * `POST /sessions/:id/tell` registers an interest in a session until it is settled. `/tell/:token` is the page behind
 * the link of its letters; reading it changes nothing.
 */
export function tellRoutes(config: Config) {
  return new Hono<Env>()
    .post('/sessions/:id/tell', rateLimit(config, 10, 600), async (c) => {
      const { ctx, deps } = c.var
      const session = await publicSessionById(ctx, c.req.param('id'))
      if (!session) throw new NotFound('session')
      const values = await formValues(c)
      const { frame } = c.var
      c.header('Cache-Control', 'no-store')
      // Only what was sent before would change something.
      if (showsForm(c)) return c.html(page(TellPage({ frame, session, values, errors: {}, sent: true })))
      const slip = withMeant(values)
      if (slip) return c.html(page(TellPage({ frame, session, values: slip, errors: {}, sent: false })))
      const done = await askToBeTold(ctx, session.id, { ...values, consent: oneOf(values, 'consent') === 'true' })
      deps.nudge()
      if (!done.ok && done.why === 'closed') {
        return seeOther(c, `/sessions/${session.id}`)
      }
      const view = { frame, session, values, errors: done.ok ? {} : done.errors, sent: done.ok }
      return c.html(page(TellPage(view)), done.ok ? 200 : 422)
    })
    .get('/tell/:token', async (c) => {
      const { ctx, frame } = c.var
      const token = tokenIn(c)
      const interest = await interestByToken(ctx, token)
      if (!interest) throw new NotFound('interest')
      c.header('Cache-Control', 'no-store')
      const first = hasEarlyAccess(interest, ctx.clock.now())
      return c.html(page(InterestPage({ frame, interest, token, first })))
    })
    .post('/tell/:token/confirm', (c) => answering(c, confirmInterest))
    .post('/tell/:token/end', (c) => answering(c, endInterest))
}
