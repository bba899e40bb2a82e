import { type Context, Hono } from 'hono'
import { CapsPage, LiftPage } from '../../../templates/desk/caps/page.tsx'
import { page } from '../../../templates/layout.tsx'
import { canManage } from '../../base/actor.ts'
import { type Lifted, liftCap, previewLift, restoreCap } from '../../caps/lift.ts'
import { reachedCaps } from '../../caps/queries.ts'
import { seeOther, statusFor } from '../answer.ts'
import type { Env } from '../env.ts'
import { formValues } from '../forms.ts'
import { deskView } from './view.ts'

async function list(c: Context<Env>, refusal: 'changed' | null = null) {
  const { ctx, pass } = c.var
  const mayLift = canManage(ctx.actor, ...pass.account.prefectures)
  const view = { ...deskView(c), caps: await reachedCaps(ctx), mayLift, refusal, done: c.req.query('done') }
  if (refusal) c.set('refused', refusal)
  return c.html(page(CapsPage(view)), statusFor({ refusal }))
}

function answered(c: Context<Env>, done: Lifted, said: string) {
  return done.ok ? seeOther(c, `/desk/caps?done=${said}`) : list(c, done.why)
}

/** `/desk/caps`: the caps that refused an application or withheld a letter, and allowing more. */
export const capRoutes = new Hono<Env>()
  .get('/', (c) => list(c))
  .get('/:id', async (c) => {
    const found = await previewLift(c.var.ctx, c.req.param('id'))
    return c.html(page(LiftPage({ ...deskView(c), ...found })))
  })
  .post('/:id/lift', async (c) => {
    const values = await formValues(c)
    return answered(c, await liftCap(c.var.ctx, c.req.param('id'), values), 'lifted')
  })
  .post('/:id/restore', async (c) => answered(c, await restoreCap(c.var.ctx, c.req.param('id')), 'restored'))
