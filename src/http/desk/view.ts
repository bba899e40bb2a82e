import type { Context } from 'hono'
import type { DeskView } from '../../../templates/desk/view.ts'
import { fingerprint } from '../../base/fingerprint.ts'
import { isDayHere } from '../../base/seating.ts'
import type { LedgerLine } from '../../booking/ledger.ts'
import { attendanceFields } from '../../schedule/shown.ts'
import type { Env } from '../env.ts'

/** The data of every page of the console. Needs `staffOnly` before it. */
export function deskView(c: Context<Env>): DeskView {
  return { frame: c.var.frame, staff: c.var.pass.account }
}

/** The fingerprint of each line on which somebody may be marked as there, by the id of the booking. */
export async function marksOf(c: Context<Env>, lines: readonly LedgerLine[]): Promise<ReadonlyMap<string, string>> {
  const now = c.var.ctx.clock.now()
  const marks = new Map<string, string>()
  for (const line of lines) {
    if (line.status === 'booked' && isDayHere(line, now)) marks.set(line.id, await fingerprint(attendanceFields(line)))
  }
  return marks
}
