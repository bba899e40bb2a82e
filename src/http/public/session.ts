import { Hono } from 'hono'
import { page } from '../../../templates/layout.tsx'
import { SessionPage } from '../../../templates/public/session.tsx'
import { NotFound } from '../../base/outcome.ts'
import { isOpen } from '../../base/seating.ts'
import { sessionData } from '../../calendar/json-ld.ts'
import { earlierStarts } from '../../changes/queries.ts'
import { outlineFor } from '../../planning/outlines/queries.ts'
import { nearestOpen, publicSessionById } from '../../schedule/queries.ts'
import type { PageCache } from '../cache.ts'
import type { Env } from '../env.ts'
import { requireKnown } from '../filter.ts'

/** `/sessions/:id`. */
export function sessionRoutes(cached: PageCache) {
  return new Hono<Env>().get('/:id', (c) => {
    requireKnown(c)
    return cached(c, {}, async () => {
      const { ctx, frame } = c.var
      const session = await publicSessionById(ctx, c.req.param('id'))
      if (!session) throw new NotFound('session')
      const nearest = isOpen(session) ? [] : await nearestOpen(ctx, session)
      const data = sessionData(ctx, session, await earlierStarts(ctx, session))
      const outline = await outlineFor(ctx, session.id)
      return { body: page(SessionPage({ frame, session, nearest, outline, data })), type: 'text/html; charset=utf-8' }
    })
  })
}
