import { Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { matchedRoutes } from 'hono/route'
import { lettersByState, oldestUnsentSeconds } from '../mail/queries.ts'
import type { Committed, Store } from '../store/store.ts'
import { Busy } from '../store/store.ts'
import type { Env, Metrics } from './env.ts'

/** A store that counts its commits by outcome. */
export function measured(store: Store, metrics: Metrics): Store {
  return {
    ...store,
    async commit(...writes): Promise<Committed> {
      try {
        const done = await store.commit(...writes)
        metrics.committed(done.ok ? 'ok' : done.broke)
        return done
      } catch (error) {
        metrics.committed(error instanceof Busy ? 'busy' : 'fault')
        throw error
      }
    },
  }
}

/** Counts each request by its route, and each refusal by its reason. A label never contains a token or a name. */
export const measuring = createMiddleware<Env>(async (c, next) => {
  const started = performance.now()
  await next()
  const { metrics } = c.get('deps')
  const seconds = (performance.now() - started) / 1000
  const route = matchedRoutes(c)
    .map((one) => one.path)
    .findLast((path) => !path.endsWith('*'))
  metrics.answered({ route: route ?? 'none', method: c.req.method, status: c.res.status, seconds })
  const why = c.get('refused')
  if (why !== undefined) metrics.refused(why)
})

/** `/metrics`: Prometheus text (exposition format 0.0.4), without personal data. Two queries on indexed rows. */
export const metricsRoutes = new Hono<Env>().get('/metrics', async (c) => {
  const { ctx, deps } = c.var
  const now = { letters: await lettersByState(ctx), oldestUnsentSeconds: (await oldestUnsentSeconds(ctx)) ?? 0 }
  const { type, body } = await deps.metrics.text(now)
  c.header('Cache-Control', 'no-store')
  return c.body(body, 200, { 'Content-Type': type })
})
