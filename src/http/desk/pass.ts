import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import type { Config } from '../../config.ts'
import type { Ctx } from '../../context.ts'
import { actorOf, hasFactor, needsFactor, PASS_MINUTES } from '../../people/account.ts'
import { type Pass, passByToken } from '../../people/queries.ts'
import { seeOther } from '../answer.ts'
import type { Env } from '../env.ts'

/** The name of the session cookie: `__Host-` with TLS and on localhost (RFC 6265bis section 4.1.3.2). */
function cookie({ publicUrl }: Config): { name: string; secure: boolean } {
  const { protocol, hostname } = new URL(publicUrl)
  const secure = protocol === 'https:' || hostname === 'localhost' || hostname === '127.0.0.1'
  return { name: secure ? '__Host-madoguchi' : 'madoguchi', secure }
}

/** Sets the session cookie. */
export function keepPass(c: Context<Env>, token: string): void {
  const { name, secure } = cookie(c.var.ctx.config)
  setCookie(c, name, token, { path: '/', httpOnly: true, secure, sameSite: 'Lax', maxAge: PASS_MINUTES * 60 })
}

/** Deletes the session cookie. */
export function dropPass(c: Context<Env>): void {
  const { name, secure } = cookie(c.var.ctx.config)
  deleteCookie(c, name, { path: '/', secure })
}

/** The longest path that signing in leads back to, in characters. */
const LONGEST_WAY = 1000

/** The page after signing in: a path of the console, never another site. */
export function onwards(to: string | undefined): string {
  return to !== undefined && /^\/desk(?:[/?][\x21-\x7e]*)?$/.test(to) && !to.includes('//') ? to : '/desk'
}

function away(c: Context<Env>, path: string): Response {
  if (c.req.method !== 'GET' && c.req.method !== 'HEAD') throw new HTTPException(401)
  return seeOther(c, path)
}

/** What the pass still lacks: proof of the second factor, or a second factor; null if nothing. */
function lacks(ctx: Ctx, { proven, account }: Pass): 'proof' | 'factor' | null {
  if (hasFactor(account)) return proven ? null : 'proof'
  return needsFactor(ctx, account.role) ? 'factor' : null
}

/**
 * Middleware for staff: sets the actor of all acts to the signed-in account. Redirects to sign-in, to the proof of the
 * second factor, or to its set-up (`needsFactor`). `open` lists the pages for these steps. Requests that
 * write get 401 instead.
 */
export function staffOnly(open: readonly string[] = []) {
  return createMiddleware<Env>(async (c, next) => {
    const { ctx, frame } = c.var
    const token = getCookie(c, cookie(ctx.config).name)
    const pass = token === undefined ? undefined : await passByToken(ctx, token)
    // A proxy answers 502 to an address longer than its buffer.
    const back = frame.path.length > LONGEST_WAY ? '' : `?to=${encodeURIComponent(frame.path)}`
    if (!pass) return away(c, `/desk/sign-in${back}`)
    const lack = lacks(ctx, pass)
    if (lack !== null && !open.includes(c.req.path)) {
      return away(c, lack === 'proof' ? `/desk/proof${back}` : '/desk/security')
    }
    c.set('ctx', { ...ctx, actor: actorOf(pass.account) })
    c.set('pass', pass)
    return next()
  })
}
