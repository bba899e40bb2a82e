import { type Context, Hono } from 'hono'
import { feedName } from '../../templates/feeds/name.ts'
import { addDays, civilDate, instantAt } from '../base/japan/civil.ts'
import { NotFound } from '../base/outcome.ts'
import { calendarDay } from '../base/seating.ts'
import type { InTurn } from '../base/turn.ts'
import { sessionCalendar, sessionsCalendar } from '../calendar/feed.ts'
import { lastChange, publicSessionById, sessions } from '../schedule/queries.ts'
import { ofDates } from '../store/sight.ts'
import type { PageCache } from './cache.ts'
import { lastModified } from './conditional.ts'
import type { Env } from './env.ts'
import { feedFilter } from './filter.ts'

const TYPE = 'text/calendar; charset=utf-8'
/** Days for which past sessions stay in the feed, so that a session called off does not vanish from calendars. */
const PAST_DAYS = 60

/** The public feed and the file of each session. A feed of the whole country takes 50 MB while it is made: see `inTurn`. */
export function feedRoutes(cached: PageCache, inTurn: InTurn) {
  const file = (name: string) => ({ 'Content-Disposition': `attachment; filename="${name}"` })
  return new Hono<Env>()
    .get('/calendar.ics', (c: Context<Env>) => {
      const filter = feedFilter(c, 'month', 'week', 'view')
      const make = async () => {
        const { ctx } = c.var
        const now = ctx.clock.now()
        const today = civilDate(now)
        const from = addDays(today, -PAST_DAYS)
        // Of all sessions, read before them: one that no longer fits the filter leaves its date here.
        const changed = await lastChange(ctx)
        // Without places: a booking changes nothing in it.
        const sight = ctx.sight && ofDates(ctx.sight)
        const found = await sessions({ ...ctx, sight }, { ...filter, from, to: '9999-12-31' }, { limit: 5000 })
        return {
          body: await sessionsCalendar(ctx, feedName(c.var.frame, filter), found.sessions),
          type: TYPE,
          // At midnight the days of the feed change, like an edit.
          modified: lastModified(now, instantAt(today, '00:00'), changed),
          headers: { 'Content-Disposition': 'inline; filename="calendar.ics"' },
        }
      }
      return cached(c, filter, () => inTurn(make))
    })
    .get('/sessions/:file{[^/]+\\.ics}', (c) =>
      cached(c, {}, async () => {
        const { ctx } = c.var
        const sight = ctx.sight && ofDates(ctx.sight)
        const session = await publicSessionById({ ...ctx, sight }, c.req.param('file').replace(/\.ics$/, ''))
        if (!session || calendarDay(session) === null) throw new NotFound('session')
        const body = sessionCalendar(ctx, session)
        const modified = lastModified(ctx.clock.now(), session.updated_at)
        return { body, type: TYPE, modified, headers: file(`${session.id}.ics`) }
      }),
    )
}
