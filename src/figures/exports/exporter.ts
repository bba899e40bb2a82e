import { type Actor, Forbidden } from '../../base/actor.ts'
import type { Ctx } from '../../context.ts'
import { note } from '../../store/journal.ts'
import type { Write } from '../../store/store.ts'
import type { ExportInput } from './rows.ts'

/** Whether the actor may export personal data: the desk and the secretariat, never viewers. */
export function mayExport(actor: Actor): boolean {
  return actor.kind === 'system' || (actor.kind === 'staff' && (actor.role === 'desk' || actor.role === 'secretariat'))
}

/** First line of every act that exports personal data. Throws `Forbidden`. */
export function requireExporter(actor: Actor): void {
  if (!mayExport(actor)) throw new Forbidden('only for who may export personal data')
}

/** The journal line of an export: actor, form, days and number of rows, without personal data. */
export function exportLine(
  ctx: Ctx,
  act: 'export.asked' | 'export.made',
  id: string,
  wanted: ExportInput,
  rows: number,
): Write {
  return note(ctx, act, id, { ...wanted, rows })
}
