import { Hono } from 'hono'
import { atom } from '../../../templates/feeds/atom.ts'
import { feedName } from '../../../templates/feeds/name.ts'
import { newsEntry } from '../../../templates/feeds/news.ts'
import { type Listed, sitemap } from '../../../templates/feeds/sitemap.ts'
import { siteName } from '../../../templates/layout.tsx'
import { addDays, civilDate } from '../../base/japan/civil.ts'
import { lastChange, latestChanged, sessionChanges } from '../../schedule/queries.ts'
import type { PageCache } from '../cache.ts'
import { lastModified } from '../conditional.ts'
import type { Env } from '../env.ts'
import { feedFilter, requireKnown } from '../filter.ts'

/** Days for which past sessions stay in the news and in the sitemap. */
const PAST_DAYS = 60

/** The entries of the news at most. */
const NEWEST = 100

/** The public pages beside the sessions. Nobody knows when they changed last. */
const PAGES = [
  '/',
  '/calendar',
  '/desks',
  '/subscribe',
  '/archive',
  '/about/privacy',
  '/about/accessibility',
  '/open-data',
  '/api/docs',
]

/** What search engines leave alone: the console, pages of one person, and forms. */
const LEFT_ALONE = [
  '/desk/',
  '/desk$',
  '/b/',
  '/c/',
  '/tell/',
  '/alerts/',
  '/survey/',
  '/lookup',
  '/prefecture',
  '/sessions/*/book',
]

/** `/feed.xml`, `/sitemap.xml` and `/robots.txt`. */
export function newsRoutes(cached: PageCache) {
  return new Hono<Env>()
    .get('/feed.xml', (c) => {
      const filter = feedFilter(c)
      return cached(c, filter, async () => {
        const { ctx, frame } = c.var
        const { config, locale } = ctx
        const now = ctx.clock.now()
        const changed = await lastChange(ctx)
        const from = addDays(civilDate(now), -PAST_DAYS)
        const found = await latestChanged(ctx, { ...filter, from }, NEWEST)
        const query = frame.path.replace(/^[^?]*/, '')
        const body = await atom({
          id: `tag:${config.domain},2026:feed${query}`,
          locale,
          title: feedName(frame, filter),
          author: siteName(frame),
          url: `${config.publicUrl}/feed.xml${query}`,
          page: `${config.publicUrl}/calendar${query}`,
          updated: changed ?? now,
          entries: found.map((session) => newsEntry(frame, session)),
        })
        return { body, type: 'application/atom+xml; charset=utf-8', modified: lastModified(now, changed) }
      })
    })
    .get('/sitemap.xml', (c) => {
      requireKnown(c)
      return cached(c, {}, async () => {
        const { ctx } = c.var
        const { publicUrl } = ctx.config
        const pages: Listed[] = PAGES.map((path) => ({ url: publicUrl + path, changed: null }))
        for (const { id, updated_at } of await sessionChanges(ctx, addDays(civilDate(ctx.clock.now()), -PAST_DAYS))) {
          pages.push({ url: `${publicUrl}/sessions/${id}`, changed: updated_at })
        }
        return { body: await sitemap(pages), type: 'application/xml; charset=utf-8' }
      })
    })
    .get('/robots.txt', (c) => {
      const rules = LEFT_ALONE.map((path) => `Disallow: ${path}`)
      return c.text(
        ['User-agent: *', ...rules, '', `Sitemap: ${c.var.ctx.config.publicUrl}/sitemap.xml`, ''].join('\n'),
      )
    })
}
