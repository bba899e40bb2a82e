import type { Context } from 'hono'
import { ProofPage } from '../../templates/desk/security.tsx'
import { page } from '../../templates/layout.tsx'
import { seeOther } from './answer.ts'
import type { Env } from './env.ts'
import { formValues } from './forms.ts'

/** The page after signing in: a path of the console, never another site. */
export function onwards(to: string | undefined): string {
  return to !== undefined && /^\/desk(?:[/?][\x21-\x7e]*)?$/.test(to) && !to.includes('//') ? to : '/desk'
}

/** The longest path that is repeated in an address, in characters. A proxy answers 502 to one longer than its buffer. */
const LONGEST_WAY = 1000

/** The address of a page that leads on to `path`. A path that is too long is left out. */
export function withWay(address: string, path: string): string {
  return path.length > LONGEST_WAY ? address : `${address}?to=${encodeURIComponent(path)}`
}

/** Whether a request reads a page, and sends no form. */
export function isReading(c: Context<Env>): boolean {
  return c.req.method === 'GET' || c.req.method === 'HEAD'
}

/**
 * Asks for a proof of who acts. Then the browser goes on to the page, or sends the form again, whose fields the page keeps.
 * For accounts without a second factor the proof is the code of a letter.
 */
export async function askForProof(c: Context<Env>): Promise<Response> {
  const { frame, pass } = c.var
  if (isReading(c)) return seeOther(c, withWay('/desk/proof', frame.path))
  const view = { frame, pass, to: onwards(frame.path), wrong: false, sent: false }
  return c.html(page(ProofPage({ ...view, kept: await formValues(c) })), 403)
}
