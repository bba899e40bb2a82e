import { type Context, Hono } from 'hono'
import { page } from '../../../templates/layout.tsx'
import { LICENCE, OpenDataPage } from '../../../templates/public/open-data.tsx'
import { addDays, civilDate, instantAt } from '../../base/japan/civil.ts'
import type { InTurn } from '../../base/turn.ts'
import { DESK_COLUMNS, deskRow } from '../../opendata/desks.ts'
import { EVENT_COLUMNS } from '../../opendata/events.ts'
import { eventRows, lastPublicChange } from '../../opendata/queries.ts'
import { csvFile, jsonFile } from '../../opendata/table.ts'
import { desks } from '../../people/queries.ts'
import { ofDates } from '../../store/sight.ts'
import type { Made, PageCache } from '../cache.ts'
import { lastModified } from '../conditional.ts'
import type { Env } from '../env.ts'
import { feedFilter, requireKnown } from '../filter.ts'

const TYPE = { csv: 'text/csv; charset=utf-8; header=present', json: 'application/json' }
const NAMES = { events: EVENT_COLUMNS.map(({ name }) => name), desks: DESK_COLUMNS.map(({ name }) => name) }
/** Days for which past sessions stay, so that one that is called off does not vanish without its mark. */
const PAST_DAYS = 60

type As = keyof typeof TYPE

/** What a file says of itself besides: its licence, and the page that describes it. */
const headersOf = (name: string, as: As) => ({
  Link: `<${LICENCE}>; rel="license", </open-data>; rel="describedby"`,
  'Content-Disposition': `${as === 'csv' ? 'attachment' : 'inline'}; filename="${name}.${as}"`,
})

async function events(c: Context<Env>, filter: ReturnType<typeof feedFilter>, as: As): Promise<Made> {
  const { ctx } = c.var
  const now = ctx.clock.now()
  const today = civilDate(now)
  const changed = await lastPublicChange(ctx)
  // Without places: a booking changes nothing in it.
  const sight = ctx.sight && ofDates(ctx.sight)
  const rows = await eventRows({ ...ctx, sight }, { ...filter, from: addDays(today, -PAST_DAYS) })
  const body =
    as === 'csv'
      ? csvFile(
          NAMES.events,
          rows.filter(({ dated }) => dated),
        )
      : jsonFile(NAMES.events, rows)
  // At midnight the days of the file change, like an edit.
  const modified = lastModified(now, instantAt(today, '00:00'), changed)
  return { body, type: TYPE[as], modified, headers: headersOf('events', as) }
}

async function directory(c: Context<Env>, as: As): Promise<Made> {
  const { ctx } = c.var
  const changed = await lastPublicChange(ctx)
  const rows = (await desks(ctx)).map(deskRow)
  const body = as === 'csv' ? csvFile(NAMES.desks, rows) : jsonFile(NAMES.desks, rows)
  return { body, type: TYPE[as], modified: lastModified(ctx.clock.now(), changed), headers: headersOf('desks', as) }
}

/** `/open-data` and its files. */
export function openDataRoutes(cached: PageCache, inTurn: InTurn) {
  return new Hono<Env>()
    .get('/open-data', (c) => {
      requireKnown(c)
      return cached(c, {}, async () => ({
        body: page(OpenDataPage({ frame: c.var.frame, events: EVENT_COLUMNS, desks: DESK_COLUMNS })),
        type: 'text/html; charset=utf-8',
      }))
    })
    .get('/open-data/:file{events\\.csv|events\\.json}', (c: Context<Env>) => {
      const as = c.req.path.endsWith('.csv') ? 'csv' : 'json'
      const filter = feedFilter(c)
      return cached(c, filter, () => inTurn(() => events(c, filter, as)))
    })
    .get('/open-data/:file{desks\\.csv|desks\\.json}', (c: Context<Env>) => {
      requireKnown(c)
      return cached(c, {}, () => directory(c, c.req.path.endsWith('.csv') ? 'csv' : 'json'))
    })
}
