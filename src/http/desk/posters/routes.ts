import { type Context, Hono } from 'hono'
import { PosterPage } from '../../../../templates/desk/poster/page.tsx'
import { page } from '../../../../templates/layout.tsx'
import { requireDesk } from '../../../base/actor.ts'
import { civilDate } from '../../../base/japan/civil.ts'
import { NotFound } from '../../../base/outcome.ts'
import { type Desk, deskOf } from '../../../people/desk.ts'
import { requireKeeper } from '../../../planning/desks/input.ts'
import { seriesById } from '../../../planning/queries.ts'
import { makeShort } from '../../../planning/short/make-short.ts'
import { type ShortOwner, shortOf } from '../../../planning/short/short.ts'
import { deskById } from '../../../schedule/place-queries.ts'
import { type SessionFilter, sessions } from '../../../schedule/queries.ts'
import type { Localized } from '../../../schedule/session.ts'
import { seeOther } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { requireKnown } from '../../filter.ts'
import { qrImage } from '../../qr.ts'
import { deskView } from '../view.ts'

/** How many sessions ahead a poster names. */
const LISTED = 5

/** The statuses of sessions that a poster names. */
const COMING = ['not_yet_open', 'elsewhere', 'full', 'few', 'open'] as const

/** What a poster is about. */
type About = { owner: ShortOwner; title: Localized; desk: Desk; ahead: SessionFilter; from: string }

async function deskOn(c: Context<Env>, id: string): Promise<Desk> {
  const row = await deskById(c.var.ctx, id)
  if (!row) throw new NotFound('desk')
  return deskOf(row)
}

async function ofSeries(c: Context<Env>): Promise<About> {
  const series = await seriesById(c.var.ctx, c.req.param('id') ?? '')
  if (!series) throw new NotFound('series')
  requireDesk(c.var.ctx.actor, series.prefecture)
  const { id } = series
  return {
    owner: { scope: 'series', id },
    title: { ja: series.title_ja, en: series.title_en },
    desk: await deskOn(c, series.desk),
    ahead: { series: id },
    from: `/desk/series/${id}`,
  }
}

async function ofDesk(c: Context<Env>): Promise<About> {
  const desk = await deskOn(c, c.req.param('id') ?? '')
  requireKeeper(c.var.ctx.actor, desk)
  const { id, name } = desk
  return { owner: { scope: 'desk', id }, title: name, desk, ahead: { desk: id }, from: `/desk/desks/${id}` }
}

async function shown(c: Context<Env>, { owner, title, desk, ahead, from }: About) {
  requireKnown(c)
  const { ctx } = c.var
  const short = await shortOf(ctx, owner)
  const url = short === null ? null : `${ctx.config.publicUrl}/s/${short}`
  const filter: SessionFilter = { ...ahead, from: civilDate(ctx.clock.now()), status: COMING }
  const view = {
    ...deskView(c),
    title,
    desk,
    from,
    sessions: (await sessions(ctx, filter, { limit: LISTED })).sessions,
    code: url === null ? null : { url, image: await qrImage(url) },
  }
  return c.html(page(PosterPage(view)))
}

async function made(c: Context<Env>, { owner, from }: About) {
  await makeShort(c.var.ctx, owner)
  return seeOther(c, `${from}/poster`)
}

/** `/desk/series/:id/poster`: a page to print with the short address of a series. */
export const seriesPosterRoutes = new Hono<Env>()
  .get('/:id/poster', async (c) => shown(c, await ofSeries(c)))
  .post('/:id/poster', async (c) => made(c, await ofSeries(c)))

/** `/desk/desks/:id/poster`: the same of a desk. */
export const deskPosterRoutes = new Hono<Env>()
  .get('/:id/poster', async (c) => shown(c, await ofDesk(c)))
  .post('/:id/poster', async (c) => made(c, await ofDesk(c)))
