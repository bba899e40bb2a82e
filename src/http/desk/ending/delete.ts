import { type Context, Hono } from 'hono'
import { DeletePage } from '../../../../templates/desk/ending/delete.tsx'
import { prefectureName } from '../../../../templates/kit.tsx'
import { page } from '../../../../templates/layout.tsx'
import { scheduleTexts } from '../../../../templates/text/schedule.ts'
import { dateText } from '../../../../templates/text/when.ts'
import { fingerprint } from '../../../base/fingerprint.ts'
import { deleteDesk, deletedDeskFields, previewDeskDeletion } from '../../../planning/ending/delete-desk.ts'
import { deletedSeriesFields, deleteSeries, previewSeriesDeletion } from '../../../planning/ending/delete-series.ts'
import { deletedFields, deleteSession, previewDeletion } from '../../../planning/ending/delete-session.ts'
import { deletedVenueFields, deleteVenue, previewVenueDeletion } from '../../../planning/ending/delete-venue.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { formValues } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { deskView } from '../view.ts'

type Labels = ReturnType<typeof scheduleTexts>['series']['labels']

/** The rows that a page shows of what has a name, a prefecture and a date. */
function factsOf(
  c: Context<Env>,
  row: { prefecture: string; date?: string | null },
  name: [keyof Labels, string],
): [string, string][] {
  const { locale } = c.var.frame
  const { labels } = scheduleTexts(locale).series
  return [
    ...(row.date ? [[labels.date, dateText(locale, row.date)] as [string, string]] : []),
    [labels[name[0]], name[1]],
    [labels.prefecture, prefectureName(locale, row.prefecture)],
  ]
}

const named = (c: Context<Env>, ja: string, en: string) => (c.var.frame.locale === 'ja' ? ja : en)

type Asked = Omit<Parameters<typeof DeletePage>[0], 'frame' | 'staff' | 'changed'>

async function session(c: Context<Env>): Promise<Asked> {
  const { session: row, kept } = await previewDeletion(c.var.ctx, c.req.param('id') ?? '')
  const name = named(c, row.title_ja, row.title_en)
  const facts = factsOf(c, row, ['title_ja', name])
  const path = `/desk/sessions/${row.id}`
  return { what: 'session', name, path, facts, kept, shown: await fingerprint(deletedFields(row)) }
}

async function series(c: Context<Env>): Promise<Asked> {
  const found = await previewSeriesDeletion(c.var.ctx, c.req.param('id') ?? '')
  const { series: row, sessions, kept } = found
  const name = named(c, row.title_ja, row.title_en)
  const facts = factsOf(c, row, ['title_ja', name])
  const shown = await fingerprint(deletedSeriesFields(found))
  return { what: 'series', name, path: `/desk/series/${row.id}`, facts, kept, sessions: sessions.length, shown }
}

async function venue(c: Context<Env>): Promise<Asked> {
  const { venue: row, used } = await previewVenueDeletion(c.var.ctx, c.req.param('id') ?? '')
  const name = named(c, row.name_ja, row.name_en)
  const facts = factsOf(c, row, ['venue', name])
  const shown = await fingerprint(deletedVenueFields(row))
  return { what: 'venue', name, path: `/desk/venues/${row.id}`, facts, kept: used ? 'used' : null, shown }
}

async function desk(c: Context<Env>): Promise<Asked> {
  const { desk: row, used } = await previewDeskDeletion(c.var.ctx, c.req.param('id') ?? '')
  const name = named(c, row.name_ja, row.name_en)
  const { labels } = scheduleTexts(c.var.frame.locale).series
  const shown = await fingerprint(deletedDeskFields(row))
  const path = `/desk/desks/${row.id}`
  return { what: 'desk', name, path, facts: [[labels.desk, name]], kept: used ? 'held' : null, shown }
}

/** The page that asks, or after a refusal says why. */
async function asks(c: Context<Env>, read: (c: Context<Env>) => Promise<Asked>, refusal: string | null = null) {
  if (refusal) c.set('refused', refusal)
  const view = { ...deskView(c), ...(await read(c)), changed: refusal === 'changed' }
  return c.html(page(DeletePage(view)), statusFor({ refusal }))
}

/** `/desk/sessions/:id/delete`: deletes a session that nobody ever booked, after a look. */
export const deleteSessionRoutes = new Hono<Env>()
  .get('/:id/delete', (c) => asks(c, session))
  .post('/:id/delete', async (c) => {
    const values = await formValues(c)
    if (showsForm(c)) return asks(c, session)
    const done = await deleteSession(c.var.ctx, c.req.param('id'), values)
    if (!done.ok) return asks(c, session, done.why)
    return seeOther(c, `/desk/schedule?${done.date === null ? '' : `date=${done.date}&`}done=deleted`)
  })

/** `/desk/series/:id/delete`: deletes a series that nobody ever booked, after a look. */
export const deleteSeriesRoutes = new Hono<Env>()
  .get('/:id/delete', (c) => asks(c, series))
  .post('/:id/delete', async (c) => {
    const values = await formValues(c)
    if (showsForm(c)) return asks(c, series)
    const done = await deleteSeries(c.var.ctx, c.req.param('id'), values)
    return done.ok ? seeOther(c, '/desk/series?done=deleted') : asks(c, series, done.why)
  })

/** `/desk/venues/:id/delete`: deletes a venue that no session has, after a look. */
export const deleteVenueRoutes = new Hono<Env>()
  .get('/:id/delete', (c) => asks(c, venue))
  .post('/:id/delete', async (c) => {
    const values = await formValues(c)
    if (showsForm(c)) return asks(c, venue)
    const done = await deleteVenue(c.var.ctx, c.req.param('id'), values)
    return done.ok ? seeOther(c, '/desk/venues?done=deleted') : asks(c, venue, done.why)
  })

/** `/desk/desks/:id/delete`: deletes a desk that no session ever had, after a look. */
export const deleteDeskRoutes = new Hono<Env>()
  .get('/:id/delete', (c) => asks(c, desk))
  .post('/:id/delete', async (c) => {
    const values = await formValues(c)
    if (showsForm(c)) return asks(c, desk)
    const done = await deleteDesk(c.var.ctx, c.req.param('id'), values)
    return done.ok ? seeOther(c, '/desk/desks?done=deleted') : asks(c, desk, done.why)
  })
