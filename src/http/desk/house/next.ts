import { createMiddleware } from 'hono/factory'
import { nextStep } from '../../../base/vocabulary.ts'
import { readSetup } from '../../../house/queries.ts'
import type { Env } from '../../env.ts'

/**
 * Leads on from a page that says what was done (`?done=`), while the house is being set up. For the secretariat; others
 * see no step. Needs `staffOnly` before it.
 */
export const leadOn = createMiddleware<Env>(async (c, next) => {
  const { ctx, frame, pass } = c.var
  const isDone = c.req.query('done') !== undefined && !c.req.path.startsWith('/desk/setup')
  if (isDone && c.req.method === 'GET' && pass.account.role === 'secretariat') {
    c.set('frame', { ...frame, next: nextStep(await readSetup(ctx)) })
  }
  await next()
})
