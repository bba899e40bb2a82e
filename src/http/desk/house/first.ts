import { type Context, Hono } from 'hono'
import { FirstPage } from '../../../../templates/desk/house/first.tsx'
import { page } from '../../../../templates/layout.tsx'
import type { Faults } from '../../../base/input.ts'
import type { Config } from '../../../config.ts'
import { addFirstAccount } from '../../../people/first/add-first-account.ts'
import { isFirstLink } from '../../../people/first/first-link.ts'
import { seeOther } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { formValues, type Values } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { withMeant } from '../../meant.ts'
import { rateLimit } from '../../middleware.ts'
import { tokenIn } from '../../token.ts'
import { keepPass, remember } from '../pass.ts'

function form(c: Context<Env>, token: string, values: Values, errors: Faults = {}) {
  const status = Object.keys(errors).length > 0 ? 422 : 200
  return c.html(page(FirstPage({ frame: c.var.frame, token, over: false, values, errors })), status)
}

function over(c: Context<Env>, token: string) {
  return c.html(page(FirstPage({ frame: c.var.frame, token, over: true, values: {}, errors: {} })), 409)
}

/**
 * `/desk/first/:token`: makes the first account, by the link that the first start prints. Opening the link changes nothing.
 */
export function firstRoutes(config: Config) {
  return new Hono<Env>()
    .use(rateLimit(config, 20, 600))
    .get('/:token', async (c) => {
      const token = tokenIn(c)
      return (await isFirstLink(c.var.ctx, token)) ? form(c, token, {}) : over(c, token)
    })
    .post('/:token', async (c) => {
      const values = await formValues(c)
      const token = tokenIn(c)
      if (!(await isFirstLink(c.var.ctx, token))) return over(c, token)
      const slip = withMeant(values)
      if (showsForm(c) || slip) return form(c, token, slip ?? values)
      const done = await addFirstAccount(c.var.ctx, token, values, c.req.header('user-agent') ?? '')
      if (!done.ok) return done.why === 'invalid' ? form(c, token, values, done.errors) : over(c, token)
      keepPass(c, done.token)
      remember(c, done.memory)
      return seeOther(c, '/desk')
    })
}
