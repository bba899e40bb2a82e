import type { Context } from 'hono'
import type { Faults } from '../base/input.ts'
import { addDays, civilDate, instantAt } from '../base/japan/civil.ts'
import type { Env } from './env.ts'

/** Redirects to a path of this site with 303, so that the browser follows with GET. */
export function seeOther(c: Context<Env>, path: string): Response {
  return c.redirect(`${c.var.ctx.config.publicUrl}${path}`, 303)
}

/**
 * The status of a refused booking: 409, or 429 if a cap refused it. Then Retry-After says how many seconds are left until
 * the counts of the next day begin.
 */
export function refusedStatus(c: Context<Env>, why: string): 409 | 429 {
  if (why !== 'capped') return 409
  const now = c.var.ctx.clock.now()
  const tomorrow = instantAt(addDays(civilDate(now), 1), '00:00')
  c.header('Retry-After', String(Math.ceil((Date.parse(tomorrow) - Date.parse(now)) / 1000)))
  return 429
}

/** The status of a page after a form: 409 if refused, 422 if a field is wrong, else 200. */
export function statusFor({ refusal, errors = {} }: { refusal?: unknown; errors?: Faults }): 200 | 409 | 422 {
  if (refusal) return 409
  return Object.keys(errors).length > 0 ? 422 : 200
}
