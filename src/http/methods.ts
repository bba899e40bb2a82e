import type { Context, Hono } from 'hono'
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import { TrieRouter } from 'hono/router/trie-router'
import { NotFound } from '../base/outcome.ts'
import type { Env } from './env.ts'
import { isReading } from './look.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

/** Finds the methods that an app has for a path. Middleware does not count. */
function methodsOf(app: Hono<Env>) {
  let router: TrieRouter<string> | undefined
  const routed = () => {
    const made = new TrieRouter<string>()
    for (const { path, method } of app.routes) if (method !== 'ALL') made.add(method, path, method)
    return made
  }
  const has = (method: string, path: string) => {
    router ??= routed()
    return router.match(method, path)[0].length > 0
  }
  const all = (path: string) => {
    const found: string[] = METHODS.filter((method) => has(method, path))
    return found.includes('GET') ? ['GET', 'HEAD', ...found.slice(1)] : found
  }
  return { has, all }
}

/** What answers a request that no route takes. */
export function unrouted(app: Hono<Env>) {
  const methods = methodsOf(app)
  /** Throws 405 with `Allow` if the path is known with other methods only. */
  const requireMethod = (c: Context<Env>) => {
    if (methods.has(c.req.method, c.req.path)) return
    const known = methods.all(c.req.path)
    if (known.length === 0 || known.includes(c.req.method)) return
    c.header('Allow', known.join(', '))
    throw new HTTPException(405)
  }
  return {
    /**
     * Before everything that reads a body or counts. Reading is checked after all routes. The console checks behind its
     * sign-in, so that its own page answers. People who are not signed in get it instead of the sign-in.
     */
    wrongMethod: createMiddleware<Env>(async (c, next) => {
      c.set('requireMethod', () => requireMethod(c))
      if (!isReading(c) && !/^\/desk(?:\/|$)/.test(c.req.path)) requireMethod(c)
      await next()
    }),
    /** 405 for a path with other methods; a redirect for a page with a slash too many; else throws `NotFound`. */
    answer(c: Context<Env>): Response {
      requireMethod(c)
      const { pathname, search } = new URL(c.req.url)
      const page = pathname.replace(/\/+$/, '')
      if (isReading(c) && page !== pathname && methods.has('GET', page)) {
        return c.redirect(`${c.var.ctx.config.publicUrl}${page}${search}`, 301)
      }
      throw new NotFound('page')
    },
  }
}
