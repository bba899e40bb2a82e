import { Hono } from 'hono'
import { page } from '../../../templates/layout.tsx'
import { AccessibilityPage, PrivacyPage } from '../../../templates/public/about.tsx'
import { DesksPage } from '../../../templates/public/desks.tsx'
import { SubscribePage } from '../../../templates/public/subscribe.tsx'
import { desks } from '../../people/queries.ts'
import type { PageCache } from '../cache.ts'
import type { Env } from '../env.ts'
import { calendarFilter, requireKnown } from '../filter.ts'

/** `/desks`, `/subscribe` and `/about/…`. */
export function aboutRoutes(cached: PageCache) {
  const html = (element: Parameters<typeof page>[0]) => ({ body: page(element), type: 'text/html; charset=utf-8' })
  return new Hono<Env>()
    .get('/desks', (c) => {
      requireKnown(c)
      return cached(c, {}, async () => html(DesksPage({ frame: c.var.frame, desks: await desks(c.var.ctx) })))
    })
    .get('/subscribe', (c) => {
      const { prefecture, kind, format } = calendarFilter(c)
      const filter = { prefecture, kind, format }
      return cached(c, filter, async () => {
        const { frame, ctx } = c.var
        return html(SubscribePage({ frame, publicUrl: ctx.config.publicUrl, filter }))
      })
    })
    .get('/about/privacy', (c) => cached(c, {}, async () => html(PrivacyPage({ frame: c.var.frame }))))
    .get('/about/accessibility', (c) => cached(c, {}, async () => html(AccessibilityPage({ frame: c.var.frame }))))
}
