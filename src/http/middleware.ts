import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import { NotFound } from '../base/outcome.ts'
import type { Config } from '../config.ts'
import type { Env } from './env.ts'

/** Whether a path contains the token of a booking or an interest: `/b/<token>`, `/tell/<token>`. */
const holdsToken = (path: string) => /^\/(b|tell)\/./.test(path)

/** Whether a path is a link to sign in. */
const isSignInLink = (path: string) => /^\/desk\/sign-in\/./.test(path) && path !== '/desk/sign-in/code'

/**
 * Security headers: nothing from other sites, nothing inline, no framing, forms only to this site. Own bookings are not
 * cached and send no referrer.
 */
export function headers(config: Config) {
  const common = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      baseUri: ["'none'"],
      connectSrc: ["'self'"],
      formAction: ["'self'", new URL(config.publicUrl).origin],
      frameAncestors: ["'none'"],
      frameSrc: ["'self'"],
      imgSrc: ["'self'", 'data:'],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'"],
    },
    referrerPolicy: 'same-origin',
    strictTransportSecurity: config.publicUrl.startsWith('https:') ? 'max-age=31536000' : false,
    xFrameOptions: 'DENY',
  })
  // A letter is shown as a mail program shows it, in a frame of ours. Only its own inline styles apply.
  const letter = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      frameAncestors: ["'self'"],
      sandbox: ['allow-popups'],
      styleSrc: ["'unsafe-inline'"],
    },
    xFrameOptions: 'SAMEORIGIN',
  })
  return createMiddleware<Env>(async (c, next) => {
    await (/^\/desk\/letters\/[^/]+\/html$/.test(c.req.path) ? letter : common)(c, next)
    if (holdsToken(c.req.path)) c.header('Referrer-Policy', 'no-referrer')
    // The referrer is without the path, and the form still says its origin, which signing in needs.
    if (isSignInLink(c.req.path)) c.header('Referrer-Policy', 'strict-origin')
  })
}

/** Answers 404 to a path with U+0000. No engine stores it, and PostgreSQL throws for it. */
export const escapeFilename = createMiddleware<Env>(async (c, next) => {
  if (/%00|\0/.test(c.req.path)) throw new NotFound('page')
  await next()
})

const READING = ['GET', 'HEAD', 'OPTIONS']

/** Whether the browser says that another site caused this request (docs/decisions/0003). */
function isCrossSite(c: Context, ours: string): boolean {
  const site = c.req.header('sec-fetch-site')
  if (site !== undefined) return site !== 'same-origin' && site !== 'none'
  const origin = c.req.header('origin')
  if (origin === undefined) return false
  // A page without a referrer sends no origin. There the token in the path keeps other sites out.
  if (origin === 'null') return !holdsToken(c.req.path)
  return origin !== ours && URL.parse(origin)?.host !== c.req.header('host')
}

/** Refuses with 403 a request that another site caused. */
export function sameSite(config: Config) {
  const ours = new URL(config.publicUrl).origin
  return createMiddleware<Env>(async (c, next) => {
    if (!READING.includes(c.req.method) && isCrossSite(c, ours)) throw new HTTPException(403)
    await next()
  })
}

/** Refuses with 413 a body that is larger than any form or booking. */
export const smallBody = bodyLimit({
  maxSize: 64 * 1024,
  onError: () => {
    throw new HTTPException(413)
  },
})

function addressOf(c: Context<Env>, config: Config): string {
  const forwarded = config.trustProxy ? c.req.header('x-forwarded-for')?.split(',').at(-1)?.trim() : undefined
  return forwarded || c.env?.incoming?.socket.remoteAddress || 'unknown'
}

/**
 * Allows `most` writing requests from an address in each window of `seconds`. Then answers 429 with Retry-After. Counts
 * in memory, for each process. It stops a script that fills the schedule, not a distributed attack.
 */
export function rateLimit(config: Config, most: number, seconds: number) {
  const counts = new Map<string, number>()
  let until = 0
  return createMiddleware<Env>(async (c, next) => {
    if (!config.rateLimit || READING.includes(c.req.method)) return next()
    const now = Date.parse(c.get('ctx').clock.now())
    if (now >= until) {
      counts.clear()
      until = now + seconds * 1000
    }
    const address = addressOf(c, config)
    const count = (counts.get(address) ?? 0) + 1
    counts.set(address, count)
    if (count > most) {
      c.header('Retry-After', String(Math.ceil((until - now) / 1000)))
      throw new HTTPException(429)
    }
    return next()
  })
}
