import type { Context } from 'hono'
import { createMiddleware } from 'hono/factory'
import { readHouse } from '../house/queries.ts'
import { Busy } from '../store/store.ts'
import type { PageCache } from './cache.ts'
import type { Env } from './env.ts'

/** Gives the page of a request the words of those who run this house. */
async function addHouse(c: Context<Env>): Promise<void> {
  c.set('frame', { ...c.var.frame, house: await readHouse(c.var.ctx) })
}

/** Middleware for pages that are made for each request: they know who runs this house. */
export const withHouse = createMiddleware<Env>(async (c, next) => {
  // A page that needs no database opens without one, in words of our own.
  await addHouse(c).catch((error: unknown) => {
    if (!(error instanceof Busy)) throw error
  })
  await next()
})

/** The same for pages that are kept for a while: it is read only if the page is made. */
export function housed(cached: PageCache): PageCache {
  return (c, parameters, make) =>
    cached(c, parameters, async () => {
      await addHouse(c)
      return make()
    })
}
