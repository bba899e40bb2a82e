import { type Context, Hono } from 'hono'
import { KeysPage, NewKeyPage, RevokeKeyPage } from '../../../../templates/desk/partners/keys.tsx'
import { page } from '../../../../templates/layout.tsx'
import { requireDesk } from '../../../base/actor.ts'
import type { Faults } from '../../../base/input.ts'
import { makeKey } from '../../../partners/make-key.ts'
import { apiKeys, keptKey } from '../../../partners/queries.ts'
import { revokeKey } from '../../../partners/revoke-key.ts'
import { keptDesks } from '../../../planning/desks/kept.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { formValues, type Values } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { deskView } from '../view.ts'

async function list(c: Context<Env>, made: string | null = null) {
  const { ctx } = c.var
  const keys = await apiKeys(ctx)
  const { none } = await keptDesks(ctx)
  return c.html(page(KeysPage({ ...deskView(c), keys, none, made, done: c.req.query('done') })))
}

async function form(c: Context<Env>, values: Values, errors: Faults = {}) {
  requireDesk(c.var.ctx.actor)
  const view = { ...deskView(c), ...(await keptDesks(c.var.ctx)), values, errors }
  return c.html(page(NewKeyPage(view)), statusFor({ refusal: null, errors }))
}

/** `/desk/keys`: the keys by which the systems of partners read and book. For desks and the secretariat. */
export const keyRoutes = new Hono<Env>()
  .get('/', (c) => list(c))
  .get('/new', (c) => form(c, { scope: 'read' }))
  .post('/new', async (c) => {
    requireDesk(c.var.ctx.actor)
    const values = await formValues(c)
    if (showsForm(c)) return form(c, values)
    const done = await makeKey(c.var.ctx, values)
    return done.ok ? list(c, done.key) : form(c, values, done.errors)
  })
  .get('/:id/revoke', async (c) => {
    const apiKey = await keptKey(c.var.ctx, c.req.param('id'))
    return c.html(page(RevokeKeyPage({ ...deskView(c), apiKey })))
  })
  .post('/:id/revoke', async (c) => {
    await revokeKey(c.var.ctx, c.req.param('id'))
    return seeOther(c, '/desk/keys?done=revoked')
  })
