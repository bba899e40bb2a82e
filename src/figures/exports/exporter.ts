import { type Actor, Forbidden } from '../../base/actor.ts'
import type { Ctx } from '../../context.ts'
import { note } from '../../store/journal.ts'
import type { Write } from '../../store/store.ts'
import type { ExportInput } from './rows.ts'

/** Whether an actor may take personal data along: the desk and the secretariat, never who only reads. */
export function mayExport(actor: Actor): boolean {
  return actor.kind === 'system' || (actor.kind === 'staff' && (actor.role === 'desk' || actor.role === 'secretariat'))
}

/** The first line of everything by which personal data leave. Throws `Forbidden`. */
export function requireExporter(actor: Actor): void {
  if (!mayExport(actor)) throw new Forbidden('only for who may export personal data')
}

/** The line of the journal that an export leaves behind: who, in which form, of which days, how many rows; nobody's data. */
export function exportLine(
  ctx: Ctx,
  act: 'export.asked' | 'export.made',
  id: string,
  wanted: ExportInput,
  rows: number,
): Write {
  return note(ctx, act, id, { ...wanted, rows })
}
