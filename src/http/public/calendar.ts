import { Hono } from 'hono'
import { page } from '../../../templates/layout.tsx'
import { Calendar } from '../../../templates/public/calendar/page.tsx'
import { Home } from '../../../templates/public/home.tsx'
import { isClean } from '../../base/input.ts'
import {
  addDays,
  type CivilDate,
  civilDate,
  isCivilDate,
  isMonth,
  monthGrid,
  monthOf,
  weekOf,
} from '../../base/japan/civil.ts'
import { NotFound } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { closureOn } from '../../schedule/closure.ts'
import { closures } from '../../schedule/closure-queries.ts'
import { nearestTo, openAhead, prefecturesAhead, type SessionFilter, sessions } from '../../schedule/queries.ts'
import type { Localized } from '../../schedule/session.ts'
import { monthsAround, pagesAround, scheduleSpan } from '../../schedule/span.ts'
import type { PageCache } from '../cache.ts'
import type { Env } from '../env.ts'
import { type CalendarFilter, calendarFilter, cursorIn, known, requireKnown } from '../filter.ts'

const HTML = 'text/html; charset=utf-8'
/** The most sessions of one month nationwide. */
const MOST_LISTED = 2000
/** How many sessions a page of the list of coming ones has. */
const PAGE = 100
/** Characters of a search at most. */
const MOST_WORDS = 80

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

/** The filter of a page: that of the calendar, a series, and words. */
type PageFilter = CalendarFilter & { series: string | undefined; q: string | undefined }

/** The filter of a page as a filter of sessions. */
function narrowed({ status, q, ...filter }: PageFilter): SessionFilter {
  return { ...filter, words: q, status: status === 'open' ? ['open', 'few'] : status ? [status] : undefined }
}

/** The id of a series, undefined if it is empty. Throws `NotFound` for what can be none. */
function seriesIn(given = ''): string | undefined {
  if (given === '' || /^[\w-]{1,64}$/.test(given)) return given || undefined
  throw new NotFound('page')
}

/** The words of a search, undefined if there are none. Throws `NotFound` for more than anybody types. */
function wordsIn(given = ''): string | undefined {
  const words = given.replace(/\s+/g, ' ').trim()
  if (words.length > MOST_WORDS || !isClean(words)) throw new NotFound('page')
  return words || undefined
}

/** The month of a page, undefined if it is empty. Throws `NotFound` for what is none, or is out of range. */
function monthIn(given = ''): string | undefined {
  if (given === '') return undefined
  if (isMonth(given) && given >= '2000-02' && given < '2100-01') return given
  throw new NotFound('page')
}

/**
 * The Sunday of the week of a page, undefined if it is empty. Throws `NotFound` for what is no day, is out of range, or
 * does not belong to the view.
 */
function weekIn(view: string, given = ''): CivilDate | undefined {
  if (given === '') return undefined
  if (view === 'week' && isCivilDate(given) && given >= '2000-02-01' && given < '2100-01-01') return weekOf(given)[0]
  throw new NotFound('page')
}

/**
 * The sessions of a grid and those without a date. The nearest to book if none of its own days is ahead; `isNow` says
 * whether today is one of them.
 */
async function gridOf(
  ctx: Ctx,
  filter: SessionFilter,
  today: CivilDate,
  { weeks, isOwn, isNow }: { weeks: CivilDate[][]; isOwn: (date: CivilDate) => boolean; isNow: boolean },
) {
  const days = weeks.flat()
  const { sessions: found } = await sessions(ctx, { ...filter, from: days[0], to: days.at(-1) }, { limit: MOST_LISTED })
  const undated = await sessions(ctx, { ...filter, from: today }, { limit: MOST_LISTED, after: '9999' })
  const here = found.flatMap(({ date }) => (date !== null && isOwn(date) ? date : []))
  const over = here.every((date) => date < today) && (here.length === 0 || isNow)
  return {
    weeks,
    sessions: found,
    undated: undated.sessions,
    nearest: over ? await nearestTo(ctx, filter) : [],
    closures: await closureNames(ctx, days),
  }
}

/** The grid of a month, with the days beside it. */
const monthly = (ctx: Ctx, filter: SessionFilter, today: CivilDate, month: string) =>
  gridOf(ctx, filter, today, {
    weeks: monthGrid(month),
    isOwn: (date) => monthOf(date) === month,
    isNow: month === monthOf(today),
  })

/** The grid of a week. */
function weekly(ctx: Ctx, filter: SessionFilter, today: CivilDate, week: CivilDate[]) {
  return gridOf(ctx, filter, today, { weeks: [week], isOwn: () => true, isNow: week.includes(today) })
}

/** The sessions on the web of other prefectures that a page of one shows. */
const MOST_WEB = 3

/** What one may book from a prefecture: its next free session, and the next on the web of others. They fit the filter. */
async function bookableFrom(ctx: Ctx, { prefecture, kind, format, series, words }: SessionFilter) {
  const isPlain = kind === undefined && format === undefined
  if (!prefecture || series || words || (format && format !== 'online')) return { next: null, web: [] }
  const { first, web } = await openAhead(ctx)
  const others = web.filter((one) => one.prefecture !== prefecture && (!kind || one.kind === kind))
  return { next: isPlain ? (first.get(prefecture) ?? null) : null, web: others.slice(0, MOST_WEB) }
}

/** One page of the sessions from today on, undated last, and the nearest to book if there are none. */
async function aheadOf(ctx: Ctx, filter: SessionFilter, today: CivilDate, after: string | undefined) {
  const found = await sessions(ctx, { ...filter, from: today }, { limit: PAGE, after: after ?? null })
  const [dated, undated] = [true, false].map((is) => found.sessions.filter(({ date }) => (date !== null) === is))
  const nearest = dated?.length === 0 && after === undefined ? await nearestTo(ctx, filter) : []
  return {
    weeks: [],
    sessions: dated ?? [],
    undated: undated ?? [],
    nearest,
    bookable: after === undefined && nearest.length === 0 ? await bookableFrom(ctx, filter) : null,
    next: found.next,
    closures: new Map(),
  }
}

/** `/` and `/calendar`. */
export function calendarRoutes(cached: PageCache) {
  return new Hono<Env>()
    .get('/', (c) => {
      requireKnown(c)
      return cached(c, {}, async () => {
        const { ctx, frame } = c.var
        const today = civilDate(ctx.clock.now())
        const { sessions: ahead } = await sessions(ctx, { from: today, to: addDays(today, 60) }, { limit: 8 })
        const { first, web } = await openAhead(ctx)
        const next = new Map([...first].map(([code, session]) => [code, session.date ?? today]))
        const view = { sessions: ahead, ahead: await prefecturesAhead(ctx), next, web: web[0]?.date ?? null }
        const body = page(Home({ frame, ...view }))
        return { body, type: HTML }
      })
    })
    .get('/calendar', (c) => {
      const today = civilDate(c.var.ctx.clock.now())
      const asked = monthIn(c.req.query('month'))
      const view = known(['list', 'month', 'week'], c.req.query('view')) ?? 'month'
      const askedWeek = weekIn(view, c.req.query('week'))
      if (view === 'week' && asked !== undefined) throw new NotFound('page')
      const filter = {
        ...calendarFilter(c, 'month', 'week', 'view', 'after', 'series', 'q'),
        series: seriesIn(c.req.query('series')),
        q: wordsIn(c.req.query('q')),
      }
      // Old letters link here with a prefecture alone; this month may be over.
      const isAhead = view !== 'week' && asked === undefined && (view === 'list' || Object.values(filter).some(Boolean))
      const after = isAhead ? cursorIn(c.req.query('after')) : undefined
      const shown = isAhead ? 'list' : view === 'month' ? undefined : view
      return cached(c, { view: shown, month: asked, week: askedWeek, ...filter, after }, async () => {
        const { ctx, frame } = c.var
        const week = view === 'week' ? weekOf(askedWeek ?? today) : null
        // The month of the middle of a week is that of most of its days.
        const month = asked ?? monthOf(week?.[3] ?? today)
        const found = isAhead
          ? await aheadOf(ctx, narrowed(filter), today, after)
          : week
            ? await weekly(ctx, narrowed(filter), today, week)
            : await monthly(ctx, narrowed(filter), today, month)
        const span = await scheduleSpan(ctx, today)
        const months = monthsAround(span, month)
        const weeksAround = pagesAround(span, week?.[0] ?? today, 7)
        const how = isAhead ? ('ahead' as const) : view
        const body = page(Calendar({ frame, view: how, month, today, months, weeksAround, filter, after, ...found }))
        return { body, type: HTML }
      })
    })
}
