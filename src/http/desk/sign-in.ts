import { Hono } from 'hono'
import { CodePage, LinkPage, SignInPage } from '../../../templates/desk/sign-in.tsx'
import { page } from '../../../templates/layout.tsx'
import type { Config } from '../../config.ts'
import { askToSignIn } from '../../people/ask-to-sign-in.ts'
import { signIn } from '../../people/sign-in.ts'
import { seeOther } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues, oneOf } from '../forms.ts'
import { showsForm } from '../look.ts'
import { rateLimit } from '../middleware.ts'
import { onwards } from '../proof.ts'
import { tokenIn } from '../token.ts'
import { keepPass, remember, rememberedBy } from './pass.ts'

/**
 * `/desk/sign-in`: sends a letter with a link and a code; either signs the browser in. Opening the link changes
 * nothing, a button does (docs/domain.md rule 12): mail scanners do not use the link up.
 */
export function signInRoutes(config: Config) {
  return new Hono<Env>()
    .use(rateLimit(config, 20, 600))
    .get('/', (c) => {
      const to = onwards(c.req.query('to'))
      return c.html(page(SignInPage({ frame: c.var.frame, to, values: {}, errors: {} })))
    })
    .post('/', async (c) => {
      const values = await formValues(c)
      const { ctx, deps, frame } = c.var
      const to = onwards(oneOf(values, 'to'))
      if (showsForm(c)) return c.html(page(CodePage({ frame, to, email: oneOf(values, 'email'), wrong: false })))
      const done = await askToSignIn(ctx, values)
      deps.nudge()
      if (!done.ok) return c.html(page(SignInPage({ frame, to, values, errors: done.errors })), 422)
      return c.html(page(CodePage({ frame, to, email: done.email, wrong: false })))
    })
    .post('/code', async (c) => {
      const values = await formValues(c)
      const { ctx, frame } = c.var
      const [to, email] = [onwards(oneOf(values, 'to')), oneOf(values, 'email')]
      const shown = { email, code: oneOf(values, 'code') }
      const done = showsForm(c) ? null : await signIn(ctx, shown, c.req.header('user-agent') ?? '', rememberedBy(c))
      if (!done?.ok) return c.html(page(CodePage({ frame, to, email, wrong: true })), 422)
      keepPass(c, done.token)
      remember(c, done.memory)
      return seeOther(c, to)
    })
    .get('/:token', (c) => {
      const token = tokenIn(c)
      return c.html(page(LinkPage({ frame: c.var.frame, token, over: false })))
    })
    .post('/:token', async (c) => {
      const { ctx, frame } = c.var
      const token = tokenIn(c)
      const done = showsForm(c) ? null : await signIn(ctx, { token }, c.req.header('user-agent') ?? '', rememberedBy(c))
      if (!done?.ok) return c.html(page(LinkPage({ frame, token, over: true })), 409)
      keepPass(c, done.token)
      remember(c, done.memory)
      return seeOther(c, '/desk')
    })
}
