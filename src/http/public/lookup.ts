import { Hono } from 'hono'
import { page } from '../../../templates/layout.tsx'
import { LookupPage } from '../../../templates/public/booking.tsx'
import { sendLink } from '../../booking/send-link.ts'
import type { Config } from '../../config.ts'
import type { Env } from '../env.ts'
import { formValues } from '../forms.ts'
import { rateLimit } from '../gate.ts'

/** `/lookup`: the link to one's booking once more, for a lost letter. Whoever asks hears the same. */
export function lookupDoors(config: Config) {
  return new Hono<Env>()
    .get('/', (c) => c.html(page(LookupPage({ frame: c.var.frame, values: {}, errors: {}, sent: false }))))
    .post('/link', rateLimit(config, 10, 600), async (c) => {
      const { ctx, deps, frame } = c.var
      const values = await formValues(c)
      const done = await sendLink(ctx, values)
      deps.nudge()
      c.header('Cache-Control', 'no-store')
      if (done.ok) return c.html(page(LookupPage({ frame, values: {}, errors: {}, sent: true })))
      return c.html(page(LookupPage({ frame, values, errors: done.errors, sent: false })), 422)
    })
}
