import { newId } from '../../base/id.ts'
import { type Faults, faultsOf } from '../../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { orThrow } from '../../store/store.ts'
import { exportLine, requireExporter } from './exporter.ts'
import { countLedger, ExportInput, type LedgerRow, ledgerPages } from './rows.ts'

/** What is exported, how many rows it has, and the rows, which are read as they are asked for. */
export type Rows = { export: string; wanted: ExportInput; rows: number; pages: AsyncGenerator<LedgerRow[]> }

/** Exported, or refused: faulty fields. */
export type Exported = Ok<Rows> | Refused<'invalid', { errors: Faults }>

/**
 * Exports bookings of the ledger within reach. Who, which and how many is in the journal before the first row leaves. For
 * the desk and the secretariat: they alone may take personal data along. Throws `Forbidden`.
 */
export async function exportLedger(ctx: Ctx, given: unknown): Promise<Exported> {
  requireExporter(ctx.actor)
  const parsed = ExportInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const wanted = parsed.data
  const id = newId(ctx.clock.now())
  const rows = await countLedger(ctx, wanted)
  orThrow(await ctx.store.commit(exportLine(ctx, 'export.made', id, wanted, rows)))
  return ok({ export: id, wanted, rows, pages: ledgerPages(ctx, wanted) })
}
