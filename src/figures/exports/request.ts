import { newId } from '../../base/id.ts'
import { type Faults, faultsOf } from '../../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { orThrow } from '../../store/store.ts'
import { exportLine, requireExporter } from './exporter.ts'
import { countLedger, ExportInput } from './rows.ts'

/** Asked for: the id under which it is fetched, and how many rows it has; or refused: faulty fields. */
export type Asked = Ok<{ export: string; rows: number }> | Refused<'invalid', { errors: Faults }>

/**
 * Prepares an export that takes a while, so that a page can show how far it has come; nothing leaves yet, and nothing is
 * kept but a line in the journal. For the desk and the secretariat. Throws `Forbidden`.
 */
export async function askForExport(ctx: Ctx, given: unknown): Promise<Asked> {
  requireExporter(ctx.actor)
  const parsed = ExportInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const id = newId(ctx.clock.now())
  const rows = await countLedger(ctx, parsed.data)
  orThrow(await ctx.store.commit(exportLine(ctx, 'export.asked', id, parsed.data, rows)))
  return ok({ export: id, rows })
}
