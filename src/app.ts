import { Hono } from 'hono'
import { NotFound } from './base/outcome.ts'
import { apiDoors } from './http/api/index.ts'
import { assetDoors } from './http/assets.ts'
import { counted, pageCache } from './http/cache.ts'
import { deskDoors } from './http/desk/index.ts'
import type { Deps, Env } from './http/env.ts'
import { answerFault } from './http/errors.ts'
import { feedDoors } from './http/feeds.ts'
import { healthDoors } from './http/health.ts'
import { measuring, metricsDoors } from './http/metrics.ts'
import { escapeFilename, headers, rateLimit, sameSite, smallBody } from './http/middleware.ts'
import { open } from './http/open.ts'
import { aboutDoors } from './http/public/about.ts'
import { bookDoors } from './http/public/book.ts'
import { calendarDoors } from './http/public/calendar.ts'
import { lookupDoors } from './http/public/lookup.ts'
import { manageDoors } from './http/public/manage.ts'
import { moveDoors } from './http/public/move.ts'
import { sessionDoors } from './http/public/session.ts'
import { surveyDoors } from './http/public/survey.ts'
import { tellDoors } from './http/public/tell.ts'

/** All routes, on one page. */
export function createApp(deps: Deps): Hono<Env> {
  const store = counted(deps.store)
  const { config } = deps
  const cached = pageCache(deps.cache, store.commits)
  const app = new Hono<Env>()
  app.use(headers(config), open({ ...deps, store }), measuring, escapeFilename)
  app.onError(answerFault)
  app.notFound((c) => answerFault(new NotFound('page'), c))

  app.route('/', healthDoors)
  app.route('/', metricsDoors)
  app.route('/assets', assetDoors)

  app.use(smallBody)
  app.use(rateLimit(config, 120, 60))
  app.route('/api', apiDoors(config, cached))

  app.use(sameSite(config))
  app.route('/', feedDoors(cached))
  app.route('/', calendarDoors(cached))
  app.route('/sessions', sessionDoors(cached))
  app.route('/sessions', bookDoors)
  app.route('/b', manageDoors)
  app.route('/b', moveDoors)
  app.route('/b', surveyDoors)
  app.route('/lookup', lookupDoors(config))
  app.route('/', tellDoors(config))
  app.route('/', aboutDoors(cached))
  app.route('/desk', deskDoors(config))
  return app
}
