import { type Context, Hono } from 'hono'
import { page } from '../../../templates/layout.tsx'
import { AlertForm, AlertPage, AlertSent } from '../../../templates/public/alerts.tsx'
import { ALERT_DAYS, alertView, WEEKDAYS } from '../../alerts/alert.ts'
import { askForAlert } from '../../alerts/ask.ts'
import { confirmAlert } from '../../alerts/confirm.ts'
import { endAlert } from '../../alerts/end.ts'
import { alertByToken, confirmedFor } from '../../alerts/queries.ts'
import { PREFECTURES } from '../../base/japan/prefecture.ts'
import { NotFound } from '../../base/outcome.ts'
import { KINDS } from '../../base/vocabulary.ts'
import type { Config } from '../../config.ts'
import type { Env } from '../env.ts'
import { known, requireKnown } from '../filter.ts'
import { formValues, many, oneOf, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'
import { withMeant } from '../meant.ts'
import { rateLimit } from '../middleware.ts'
import { tokenIn } from '../token.ts'

const CODES = PREFECTURES.map(({ code }) => code)

const form = (c: Context<Env>, values: Values, errors = {}) =>
  page(AlertForm({ frame: c.var.frame, values, errors, days: ALERT_DAYS }))

/** The page of an alert as it is now. */
async function shown(c: Context<Env>, token: string) {
  const { ctx, frame } = c.var
  const alert = await alertByToken(ctx, token)
  if (!alert) throw new NotFound('alert')
  c.header('Cache-Control', 'no-store')
  const replaces = alert.state === 'asked' && (await confirmedFor(ctx, alert)).length > 0
  return c.html(page(AlertPage({ frame, alert: alertView(alert), token, replaces })))
}

/**
 * `/alerts` asks for letters about free places. `/alerts/:token` is the page behind the link of its letters. Reading it
 * changes nothing. A mail program ends an alert by the same button (RFC 8058), so no answer redirects.
 */
export function alertRoutes(config: Config) {
  return new Hono<Env>()
    .get('/', (c) => {
      requireKnown(c, 'prefecture', 'kind')
      const prefecture = known(CODES, c.req.query('prefecture')) ?? ''
      const kind = known(KINDS, c.req.query('kind'))
      const kinds = kind === undefined ? [...KINDS] : [kind]
      c.header('Cache-Control', 'no-store')
      return c.html(form(c, { prefecture, kinds, weekdays: [...WEEKDAYS], days: '90' }))
    })
    .post('/', rateLimit(config, 10, 600), async (c) => {
      const { ctx, deps, frame } = c.var
      const values = await formValues(c)
      c.header('Cache-Control', 'no-store')
      if (showsForm(c)) return c.html(form(c, values))
      const slip = withMeant(values)
      if (slip) return c.html(form(c, slip))
      const done = await askForAlert(ctx, {
        ...values,
        kinds: many(values, 'kinds'),
        weekdays: many(values, 'weekdays'),
        web: oneOf(values, 'web') === 'true',
        consent: oneOf(values, 'consent') === 'true',
      })
      if (!done.ok) return c.html(form(c, values, done.errors), 422)
      deps.nudge()
      return c.html(page(AlertSent({ frame, prefecture: oneOf(values, 'prefecture') })))
    })
    .get('/:token', (c) => shown(c, tokenIn(c)))
    .post('/:token/confirm', async (c) => {
      const token = tokenIn(c)
      await confirmAlert(c.var.ctx, token)
      return shown(c, token)
    })
    .post('/:token/end', async (c) => {
      const token = tokenIn(c)
      await endAlert(c.var.ctx, token)
      return shown(c, token)
    })
}
