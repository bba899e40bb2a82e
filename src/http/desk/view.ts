import type { Context } from 'hono'
import type { DeskView } from '../../../templates/desk/view.ts'
import type { Env } from '../env.ts'

/** The data of every page of the console. Needs `staffOnly` before it. */
export function deskView(c: Context<Env>): DeskView {
  return { frame: c.var.frame, staff: c.var.pass.account }
}
