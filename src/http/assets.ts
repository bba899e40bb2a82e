import { Hono } from 'hono'
import { NotFound } from '../base/outcome.ts'
import { conditional } from './conditional.ts'
import type { Env } from './env.ts'
import type { Pack } from './packed.ts'

/** `/assets/:name`. An address with a version never changes its content. */
export function assetRoutes(pack: Pack) {
  return new Hono<Env>().get('/:name', async (c) => {
    const asset = c.var.deps.assets.get(c.req.param('name'))
    if (!asset) throw new NotFound('asset')
    const { tag, type } = asset
    const lasting = c.req.query('v') === tag
    const headers = { 'Cache-Control': lasting ? 'public, max-age=31536000, immutable' : 'no-cache' }
    return conditional(c, await pack(c, { body: await asset.body(), type, tag, headers }, true))
  })
}
