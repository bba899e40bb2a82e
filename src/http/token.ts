import type { Context } from 'hono'
import type { Env } from './env.ts'

/** The token in the path of a request. Programs for mail and calendars append the sign after a link, so it is left out. */
export function tokenIn(c: Context<Env>): string {
  return (c.req.param('token') ?? '').replace(/[^\w-]+$/, '')
}
