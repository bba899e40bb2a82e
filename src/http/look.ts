import type { Context } from 'hono'
import type { Env } from './env.ts'

/** The parameter of an address to which a form is sent only to be shown again. */
export const LOOK = 'look'

/**
 * Whether a form was sent only to be shown again, and nothing may change. `same`: the answer once more, in another
 * language. `form`: the form with what was typed. Null for every other request.
 */
export function looking(c: Context<Env>): 'same' | 'form' | null {
  const look = c.req.query(LOOK)
  if (isReading(c) || c.req.path.startsWith('/api/')) return null
  return look === 'same' || look === 'form' ? look : null
}

/** Whether the form is to be shown with what was typed, and nothing else. */
export function showsForm(c: Context<Env>): boolean {
  return looking(c) === 'form'
}

/** Whether a request reads a page, and sends no form. */
export function isReading(c: Context<Env>): boolean {
  return c.req.method === 'GET' || c.req.method === 'HEAD'
}

/** Buttons whose page does not lie above their own address. */
const ELSEWHERE: readonly [RegExp, string][] = [
  [/^\/desk\/(?:calls|proof)\//, '/desk'],
  [/^\/desk\/exports$/, '/desk/figures'],
  [/^\/desk\/bookings\/views\//, '/desk/bookings'],
  [/^\/desk\/suspensions\//, '/desk/suspensions'],
  [/^\/desk\/security\//, '/desk/security'],
]

/** The page on which the button of an address is: `/desk/bookings/1` for `/desk/bookings/1/approve`. */
export function pageAbove(path: string): string {
  return ELSEWHERE.find(([of]) => of.test(path))?.[1] ?? (path.replace(/\/[^/]+$/, '') || '/')
}
