import { Hono } from 'hono'
import { page } from '../../../templates/layout.tsx'
import { Calendar } from '../../../templates/public/calendar/page.tsx'
import { Home } from '../../../templates/public/home.tsx'
import { addDays, addMonths, civilDate, isMonth, monthGrid, monthOf } from '../../base/japan/civil.ts'
import type { Ctx } from '../../context.ts'
import { closureOn } from '../../schedule/closure.ts'
import { closures } from '../../schedule/closure-queries.ts'
import { prefecturesAhead, sessions } from '../../schedule/queries.ts'
import type { Localized } from '../../schedule/session.ts'
import type { PageCache } from '../cache.ts'
import type { Env } from '../env.ts'
import { calendarFilter } from '../filter.ts'

const HTML = 'text/html; charset=utf-8'
/** The most sessions of a list page, and of one month nationwide. */
const MOST_LISTED = 2000

/** Names of holidays and closures that apply to all, by date. */
async function closureNames(ctx: Ctx, dates: string[]): Promise<Map<string, Localized>> {
  const all = await closures(ctx, dates[0] ?? '', dates.at(-1) ?? '')
  const names = new Map<string, Localized>()
  for (const date of dates) {
    const closure = closureOn(all, date, 'all')
    if (closure) names.set(date, { ja: closure.reason_ja, en: closure.reason_en })
  }
  return names
}

/** `/` and `/calendar`. */
export function calendarRoutes(cached: PageCache) {
  return new Hono<Env>()
    .get('/', (c) =>
      cached(c, {}, async () => {
        const { ctx, frame } = c.var
        const today = civilDate(ctx.clock.now())
        const { sessions: ahead } = await sessions(ctx, { from: today, to: addDays(today, 60) }, { limit: 8 })
        const body = page(Home({ frame, sessions: ahead, ahead: await prefecturesAhead(ctx) }))
        return { body, type: HTML }
      }),
    )
    .get('/calendar', (c) => {
      const today = civilDate(c.var.ctx.clock.now())
      const given = c.req.query('month') ?? ''
      const asked = isMonth(given) && given >= '2000-02' && given < '2100-01' ? given : undefined
      const month = asked ?? monthOf(today)
      const view = c.req.query('view') === 'list' ? 'list' : 'month'
      const { status, ...filter } = calendarFilter(c, 'month', 'view')
      return cached(c, { view: view === 'list' ? view : undefined, month: asked, ...filter, status }, async () => {
        const { ctx, frame } = c.var
        const weeks = monthGrid(month)
        const days = weeks.flat()
        const statuses = status === 'open' ? (['open', 'few'] as const) : status ? [status] : undefined
        const { sessions: found } = await sessions(
          ctx,
          { ...filter, status: statuses, from: days[0], to: days.at(-1) },
          { limit: MOST_LISTED },
        )
        const undated = await sessions(
          ctx,
          { ...filter, status: statuses, from: today },
          { limit: MOST_LISTED, after: '9999' },
        )
        const body = page(
          Calendar({
            frame,
            view,
            month,
            weeks,
            today,
            months: { prev: addMonths(month, -1), next: addMonths(month, 1) },
            filter: { ...filter, status },
            sessions: found,
            undated: undated.sessions,
            closures: await closureNames(ctx, days),
          }),
        )
        return { body, type: HTML }
      })
    })
}
