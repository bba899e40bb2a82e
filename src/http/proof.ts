import type { Context } from 'hono'
import { ProofPage } from '../../templates/desk/proof/page.tsx'
import { page } from '../../templates/layout.tsx'
import { seeOther } from './answer.ts'
import type { Env } from './env.ts'
import { formValues } from './forms.ts'
import { isReading } from './look.ts'

/** The address under which the page of the export shows its form, and exports nothing yet. */
const EXPORT_PAGE = '/desk/exports?step=page'

/**
 * The page for an address that answers with a file. The browser would save the file and stay on the page of the proof.
 * `sends`: whether the form that waits is sent there.
 */
function pageOf(address: string): { to: string; sends: boolean } {
  const [path = '', query = ''] = address.split('?')
  if (path === '/desk/exports') return { to: EXPORT_PAGE, sends: true }
  const [, prepared] = /^(\/desk\/exports\/[^/]+)\/file$/.exec(path) ?? []
  if (prepared !== undefined) return { to: prepared, sends: false }
  const kept = new URLSearchParams(query)
  if (path !== '/desk/figures/report' || !kept.has('as')) return { to: address, sends: true }
  kept.delete('as')
  return { to: `${path}?${kept.toString()}`, sends: true }
}

/** The page after signing in: a path of the console, never another site and never a file. */
export function onwards(to: string | undefined): string {
  const safe = to !== undefined && /^\/desk(?:[/?][\x21-\x7e]*)?$/.test(to) && !to.includes('//') ? to : '/desk'
  return pageOf(safe).to
}

/** The longest path that is repeated in an address, in characters. A proxy answers 502 to one longer than its buffer. */
const LONGEST_WAY = 1000

/** The address of a page that leads on to `path`. A path that is too long is left out. */
export function withWay(address: string, path: string): string {
  return path.length > LONGEST_WAY ? address : `${address}?to=${encodeURIComponent(path)}`
}

/**
 * Asks for a proof of who acts. Then the browser goes on to the page, or sends the form again, whose fields the page keeps.
 * What answers with a file is asked for on its own page then. For accounts without a second factor the proof is the code
 * of a letter.
 */
export async function askForProof(c: Context<Env>): Promise<Response> {
  if (isReading(c)) return seeOther(c, withWay('/desk/proof', c.var.frame.path))
  const values = await formValues(c)
  const { frame, pass } = c.var
  const kept = pageOf(frame.path).sends ? values : null
  return c.html(page(ProofPage({ frame, pass, to: onwards(frame.path), kept, wrong: false, sent: false })), 403)
}
