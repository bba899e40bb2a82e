import { Hono } from 'hono'
import { page } from '../../../templates/layout.tsx'
import { ApiDocs } from '../../../templates/public/api-docs.tsx'
import type { Config } from '../../config.ts'
import type { PageCache } from '../cache.ts'
import type { Env } from '../env.ts'
import { rateLimit } from '../middleware.ts'
import { bookingRoutes } from './bookings.ts'
import { openApi } from './openapi.ts'
import { partnerKey } from './partner.ts'
import { requestRoutes } from './requests.ts'
import { sessionRoutes } from './sessions.ts'

/** All routes under `/api`. */
export function apiRoutes(config: Config, cached: PageCache) {
  return new Hono<Env>()
    .get('/openapi.json', (c) => c.json(openApi(config.publicUrl)))
    .get('/docs', (c) => c.html(page(ApiDocs({ frame: c.var.frame }))))
    .use('/v1/bookings', rateLimit(config, 60, 60))
    .use('/v1/*', partnerKey(config))
    .use('/v1/requests', rateLimit(config, 60, 60))
    .route('/v1/sessions', sessionRoutes(cached))
    .route('/v1/bookings', bookingRoutes)
    .route('/v1/requests', requestRoutes)
}
