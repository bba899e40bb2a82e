import { Hono } from 'hono'
import { sharing } from './base/recall.ts'
import { atMost, type InTurn } from './base/turn.ts'
import { apiRoutes } from './http/api/index.ts'
import { assetRoutes } from './http/assets.ts'
import { pageCache } from './http/cache.ts'
import { deskRoutes } from './http/desk/index.ts'
import type { Deps, Env } from './http/env.ts'
import { answerFault } from './http/errors.ts'
import { feedRoutes } from './http/feeds.ts'
import { healthRoutes } from './http/health.ts'
import { housed, withHouse } from './http/house.ts'
import { unrouted } from './http/methods.ts'
import { measuring, metricsRoutes } from './http/metrics.ts'
import { headers, rateLimit, readLimit, refuseNul, sameSite, smallBody } from './http/middleware.ts'
import { open } from './http/open.ts'
import { packing } from './http/packed.ts'
import { aboutRoutes } from './http/public/about.ts'
import { alertRoutes } from './http/public/alerts.ts'
import { archiveRoutes } from './http/public/archive.ts'
import { bookRoutes } from './http/public/book.ts'
import { calendarRoutes } from './http/public/calendar.ts'
import { consultRoutes } from './http/public/consult.ts'
import { embedRoutes } from './http/public/embed.ts'
import { lookupRoutes } from './http/public/lookup.ts'
import { manageRoutes } from './http/public/manage.ts'
import { moveRoutes } from './http/public/move.ts'
import { newsRoutes } from './http/public/news.ts'
import { openDataRoutes } from './http/public/open-data.ts'
import { prefectureRoutes } from './http/public/prefecture.ts'
import { requestRoutes } from './http/public/request.ts'
import { sessionRoutes } from './http/public/session.ts'
import { shortRoutes } from './http/public/short.ts'
import { surveyRoutes } from './http/public/survey.ts'
import { tellRoutes } from './http/public/tell.ts'

/** All routes, on one page. */
export function createApp(deps: Deps): Hono<Env> {
  const { config } = deps
  const pack = packing(deps.compress)
  const cached = pageCache(deps.cache, deps.cacheBytes, pack)
  const recall = deps.cache === true ? sharing() : undefined
  // In a Worker no request may wait for another one.
  const inTurn: InTurn = deps.cache === true ? atMost(2) : (run) => run()
  const app = new Hono<Env>()
  const { wrongMethod, answer } = unrouted(app)
  app.use(headers(config), open(deps, recall), measuring, refuseNul, wrongMethod)
  app.onError(answerFault)
  app.notFound(async (c) => {
    try {
      return answer(c)
    } catch (error) {
      return answerFault(error, c)
    }
  })

  app.route('/', healthRoutes)
  app.route('/', metricsRoutes)
  app.route('/assets', assetRoutes(pack))

  app.use(smallBody)
  app.use(rateLimit(config, 120, 60), readLimit(config, 600, 20))
  app.route('/api', apiRoutes(config, cached))

  app.use(sameSite(config))
  const pages = housed(cached)
  app.route('/', feedRoutes(pages, inTurn))
  app.route('/', newsRoutes(pages))
  app.route('/', embedRoutes(pages))
  app.route('/', openDataRoutes(pages, inTurn))
  app.route('/', calendarRoutes(pages))
  app.route('/', aboutRoutes(pages))
  app.route('/sessions', sessionRoutes(pages))
  app.route('/archive', archiveRoutes(pages))

  app.route('/s', shortRoutes)

  app.use(withHouse)
  app.route('/sessions', bookRoutes)
  app.route('/b', manageRoutes)
  app.route('/b', moveRoutes)
  app.route('/b', surveyRoutes)
  app.route('/consult', consultRoutes(config))
  app.route('/c', requestRoutes)
  app.route('/lookup', lookupRoutes(config))
  app.route('/prefecture', prefectureRoutes)
  app.route('/', tellRoutes(config))
  app.route('/alerts', alertRoutes(config))
  app.route('/desk', deskRoutes(config))
  return app
}
