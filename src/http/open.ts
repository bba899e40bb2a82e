import type { Context } from 'hono'
import { getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { isLocale } from '../base/locale.ts'
import type { Recall } from '../base/recall.ts'
import { onlyReading } from '../store/store.ts'
import { type Deps, type Env, elapsedOf } from './env.ts'
import { isReading, LOOK, looking } from './look.ts'
import { EMBED, isPublicData } from './middleware.ts'
import { visitorsNetwork } from './network.ts'

/**
 * A path for logs, without secrets. `/b/<token>/…` becomes `/b/…`, so do `/c/<token>`, `/tell/<token>` and
 * `/alerts/<token>`. Anything else as
 * long as a token becomes `…`, because a link may be mistyped. The query is left out.
 */
export function redactedPath(path: string): string {
  return path
    .replace(/^\/(b|c|tell|alerts|desk\/sign-in|desk\/first|desk\/feeds)\/[^/]+/, '/$1/…')
    .replaceAll(/[\w-]{40,}/g, '…')
}

/** The path and query of a request, without what only says how to show it. */
function addressOf(asked: string): string {
  const url = new URL(asked)
  if (url.search === '') return url.pathname
  for (const name of ['lang', LOOK]) url.searchParams.delete(name)
  return url.pathname + url.search
}

const YEAR = 365 * 24 * 60 * 60

/** The cookie of a browser in which no single key opens pages of the console. */
const KEYS = 'keys'

/** Remembers in this browser whether single keys open pages of the console. */
export function keepKeys(c: Context<Env>, on: boolean): void {
  const secure = c.var.ctx.config.publicUrl.startsWith('https:')
  setCookie(c, KEYS, on ? 'on' : 'off', { path: '/desk', maxAge: YEAR, sameSite: 'Lax', httpOnly: true, secure })
}

/**
 * Sets up a request: its id, context and language (`?lang=`, else the remembered one, else Japanese). Logs one line
 * without personal data at its end.
 */
export function open(deps: Deps, recall?: Recall) {
  const { store, clock, config, log } = deps
  const { origin } = new URL(config.publicUrl)
  const asset = (name: string) => `/assets/${name}?v=${deps.assets.get(name)?.tag ?? '0'}`
  return createMiddleware<Env>(async (c, next) => {
    const started = performance.now()
    if (deps.cache) store.changes.look(elapsedOf(deps))
    const asked = c.req.query('lang')
    // A frame of another site has its language in its address, and leaves no cookie there.
    const isFramed = c.req.path === EMBED
    const remembered = isFramed ? undefined : getCookie(c, 'lang')
    const locale = isLocale(asked) ? asked : isLocale(remembered) ? remembered : 'ja'
    // What programs read is in the language of its address, and leaves that of the browser alone.
    const chosen = isLocale(asked) && asked !== remembered && !isPublicData(c.req.path) && !isFramed
    if (chosen) {
      const secure = config.publicUrl.startsWith('https:')
      setCookie(c, 'lang', asked, { path: '/', maxAge: YEAR, sameSite: 'Lax', httpOnly: true, secure })
    }
    const requestId = crypto.randomUUID()
    c.set('requestId', requestId)
    c.header('X-Request-Id', requestId)
    c.set('deps', deps)
    const actor = { kind: 'public' as const }
    const network = () => visitorsNetwork(c, config)
    const mayWrite = looking(c) === null
    const now = clock.now()
    c.set('ctx', {
      store: mayWrite ? store : onlyReading(store),
      clock: { now: () => now },
      config,
      locale,
      actor,
      signal: () => c.req.raw.signal,
      network,
      recall,
      upToDate: Boolean(deps.cache),
    })
    const sent = isReading(c) ? {} : { sent: {} }
    const keys = getCookie(c, KEYS) !== 'off'
    c.set('frame', { locale, path: addressOf(c.req.url), origin, now, asset, keys, chosen, ...sent })
    await next()
    const ms = Math.round(performance.now() - started)
    const level = c.res.status >= 500 ? 'error' : 'info'
    log[level]({ request: requestId, method: c.req.method, path: redactedPath(c.req.path), status: c.res.status, ms })
  })
}
