import { Hono } from 'hono'
import { VERSION } from '../base/version.ts'
import { oldestUnsentSeconds } from '../mail/queries.ts'
import { planningWarnings } from '../planning/queries.ts'
import { pendingMigrations } from '../store/migrate.ts'
import { canWrite } from '../store/store.ts'
import type { Env } from './env.ts'

/**
 * `/healthz`: the process answers, with its version. `/readyz`: the database answers and is up to date, with the age of
 * the oldest unsent letter in seconds. `warnings` do not make it unready: the last programme ends within 90 days. Once a commit found the disk full, faulty or read-only, it is not ready until a
 * write works.
 */
export const healthRoutes = new Hono<Env>()
  .get('/healthz', (c) => c.json({ ok: true, version: VERSION }))
  .get('/readyz', async (c) => {
    const { ctx, deps } = c.var
    c.header('Cache-Control', 'no-store')
    // Without visitors nothing else would find out that writes work again.
    if (ctx.store.isUnwritable() && !(await canWrite(ctx.store))) {
      return c.json({ status: 'not ready', database: 'takes no writes' }, 503)
    }
    try {
      const pending = await pendingMigrations(ctx.store, deps.migrations)
      const age = await oldestUnsentSeconds(ctx)
      const ready = pending.length === 0
      const warnings = ready ? await planningWarnings(ctx) : []
      return c.json(
        {
          status: ready ? 'ready' : 'not ready',
          database: 'ok',
          migrations: ready ? 'current' : `pending: ${pending.map((one) => one.name).join(', ')}`,
          oldest_unsent_letter_seconds: age,
          ...(warnings.length > 0 && { warnings }),
        },
        ready ? 200 : 503,
      )
    } catch (error) {
      deps.log.error({ err: error }, 'not ready')
      return c.json({ status: 'not ready', database: 'unreachable' }, 503)
    }
  })
