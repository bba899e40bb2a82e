import { type Context, Hono } from 'hono'
import { SchedulePage } from '../../../templates/desk/schedule.tsx'
import { page } from '../../../templates/layout.tsx'
import { canManage, requireDesk, visiblePrefectures } from '../../base/actor.ts'
import { addDays, civilDate, monthGrid, monthOf, weekday } from '../../base/japan/civil.ts'
import { readDate } from '../../base/japan/read-date.ts'
import { NotFound } from '../../base/outcome.ts'
import { actsFor } from '../../schedule/acts-for.ts'
import { sessionById, sessions } from '../../schedule/queries.ts'
import type { Session } from '../../schedule/session.ts'
import { monthsAround, pagesAround, type Span, scheduleSpan } from '../../schedule/span.ts'
import { seeOther } from '../answer.ts'
import type { Env } from '../env.ts'
import { known, readablePrefecture, requireKnown } from '../filter.ts'
import { deskView } from './view.ts'

const VIEWS = ['month', 'week', 'list'] as const

/** Days of the list view. */
const LISTED = 60

/** The days of a view, and the first days of the views before and after it. */
function pageOf(view: (typeof VIEWS)[number], date: string, span: Span) {
  if (view === 'month') {
    const month = monthOf(date)
    const { prev, next } = monthsAround(span, month)
    return { weeks: monthGrid(month), prev: prev && `${prev}-01`, next: next && `${next}-01` }
  }
  const from = view === 'week' ? addDays(date, -weekday(date)) : date
  const count = view === 'week' ? 7 : LISTED
  const days = Array.from({ length: count }, (_, i) => addDays(from, i))
  return { weeks: [days], ...pagesAround(span, from, count) }
}

/** The session for which a new day is chosen. Throws `NotFound`, `Forbidden`. */
async function toMove(c: Context<Env>, id = ''): Promise<Session | null> {
  if (id === '') return null
  const session = await sessionById(c.var.ctx, id)
  if (!session) throw new NotFound('session')
  requireDesk(c.var.ctx.actor, session.prefecture)
  return session
}

/** `/desk/schedule`: the sessions of the actor's prefectures by month, by week or as a list. With `move`, each day
 * leads to the form that moves that session there. */
export const scheduleRoutes = new Hono<Env>().get('/', async (c: Context<Env>) => {
  const { ctx, pass } = c.var
  requireKnown(c, 'view', 'date', 'prefecture', 'done', 'move', 'copies')
  const { prefecture, date: typed = '' } = c.req.query()
  const today = civilDate(ctx.clock.now())
  const moving = await toMove(c, c.req.query('move'))
  if (moving !== null && !actsFor(moving).has('reschedule')) return seeOther(c, `/desk/sessions/${moving.id}`)
  const asked = known(VIEWS, c.req.query('view')) ?? 'month'
  const view = moving !== null && asked === 'list' ? 'month' : asked
  const day = readDate(typed, today)
  const date = day !== null && day > '2000-02-01' && day < '2099-01-01' ? day : today
  const { weeks, prev, next } = pageOf(view, date, await scheduleSpan(ctx, today))
  const days = weeks.flat()
  const filter = {
    prefectures: visiblePrefectures(ctx.actor),
    prefecture: readablePrefecture(c, prefecture),
  }
  const dated = await sessions(ctx, { ...filter, from: days[0], to: days.at(-1) }, { limit: 2000 })
  const undated = await sessions(ctx, { ...filter, from: today }, { limit: 50, after: '9999' })
  const mayPlan = canManage(ctx.actor, ...pass.account.prefectures)
  const movable = new Set(
    dated.sessions
      .filter((one) => canManage(ctx.actor, one.prefecture) && actsFor(one).has('reschedule'))
      .map(({ id }) => id),
  )
  const shown = { mayPlan, movable, moving, view, date, weeks, prev, next, today, prefecture: filter.prefecture }
  const found = { sessions: dated.sessions, undated: undated.sessions }
  return c.html(
    page(
      SchedulePage({ ...deskView(c), ...shown, ...found, done: c.req.query('done'), copies: c.req.query('copies') }),
    ),
  )
})
