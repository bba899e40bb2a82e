import { Hono } from 'hono'
import { page } from '../../../templates/layout.tsx'
import { EmbedPage } from '../../../templates/public/embed.tsx'
import { civilDate } from '../../base/japan/civil.ts'
import { sessions } from '../../schedule/queries.ts'
import type { PageCache } from '../cache.ts'
import type { Env } from '../env.ts'
import { feedFilter } from '../filter.ts'

/** The sessions of a frame at most. */
const MOST = 10

/** For so long a shared cache may keep a frame without asking, in seconds. */
const FRESH = 60

/** `/embed`: the coming sessions, to be shown on pages of other sites. Its language is that of its address. */
export function embedRoutes(cached: PageCache) {
  return new Hono<Env>().get('/embed', (c) => {
    const filter = feedFilter(c)
    return cached(c, filter, async () => {
      const { ctx, frame } = c.var
      const from = civilDate(ctx.clock.now())
      const found = await sessions(ctx, { ...filter, from, to: '9999-12-31' }, { limit: MOST })
      const body = page(EmbedPage({ frame, filter, sessions: found.sessions, more: found.next !== null }))
      const headers = { 'Cache-Control': `public, max-age=${FRESH}`, Vary: 'Accept-Encoding' }
      return { body, type: 'text/html; charset=utf-8', headers }
    })
  })
}
