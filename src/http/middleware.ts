import { type Context, Hono, type MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import { secureHeaders } from 'hono/secure-headers'
import { NotFound } from '../base/outcome.ts'
import type { Config } from '../config.ts'
import { MOST_BYTES, MOST_DOCUMENTS } from '../messages/letter-file.ts'
import { type Env, elapsedOf } from './env.ts'
import { isReading } from './look.ts'
import { networkAsking } from './network.ts'

/**
 * Whether a path contains a token: `/b/<token>` of a booking, `/c/<token>` of a request, `/tell/<token>` of an interest,
 * `/alerts/<token>`.
 */
const holdsToken = (path: string) => /^\/(b|c|tell|alerts)\/./.test(path)

/** Whether a path is a link to sign in, or to make the first account. */
const isSignInLink = (path: string) => /^\/desk\/(sign-in|first)\/./.test(path) && path !== '/desk/sign-in/code'

/** Public data, for the pages of any site: feeds, files of sessions, and the schedule of the API. */
const PUBLIC_DATA =
  /^\/(?:calendar\.ics|feed\.xml|sitemap\.xml|robots\.txt|sessions\/[^/]+\.ics|open-data\/[^/]+|api\/openapi\.json|api\/v1\/sessions(?:\/[^/]+)?)$/

/** Whether a path is that of public data. */
export const isPublicData = (path: string) => PUBLIC_DATA.test(path)

/** The letters that a page shows in a frame of its own. */
const LETTER = /^\/desk\/(?:(?:letters|outbox)\/[^/]+\/html|texts\/sample)$/

/** The one page that other sites may show in a frame. */
export const EMBED = '/embed'

/** What a page of another site may do with public data (https://fetch.spec.whatwg.org/#http-cors-protocol). */
const SHARED = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Link, Retry-After',
  'Cross-Origin-Resource-Policy': 'cross-origin',
}

/** The answer to a browser that asks before it sends headers of its own. */
const MAY_READ = {
  'Access-Control-Allow-Methods': 'GET, HEAD',
  'Access-Control-Allow-Headers': 'If-None-Match, If-Modified-Since',
  'Access-Control-Max-Age': '86400',
}

/** The headers that a middleware gives to every answer, asked of it once. */
function headersOf(middleware: MiddlewareHandler): () => Promise<[name: string, value: string][]> {
  const app = new Hono().use(middleware).get('/', (c) => c.body(null))
  let known: Promise<[string, string][]> | undefined
  return () => {
    known ??= Promise.resolve(app.request('/')).then((answer) => [...answer.headers])
    return known
  }
}

/**
 * Security headers: nothing from other sites, nothing inline, no framing, forms only to this site, no device. Other sites
 * may read public data alone. An answer that says nothing else is kept by no shared cache, and browsers ask for it each
 * time. Own bookings are not cached and send no referrer. They are set before the answer is made, because a header that is
 * set later copies it.
 */
export function headers(config: Config) {
  const common = headersOf(
    secureHeaders({
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
      permissionsPolicy: { camera: false, geolocation: false, microphone: false, payment: false, usb: false },
      referrerPolicy: 'same-origin',
      strictTransportSecurity: config.publicUrl.startsWith('https:') ? 'max-age=31536000; includeSubDomains' : false,
      xFrameOptions: 'DENY',
    }),
  )
  // A letter is shown as a mail program shows it, in a frame of ours. Only its own inline styles apply.
  const letter = headersOf(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        frameAncestors: ["'self'"],
        sandbox: ['allow-popups'],
        styleSrc: ["'unsafe-inline'"],
        // The logo of the programme.
        imgSrc: ['data:'],
      },
      xFrameOptions: 'SAMEORIGIN',
    }),
  )
  // A list of dates in a frame of any site. It has only links, and they leave the frame.
  const embedded = headersOf(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        baseUri: ["'none'"],
        formAction: ["'none'"],
        frameAncestors: ['*'],
        imgSrc: ["'self'", 'data:'],
        styleSrc: ["'self'"],
      },
      crossOriginResourcePolicy: 'cross-origin',
      permissionsPolicy: { camera: false, geolocation: false, microphone: false, payment: false, usb: false },
      referrerPolicy: 'same-origin',
      strictTransportSecurity: config.publicUrl.startsWith('https:') ? 'max-age=31536000; includeSubDomains' : false,
      xFrameOptions: false,
    }),
  )
  const policyOf = (path: string) => (path === EMBED ? embedded : LETTER.test(path) ? letter : common)
  return createMiddleware<Env>(async (c, next) => {
    const { path } = c.req
    for (const [name, value] of await policyOf(path)()) c.header(name, value)
    c.header('Cache-Control', 'private, no-cache')
    if (isPublicData(path)) {
      for (const [name, value] of Object.entries(SHARED)) c.header(name, value)
      if (c.req.method === 'OPTIONS') return c.body(null, 204, MAY_READ)
    }
    if (holdsToken(path)) c.header('Referrer-Policy', 'no-referrer')
    // The referrer is without the path, and the form still says its origin, which signing in needs.
    if (isSignInLink(path)) c.header('Referrer-Policy', 'strict-origin')
    return next()
  })
}

/** Answers 404 to a path with U+0000. No engine stores it, and PostgreSQL throws for it. */
export const refuseNul = createMiddleware<Env>(async (c, next) => {
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

const limitedTo = (maxSize: number) =>
  bodyLimit({
    maxSize,
    onError: () => {
      throw new HTTPException(413)
    },
  })

/** The most bytes of a form or booking without files. */
const FORM = 64 * 1024
const limitForm = limitedTo(FORM)
const limitFiles = limitedTo(MOST_DOCUMENTS * MOST_BYTES.document + FORM)

/** The forms of the console that take files. */
const TAKES_FILES = /^\/desk\/(?:texts\/files|messages\/new|import(?:\/[^/]+)?)$/

/** Whether a request brings files to a form that takes them. Only a browser that has a pass may send so much. */
function bringsFiles(c: Context<Env>): boolean {
  const isForm = /^multipart\/form-data\b/i.test(c.req.header('content-type') ?? '')
  return isForm && TAKES_FILES.test(c.req.path) && /\bmadoguchi=/.test(c.req.header('cookie') ?? '')
}

/**
 * Refuses a body that is larger than any booking, or than its form with its files (413). Refuses one that ends in the
 * middle (400). A body that says its length is not opened: the server reads no more than that.
 */
export const smallBody = createMiddleware<Env>(async (c, next) => {
  if (isReading(c)) return next()
  const length = c.req.header('transfer-encoding') === undefined ? c.req.header('content-length') : undefined
  if (length !== undefined && Number(length) <= FORM) return next()
  let isRead = false
  const readOn = () => {
    isRead = true
    return next()
  }
  try {
    return await (bringsFiles(c) ? limitFiles : limitForm)(c, readOn)
  } catch (error) {
    if (isRead || error instanceof HTTPException) throw error
    throw new HTTPException(400, { cause: error })
  }
})

/** Answers 429, and after how many seconds to ask again. */
export function tooMany(c: Context<Env>, seconds: number): never {
  c.header('Retry-After', String(Math.ceil(seconds)))
  throw new HTTPException(429)
}

/**
 * Allows `most` writing requests from a network in each window of `seconds`. Then answers 429 with Retry-After. Counts
 * in memory, for each process. It stops a script that fills the schedule, not a distributed attack.
 */
export function rateLimit(config: Config, most: number, seconds: number) {
  const counts = new Map<string, number>()
  let until = 0
  return createMiddleware<Env>(async (c, next) => {
    if (!config.rateLimit || READING.includes(c.req.method)) return next()
    const now = elapsedOf(c.get('deps'))
    if (now >= until) {
      counts.clear()
      until = now + seconds * 1000
    }
    const network = networkAsking(c, config)
    const count = (counts.get(network) ?? 0) + 1
    counts.set(network, count)
    if (count > most) tooMany(c, (until - now) / 1000)
    return next()
  })
}

/** The networks that are remembered for reading. */
const MOST_NETWORKS = 10_000

/**
 * Allows a network to read `burst` addresses at once and `perSecond` in the long run. Then answers 429 with Retry-After.
 * Counts in memory, for each process.
 */
export function readLimit(config: Config, burst: number, perSecond: number) {
  const buckets = new Map<string, { left: number; at: number }>()
  return createMiddleware<Env>(async (c, next) => {
    if (!config.rateLimit || !READING.includes(c.req.method)) return next()
    const now = elapsedOf(c.get('deps'))
    const network = networkAsking(c, config)
    const { left, at } = buckets.get(network) ?? { left: burst, at: now }
    const filled = Math.min(burst, left + ((now - at) / 1000) * perSecond)
    buckets.delete(network) // the one that asked last is the last to be forgotten
    buckets.set(network, { left: Math.max(0, filled - 1), at: now })
    const [oldest] = buckets.size > MOST_NETWORKS ? buckets.keys() : []
    if (oldest !== undefined) buckets.delete(oldest)
    if (filled < 1) tooMany(c, (1 - filled) / perSecond)
    return next()
  })
}
