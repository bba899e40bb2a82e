import { type Context, Hono } from 'hono'
import { LedgerPage } from '../../../templates/desk/ledger.tsx'
import { page } from '../../../templates/layout.tsx'
import { requireAccount } from '../../base/actor.ts'
import { type Faults, searchable } from '../../base/input.ts'
import { addDays, civilDate } from '../../base/japan/civil.ts'
import { daysOf, PERIODS, type Period } from '../../base/japan/period.ts'
import { readDate } from '../../base/japan/read-date.ts'
import { refused } from '../../base/outcome.ts'
import { CHANNELS, FORMATS, LISTED_STATUSES } from '../../base/vocabulary.ts'
import { LEDGER_PAGE, type LedgerFilter, ledger } from '../../booking/ledger.ts'
import { ownTicked } from '../../booking/ticked/queries.ts'
import { dropView } from '../../people/drop-view.ts'
import { keepView } from '../../people/keep-view.ts'
import { noteReading } from '../../people/note-reading.ts'
import { ledgerViews } from '../../people/queries.ts'
import { seeOther, statusFor } from '../answer.ts'
import type { Env } from '../env.ts'
import { known, readablePrefecture, requireKnown } from '../filter.ts'
import { formValues, oneOf, pageNumber, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'
import { openSearch, sealSearch } from '../search.ts'
import { deskView } from './view.ts'

/** The value of the filter for people who need support. */
const NEEDED = ['1'] as const

const NOT_NAMED = { values: {}, errors: {} }

const SORTS = ['date', 'made', 'company'] as const

/** The filters. Their days were chosen by a period that moves with the day, one by one (`dated`), or not at all. */
type Asked = { filter: LedgerFilter; period: Period | null; dated: boolean }

/**
 * Reads the filters of the ledger. Dates may be typed in any way. Without days: the last week and the next sixty days.
 * Throws `NotFound` for unknown values, `Forbidden` for a prefecture that the actor may not read.
 */
export function filterOf(c: Context<Env>, given: (name: string) => string): Asked {
  const today = civilDate(c.var.ctx.clock.now())
  const text = searchable(given('text')).slice(0, 100) || undefined
  const dated = given('from') !== '' || given('to') !== ''
  const period = dated ? null : (known(PERIODS, given('period')) ?? null)
  // A person searched by name may come on any day, unless days were chosen.
  const [back, on] = text && !dated ? [366, 366] : [7, 60]
  const usual = { from: addDays(today, -back), to: addDays(today, on) }
  const days = period ? daysOf(period, today) : usual
  const day = (name: 'from' | 'to') => readDate(given(name), today) ?? days[name]
  const status = known(LISTED_STATUSES, given('status'))
  const filter = {
    from: day('from'),
    to: day('to'),
    prefecture: readablePrefecture(c, given('prefecture')),
    status: status && [status],
    channel: known(CHANNELS, given('channel')),
    format: known(FORMATS, given('format')),
    support: known(NEEDED, given('support')),
    sort: known(SORTS, given('sort')),
    text,
  }
  return { filter, period, dated }
}

/** The days that somebody gave and that are no dates. The usual days stand in for them, and the page says so. */
function unreadable(c: Context<Env>, given: (name: string) => string): ('from' | 'to')[] {
  const today = civilDate(c.var.ctx.clock.now())
  return (['from', 'to'] as const).filter((name) => given(name) !== '' && readDate(given(name), today) === null)
}

/**
 * The filters as an address, without the search text, which is personal data. A period stays one, and moves with the
 * day.
 */
function queryOf({ filter, period, dated }: Asked, s?: string): string {
  const { prefecture, status, channel, format, support, sort } = filter
  const { from, to } = dated ? filter : { from: undefined, to: undefined }
  const given = { period, from, to, prefecture, status: status?.[0], channel, format, support, sort, s }
  return new URLSearchParams(
    Object.entries(given).filter((pair): pair is [string, string] => Boolean(pair[1])),
  ).toString()
}

/**
 * What the form means by its days. Its date fields always have the days of the page. Days that were changed are meant;
 * else the period that was chosen is, and `days` means those of the page.
 */
function daysMeant(given: (name: string) => string): (name: string) => string {
  const [days, period] = [given('shown_days'), given('period')]
  const changed = days === '' || days !== `${given('from')} ${given('to')}`
  if (changed || period === 'days') return (name) => (name === 'period' ? '' : given(name))
  return (name) => (name === 'from' || name === 'to' ? '' : given(name))
}

/** `naming`: the form that keeps the filters, as it was refused. */
type Told = { expired: boolean; unread: boolean; naming?: { values: Values; errors: Faults } }

async function shown(c: Context<Env>, asked: Asked, nth: number, { naming = NOT_NAMED, ...told }: Told) {
  const { ctx } = c.var
  const { filter, period, dated } = asked
  await noteReading(ctx, 'reading.ledger', requireAccount(ctx.actor))
  const { lines, total } = await ledger(ctx, filter, nth)
  const pages = Math.max(1, Math.ceil(total / LEDGER_PAGE))
  const views = await ledgerViews(ctx)
  const query = queryOf(asked)
  const sealed = filter.text && (await sealSearch(ctx, filter.text))
  const paging = queryOf(asked, sealed)
  const days = { period, dated }
  const found = { lines, total, at: nth, pages, views, ticked: await ownTicked(ctx) }
  const view = { ...deskView(c), filter, ...days, query, paging, sealed, ...told, ...found, naming }
  return c.html(page(LedgerPage(view)), statusFor({ errors: naming.errors }))
}

/** `/desk/bookings`: the ledger and its saved filters. */
export const ledgerRoutes = new Hono<Env>()
  .get('/', async (c) => {
    const { ctx } = c.var
    requireKnown(c, 'period', 'from', 'to', 'prefecture', 'status', 'channel', 'format', 'support', 'sort', 's', 'page')
    const sealed = c.req.query('s') ?? ''
    const text = (await openSearch(ctx, sealed)) ?? ''
    const given = (name: string) => (name === 'text' ? text : (c.req.query(name) ?? ''))
    const told = { expired: sealed !== '' && text === '', unread: unreadable(c, given).length > 0 }
    return shown(c, filterOf(c, given), pageNumber(given('page')), told)
  })
  // Search text is personal data. An address carries it encrypted.
  .post('/', async (c) => {
    const { ctx } = c.var
    const values = await formValues(c)
    const given = daysMeant((name) => oneOf(values, name))
    const asked = filterOf(c, given)
    const sealed = asked.filter.text && (await sealSearch(ctx, asked.filter.text))
    // What was typed as a date may be anything, so the address has only a mark for it.
    for (const name of unreadable(c, given)) asked.filter[name] = '?'
    return seeOther(c, `/desk/bookings?${queryOf(asked, sealed)}`)
  })
  .post('/views', async (c) => {
    const values = await formValues(c)
    const typed = oneOf(values, 'query')
    // A longer query is not one of this page's, and a header must not grow with it.
    const query = typed.length > 500 ? '' : typed.replaceAll(/[^\w=&%.,-]/g, '')
    const done = showsForm(c) ? refused('invalid', { errors: {} }) : await keepView(c.var.ctx, values)
    if (done.ok) return seeOther(c, `/desk/bookings?${query}`)
    const filters = new URLSearchParams(query)
    const asked = filterOf(c, (name) => filters.get(name) ?? '')
    return shown(c, asked, 1, { expired: false, unread: false, naming: { values, errors: done.errors } })
  })
  .post('/views/:id/drop', async (c) => {
    await dropView(c.var.ctx, c.req.param('id'))
    return seeOther(c, '/desk/bookings')
  })
