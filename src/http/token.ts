import type { Context } from 'hono'
import type { Env } from './env.ts'

/** A token without the sign after a link, which programs for mail and calendars append. */
export function cleanToken(token: string): string {
  return token.replace(/[^\w-]+$/, '')
}

/** The token in the path of a request. */
export function tokenIn(c: Context<Env>): string {
  return cleanToken(c.req.param('token') ?? '')
}
