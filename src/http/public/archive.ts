import { Hono } from 'hono'
import { page } from '../../../templates/layout.tsx'
import { ArchivePage } from '../../../templates/public/outline.tsx'
import { archive } from '../../planning/outlines/queries.ts'
import type { PageCache } from '../cache.ts'
import type { Env } from '../env.ts'
import { requireKnown } from '../filter.ts'
import { pageNumber } from '../forms.ts'

/** `/archive`: the materials of sessions that are over, the newest first. */
export function archiveRoutes(cached: PageCache) {
  return new Hono<Env>().get('/', (c) => {
    requireKnown(c, 'page')
    const number = pageNumber(c.req.query('page') ?? '')
    return cached(c, { page: number === 1 ? undefined : number }, async () => {
      const { ctx, frame } = c.var
      const { found, more } = await archive(ctx, number)
      return { body: page(ArchivePage({ frame, found, page: number, more })), type: 'text/html; charset=utf-8' }
    })
  })
}
