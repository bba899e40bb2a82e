import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { DeskErrorPage } from '../../templates/desk/error/page.tsx'
import { page } from '../../templates/layout.tsx'
import { type Dead, ErrorPage } from '../../templates/public/error-page.tsx'
import type { ErrorStatus } from '../../templates/text/public/error.ts'
import { Forbidden, StaleProof } from '../base/actor.ts'
import { NotFound } from '../base/outcome.ts'
import { deadLink } from '../booking/link.ts'
import { noteRefusal, type SignInRefusal } from '../people/note-refusal.ts'
import { Busy, OnlyReading, Unwritable } from '../store/store.ts'
import { seeOther } from './answer.ts'
import type { Env } from './env.ts'
import { formValues } from './forms.ts'
import { LOOK, looking, pageAbove } from './look.ts'
import { redactedPath } from './open.ts'
import { type ProblemCode, problem } from './problem.ts'
import { askForProof } from './proof.ts'
import { cleanToken } from './token.ts'

function statusOf(error: unknown): number {
  if (error instanceof NotFound) return 404
  if (error instanceof Forbidden) return 403
  if (error instanceof HTTPException) return error.status
  if (error instanceof Busy) return 503
  return 500
}

/** The code of an error by its status; `fault` for all others. */
export const CODES: Partial<Record<number, ProblemCode>> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'unknown',
  405: 'method',
  413: 'too_large',
  415: 'unsupported',
  429: 'too_many',
  503: 'busy',
}

/** Refusals of a sign-in that the journal keeps, by status. */
const SIGN_IN_REFUSALS: Partial<Record<number, SignInRefusal>> = { 403: 'cross_site', 429: 'too_many' }

/** An error without its personal data: an engine's error also carries the values of its statement. */
function bare(error: unknown) {
  return error instanceof Error ? { type: error.name, message: error.message, stack: error.stack } : String(error)
}

/** The page for a status: 401 is shown as 403, unknown ones as 500. */
function shownAs(status: number): ErrorStatus {
  if (status === 401) return 403
  return status in CODES ? (status as ErrorStatus) : 500
}

/** Answers a form that was sent only to be shown, but would change something. Shows it, else the page above. */
function shownOnly(c: Context<Env>): Response {
  const { ctx, frame } = c.var
  if (looking(c) === 'form') return seeOther(c, pageAbove(c.req.path))
  const query = frame.path.includes('?') ? '&' : '?'
  // 307 makes the browser send what was typed once more.
  return c.redirect(`${ctx.config.publicUrl}${frame.path}${query}${LOOK}=form&lang=${frame.locale}`, 307)
}

/** The private link that the address is, or null. Its token may be cut, and signs may follow it. */
async function deadAddress(c: Context<Env>): Promise<Dead | null> {
  const [, door, first = '', second = ''] = c.req.path.split('/')
  if (door === 'tell') return { to: 'tell' }
  if (door !== 'b') return null
  return { to: 'booking', why: await deadLink(c.var.ctx, cleanToken(first === 'email' ? second : first)) }
}

/** The page of an error. Under `/desk` it stays in the console, and leads back to what was typed. */
async function errorPage(c: Context<Env>, thrown: number): Promise<string> {
  const status = shownAs(thrown)
  const id = c.get('requestId')
  if (!/^\/desk(?:\/|$)/.test(c.req.path)) {
    const dead = status === 404 ? await deadAddress(c) : null
    return page(ErrorPage({ frame: c.get('frame'), status, id, dead }))
  }
  // The form of a refused act is often not read yet.
  if (c.get('frame').sent && status !== 413 && status !== 400) await formValues(c).catch(() => undefined)
  return page(
    DeskErrorPage({ frame: c.get('frame'), staff: c.get('staff') ?? null, status, id, signedOut: thrown === 401 }),
  )
}

/**
 * Answers a thrown error: a page to people, a problem document to programs. A stale proof is asked for. A bug is logged,
 * and the answer gives its id.
 */
export async function answerFault(error: unknown, c: Context<Env>): Promise<Response> {
  // Nobody waits for this answer. The status is the one that proxies log for it.
  if (error instanceof DOMException && error.name === 'AbortError') return c.body(null, 499 as 500)
  if (error instanceof OnlyReading) return shownOnly(c)
  if (error instanceof StaleProof) return looking(c) === 'form' ? shownOnly(c) : askForProof(c)
  const status = statusOf(error)
  const { log } = c.get('deps')
  const why = SIGN_IN_REFUSALS[status]
  if (why && /^\/desk\/sign-in\b/.test(c.req.path)) {
    const { ctx } = c.var
    try {
      await ctx.store.commit(noteRefusal(ctx, why))
    } catch (fault) {
      log.warn({ request: c.get('requestId'), err: bare(fault) }, 'a refused sign-in is not in the journal')
    }
  }
  if (status >= 500) log.error({ request: c.get('requestId'), path: redactedPath(c.req.path), err: bare(error) })
  if (status === 503) c.header('Retry-After', error instanceof Unwritable ? '60' : '1')
  if (c.req.path.startsWith('/api/')) return problem(c, status, CODES[status] ?? 'fault')
  c.header('Cache-Control', 'no-store')
  c.status(status as 500)
  return c.html(await errorPage(c, status))
}
