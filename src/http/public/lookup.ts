import { Hono } from 'hono'
import { page } from '../../../templates/layout.tsx'
import { LookupPage } from '../../../templates/public/booking/lookup.tsx'
import { findByNumber } from '../../booking/find.ts'
import { sendLink } from '../../booking/send-link.ts'
import type { Config } from '../../config.ts'
import { seeOther } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues } from '../forms.ts'
import { withMeant } from '../meant.ts'
import { rateLimit } from '../middleware.ts'

/** The page that says a link was sent. */
const SENT = '/lookup?done=sent'

const EMPTY = { values: {}, errors: {}, sent: false, unknown: false }

/**
 * `/lookup`: a booking by number and telephone, or its manage link once more by e-mail. The request for a link always
 * gets the same answer. A wrong number and a wrong telephone also get the same one.
 */
export function lookupRoutes(config: Config) {
  return new Hono<Env>()
    .get('/', (c) => c.html(page(LookupPage({ ...EMPTY, frame: c.var.frame, sent: c.req.query('done') === 'sent' }))))
    .post('/', rateLimit(config, 10, 600), async (c) => {
      const values = await formValues(c)
      const { ctx, frame } = c.var
      const done = await findByNumber(ctx, values)
      c.header('Cache-Control', 'no-store')
      if (done.ok) return seeOther(c, `/b/${done.token}`)
      const view = { ...EMPTY, frame, values }
      if (done.why === 'invalid') return c.html(page(LookupPage({ ...view, errors: done.errors })), 422)
      return c.html(page(LookupPage({ ...view, unknown: true })), 404)
    })
    .post('/link', rateLimit(config, 10, 600), async (c) => {
      const values = await formValues(c)
      const { ctx, deps, frame } = c.var
      c.header('Cache-Control', 'no-store')
      const slip = withMeant(values)
      if (slip) return c.html(page(LookupPage({ ...EMPTY, frame, values: slip })))
      const done = await sendLink(ctx, values)
      deps.nudge()
      const { sent: _, ...plain } = frame
      // The language link of this page leads to the same words. The address is not repeated.
      if (done.ok) return c.html(page(LookupPage({ ...EMPTY, frame: { ...plain, path: SENT }, sent: true })))
      return c.html(page(LookupPage({ ...EMPTY, frame, values, errors: done.errors })), 422)
    })
}
