import type { Context } from 'hono'
import type { Faults } from '../base/input.ts'
import type { Env } from './env.ts'

/** Redirects to a path of this site with 303, so that the browser follows with GET. */
export function seeOther(c: Context<Env>, path: string): Response {
  return c.redirect(`${c.var.ctx.config.publicUrl}${path}`, 303)
}

/** The status of a page after a form: 409 if refused, 422 if a field is wrong, else 200. */
export function statusFor({ refusal, errors = {} }: { refusal?: unknown; errors?: Faults }): 200 | 409 | 422 {
  if (refusal) return 409
  return Object.keys(errors).length > 0 ? 422 : 200
}
