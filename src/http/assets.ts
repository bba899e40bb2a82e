import { Hono } from 'hono'
import { NotFound } from '../base/outcome.ts'
import type { Env } from './env.ts'

/** `/assets/:name`. An address with a version never changes its content. */
export const assetRoutes = new Hono<Env>().get('/:name', async (c) => {
  const asset = c.var.deps.assets.get(c.req.param('name'))
  if (!asset) throw new NotFound('asset')
  const lasting = c.req.query('v') === asset.tag
  c.header('Cache-Control', lasting ? 'public, max-age=31536000, immutable' : 'no-cache')
  c.header('ETag', `"${asset.tag}"`)
  if (c.req.header('if-none-match') === `"${asset.tag}"`) return c.body(null, 304)
  return c.body(await asset.body(), 200, { 'Content-Type': asset.type })
})
