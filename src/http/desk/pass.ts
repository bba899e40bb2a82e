import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { createMiddleware } from 'hono/factory'
import { HTTPException } from 'hono/http-exception'
import { isLocale } from '../../base/locale.ts'
import type { Config } from '../../config.ts'
import type { Ctx } from '../../context.ts'
import { actorOf, BROWSER_DAYS, hasFactor, needsFactor, PASS_MINUTES } from '../../people/account.ts'
import { type Pass, passByToken, provenAtOf } from '../../people/queries.ts'
import { seePass } from '../../people/see-pass.ts'
import { seeOther } from '../answer.ts'
import type { Env } from '../env.ts'
import { isReading, looking } from '../look.ts'
import { askForProof, withWay } from '../proof.ts'

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

const browserCookie = (config: Config) => `${cookie(config).name}-browser`

/** What this browser remembers of the accounts that signed in with it. */
export function rememberedBy(c: Context<Env>): string {
  return getCookie(c, browserCookie(c.var.ctx.config)) ?? ''
}

/** Lets the browser remember the account that signs in with it. Signing out leaves this cookie. */
export function remember(c: Context<Env>, memory: string): void {
  const { config } = c.var.ctx
  const { secure } = cookie(config)
  const maxAge = BROWSER_DAYS * 24 * 60 * 60
  setCookie(c, browserCookie(config), memory, { path: '/', httpOnly: true, secure, sameSite: 'Lax', maxAge })
}

/** Deletes the session cookie. */
export function dropPass(c: Context<Env>): void {
  const { name, secure } = cookie(c.var.ctx.config)
  deleteCookie(c, name, { path: '/', secure })
}

function away(c: Context<Env>, path: string): Response {
  c.var.requireMethod()
  if (!isReading(c)) throw new HTTPException(401)
  return seeOther(c, path)
}

/** What the pass still lacks: a proof, or a second factor; null if nothing. */
export function lacks(ctx: Ctx, { proven, locked, account }: Pass): 'proof' | 'factor' | null {
  if (locked) return 'proof'
  if (hasFactor(account)) return proven ? null : 'proof'
  return needsFactor(ctx, account.role) ? 'factor' : null
}

/** The language that was chosen in this browser, or null. Null while somebody only reads: that changes no row. */
function chosenLanguage(c: Context<Env>) {
  if (isReading(c)) return null
  return [c.req.query('lang'), getCookie(c, 'lang')].find(isLocale) ?? null
}

/**
 * Middleware for staff: sets the actor of all acts to the signed-in account. Redirects to sign-in, to the proof of who
 * acts, or to the set-up of a second factor (`needsFactor`). `open` lists the pages for these steps. A form that is sent
 * without a proof is kept (`askForProof`); without a pass or factor it gets 401.
 */
export function staffOnly(open: readonly string[] = []) {
  return createMiddleware<Env>(async (c, next) => {
    const { ctx, frame } = c.var
    const token = getCookie(c, cookie(ctx.config).name)
    const pass = token === undefined ? undefined : await passByToken(ctx, token)
    if (!pass) return away(c, withWay('/desk/sign-in', frame.path))
    c.set('ctx', { ...ctx, actor: actorOf(pass.account, provenAtOf(pass)) })
    c.set('pass', pass)
    const lack = lacks(ctx, pass)
    if (lack !== null && !open.includes(c.req.path)) {
      return lack === 'proof' ? askForProof(c) : away(c, '/desk/security')
    }
    if (lack === null) c.set('staff', pass.account)
    // What a script asks for over and over, and a page that reloads itself, is no use by a person.
    const isPolled = c.req.header('sec-fetch-dest') === 'empty' || (isReading(c) && c.req.query('reload') === '1')
    if (lack === null && !isPolled && looking(c) === null) await seePass(c.var.ctx, pass, chosenLanguage(c))
    return next()
  })
}
