import { Hono } from 'hono'
import { civilDate } from '../../base/japan/civil.ts'
import { NotFound } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { deskOf } from '../../people/desk.ts'
import { ownerOfShort, type ShortOwner } from '../../planning/short/short.ts'
import { deskById } from '../../schedule/place-queries.ts'
import { sessions } from '../../schedule/queries.ts'
import type { Env } from '../env.ts'
import { requireKnown } from '../filter.ts'

/** A desk of one prefecture leads to what can be booked there, another one to its own entry. */
async function deskPath(ctx: Ctx, id: string): Promise<string> {
  const row = await deskById(ctx, id)
  if (!row) return '/desks'
  const { prefectures } = deskOf(row)
  const [only] = prefectures
  return only !== undefined && prefectures.length === 1 ? `/calendar?prefecture=${only}` : `/desks#desk-${id}`
}

/** A series with one session ahead leads to it, another one to its list. */
async function seriesPath(ctx: Ctx, id: string): Promise<string> {
  const from = civilDate(ctx.clock.now())
  const { sessions: ahead } = await sessions(ctx, { series: id, from }, { limit: 2 })
  const [only] = ahead
  return only && ahead.length === 1 ? `/sessions/${only.id}` : `/calendar?series=${id}`
}

const pathOf = (ctx: Ctx, { scope, id }: ShortOwner) => (scope === 'series' ? seriesPath(ctx, id) : deskPath(ctx, id))

/** `/s/:short`: the short address on a poster. It leads to what can be booked today, so nothing keeps its answer. */
export const shortRoutes = new Hono<Env>().get('/:short', async (c) => {
  requireKnown(c)
  const { ctx } = c.var
  const owner = await ownerOfShort(ctx, c.req.param('short'))
  if (!owner) throw new NotFound('page')
  const path = await pathOf(ctx, owner)
  c.header('Cache-Control', 'no-store')
  return c.redirect(`${ctx.config.publicUrl}${path}`, 302)
})
