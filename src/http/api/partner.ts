import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import type { Config } from '../../config.ts'
import { KEY_MARK } from '../../partners/api-key.ts'
import { noteUse } from '../../partners/note-use.ts'
import { keyByToken } from '../../partners/queries.ts'
import { type Env, elapsedOf } from '../env.ts'
import { tooMany } from '../middleware.ts'
import { bearerToken } from './json-body.ts'

/** The requests of one key in a minute. */
const MOST = 120

const SECONDS = 60

/**
 * Reads the key of a partner, if a request brings one. Answers 401 for one that is revoked or unknown, and 429 with
 * Retry-After if it asks too often. Counts in memory, for each process.
 */
export function partnerKey(config: Config) {
  const counts = new Map<string, number>()
  let until = 0
  return createMiddleware<Env>(async (c, next) => {
    const token = bearerToken(c)
    if (!token?.startsWith(KEY_MARK)) return next()
    const key = await keyByToken(c.var.ctx, token)
    if (!key) {
      c.header('WWW-Authenticate', 'Bearer')
      throw new HTTPException(401)
    }
    const now = elapsedOf(c.var.deps)
    if (now >= until) {
      counts.clear()
      until = now + SECONDS * 1000
    }
    const count = (counts.get(key.id) ?? 0) + 1
    counts.set(key.id, count)
    if (config.rateLimit && count > MOST) tooMany(c, (until - now) / 1000)
    await noteUse(c.var.ctx, key)
    c.set('partner', key)
    return next()
  })
}
