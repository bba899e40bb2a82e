import { type Context, Hono } from 'hono'
import { LedgerPage } from '../../../templates/desk/ledger.tsx'
import { page } from '../../../templates/layout.tsx'
import { requireAccount } from '../../base/actor.ts'
import { searchable } from '../../base/input.ts'
import { addDays, civilDate } from '../../base/japan/civil.ts'
import { isPrefectureCode } from '../../base/japan/prefecture.ts'
import { readDate } from '../../base/japan/read-date.ts'
import { BOOKING_STATUSES, CHANNELS, FORMATS } from '../../base/vocabulary.ts'
import { LEDGER_PAGE, type LedgerFilter, ledger } from '../../booking/ledger.ts'
import { dropView } from '../../people/drop-view.ts'
import { keepView } from '../../people/keep-view.ts'
import { noteReading } from '../../people/note-reading.ts'
import { ledgerViews } from '../../people/queries.ts'
import { seeOther } from '../answer.ts'
import type { Env } from '../env.ts'
import { requireKnown } from '../filter.ts'
import { formValues, oneOf, pageNumber } from '../forms.ts'
import { openSearch, sealSearch } from '../search.ts'
import { deskView } from './view.ts'

const SORTS = ['date', 'made', 'company'] as const

/** Reads the filters of the ledger and ignores unknown ones. Dates may be typed in any way. Without days: the last week and the next sixty days. */
function filterOf(given: (name: string) => string, today: string): LedgerFilter {
  const text = searchable(given('text')).slice(0, 100) || undefined
  // A person searched by name may come on any day, unless days were chosen.
  const days = (back: number, on: number) => ({ from: addDays(today, -back), to: addDays(today, on) })
  const [plain, wide] = [days(7, 60), days(366, 366)]
  const untouched = given('from') === plain.from && given('to') === plain.to
  const otherwise = text ? wide : plain
  const day = (name: 'from' | 'to') => (text && untouched ? null : readDate(given(name), today)) ?? otherwise[name]
  const status = BOOKING_STATUSES.find((one) => one === given('status'))
  return {
    from: day('from'),
    to: day('to'),
    prefecture: isPrefectureCode(given('prefecture')) ? given('prefecture') : undefined,
    status: status && [status],
    channel: CHANNELS.find((one) => one === given('channel')),
    format: FORMATS.find((one) => one === given('format')),
    sort: SORTS.find((one) => one === given('sort')),
    text,
  }
}

/** The filters as an address, without the search text, which is personal data. */
function queryOf({ from, to, prefecture, status, channel, format, sort }: LedgerFilter, s?: string): string {
  const given = { from, to, prefecture, status: status?.[0], channel, format, sort, s }
  return new URLSearchParams(
    Object.entries(given).filter((pair): pair is [string, string] => Boolean(pair[1])),
  ).toString()
}

async function shown(c: Context<Env>, filter: LedgerFilter, nth: number, expired: boolean) {
  const { ctx } = c.var
  await noteReading(ctx, 'reading.ledger', requireAccount(ctx.actor))
  const { lines, total } = await ledger(ctx, filter, nth)
  const pages = Math.max(1, Math.ceil(total / LEDGER_PAGE))
  const views = await ledgerViews(ctx)
  const query = queryOf(filter)
  const sealed = filter.text && (await sealSearch(ctx, filter.text))
  const paging = queryOf(filter, sealed)
  const view = { ...deskView(c), filter, query, paging, sealed, expired, lines, total, at: nth, pages, views }
  return c.html(page(LedgerPage(view)))
}

/** `/desk/bookings`: the ledger and its saved filters. */
export const ledgerRoutes = new Hono<Env>()
  .get('/', async (c) => {
    const { ctx } = c.var
    requireKnown(c, 'from', 'to', 'prefecture', 'status', 'channel', 'format', 'sort', 's', 'page')
    const sealed = c.req.query('s') ?? ''
    const text = (await openSearch(ctx, sealed)) ?? ''
    const filter = filterOf((name) => (name === 'text' ? text : (c.req.query(name) ?? '')), civilDate(ctx.clock.now()))
    return shown(c, filter, pageNumber(c.req.query('page') ?? ''), sealed !== '' && text === '')
  })
  // Search text is personal data. An address carries it encrypted.
  .post('/', async (c) => {
    const { ctx } = c.var
    const values = await formValues(c)
    const filter = filterOf((name) => oneOf(values, name), civilDate(ctx.clock.now()))
    const sealed = filter.text && (await sealSearch(ctx, filter.text))
    return seeOther(c, `/desk/bookings?${queryOf(filter, sealed)}`)
  })
  .post('/views', async (c) => {
    const values = await formValues(c)
    await keepView(c.var.ctx, values)
    const query = oneOf(values, 'query')
    // A longer query is not one of this page's, and a header must not grow with it.
    return seeOther(c, `/desk/bookings?${query.length > 500 ? '' : query.replaceAll(/[^\w=&%.,-]/g, '')}`)
  })
  .post('/views/:id/drop', async (c) => {
    await dropView(c.var.ctx, c.req.param('id'))
    return seeOther(c, '/desk/bookings')
  })
