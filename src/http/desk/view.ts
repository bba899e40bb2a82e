import type { Context } from 'hono'
import type { DeskView } from '../../../templates/desk/view.ts'
import { canManage, visiblePrefectures } from '../../base/actor.ts'
import { fingerprint } from '../../base/fingerprint.ts'
import type { Faults } from '../../base/input.ts'
import { PREFECTURES } from '../../base/japan/prefecture.ts'
import { isDayHere } from '../../base/seating.ts'
import type { BookingStatus } from '../../base/vocabulary.ts'
import type { LedgerLine } from '../../booking/ledger.ts'
import { attendanceFields } from '../../schedule/shown.ts'
import type { Env } from '../env.ts'
import type { Values } from '../forms.ts'

/** The data of every page of the console. Needs `staffOnly` before it. */
export function deskView(c: Context<Env>): DeskView {
  return { frame: c.var.frame, staff: c.var.pass.account }
}

/**
 * A form as it was typed, with the revision that is `saved` now, because somebody else saved it first. Its page says
 * beside each field that differs what is saved, so that nobody overwrites it unseen.
 */
export function typedBeside(c: Context<Env>, typed: Values, saved: Values): Values {
  c.set('frame', { ...c.var.frame, saved })
  return { ...typed, revision: saved.revision ?? '' }
}

/**
 * The fault of a field with prefectures that the actor may not choose, else null. The act would throw `Forbidden`, which
 * loses the form. Unknown codes are left to the act. `all` is for the secretariat.
 */
export function foreignChoice(c: Context<Env>, field: string, given: string | string[] = []): Faults | null {
  const { actor } = c.var.ctx
  // Somebody who may choose nothing at all has no form.
  if (!canManage(actor)) return null
  const known = [given].flat().filter((code) => code === 'all' || PREFECTURES.some((one) => one.code === code))
  const own = visiblePrefectures(actor)
  return own === null || known.every((code) => own.includes(code)) ? null : { [field]: 'choice' }
}

const MARKABLE: readonly BookingStatus[] = ['booked', 'attended', 'absent']

/** The fingerprint of each line whose visit may be recorded or taken back, by the id of the booking. */
export async function marksOf(c: Context<Env>, lines: readonly LedgerLine[]): Promise<ReadonlyMap<string, string>> {
  const now = c.var.ctx.clock.now()
  const marks = new Map<string, string>()
  for (const line of lines) {
    if (MARKABLE.includes(line.status) && isDayHere(line, now)) {
      marks.set(line.id, await fingerprint(attendanceFields(line)))
    }
  }
  return marks
}
