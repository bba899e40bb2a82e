import { Hono } from 'hono'
import { type Manual, ManualPage } from '../../../templates/desk/manual/page.tsx'
import { page } from '../../../templates/layout.tsx'
import { NotFound } from '../../base/outcome.ts'
import type { Env } from '../env.ts'
import { requireKnown } from '../filter.ts'
import { deskView } from './view.ts'

/** `/desk/manual`: the manual as one document, for every account. It was rendered with the assets. */
export const manualRoutes = new Hono<Env>().get('/', async (c) => {
  requireKnown(c)
  const asset = c.var.deps.assets.get('manual.json')
  if (!asset) throw new NotFound('page')
  const manual = JSON.parse(new TextDecoder().decode(await asset.body())) as Manual
  return c.html(page(ManualPage({ ...deskView(c), ...manual })))
})
