import { NotFound, type Ok, ok } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { note } from '../../store/journal.ts'
import { orThrow } from '../../store/store.ts'
import { exportLine, requireExporter } from './exporter.ts'
import type { Rows } from './ledger.ts'
import { exportById } from './list.ts'
import { countLedger, type LedgerRow, ledgerPages } from './rows.ts'

/** After so many rows the journal is told how far an export has come. */
const STRIDE = 5000

/** The same pages; the journal learns how many rows have left, and that they all have. */
async function* watched(ctx: Ctx, id: string, pages: AsyncGenerator<LedgerRow[]>): AsyncGenerator<LedgerRow[]> {
  let sent = 0
  let said = 0
  for await (const rows of pages) {
    yield rows
    sent += rows.length
    if (sent - said < STRIDE) continue
    said = sent
    orThrow(await ctx.store.commit(note(ctx, 'export.sent', id, { rows: sent })))
  }
  orThrow(await ctx.store.commit(note(ctx, 'export.finished', id, { rows: sent })))
}

/**
 * Exports what was asked for by `askForExport`, as `exportLedger` does; how far it has come is in the journal. Only for who
 * asked, within the hour; a second time sends the rows as they are by then. Throws `NotFound`, `Forbidden`.
 */
export async function exportAsked(ctx: Ctx, id: string): Promise<Ok<Rows>> {
  requireExporter(ctx.actor)
  const asked = await exportById(ctx, id)
  if (!asked) throw new NotFound('export')
  const { wanted } = asked
  const rows = await countLedger(ctx, wanted)
  orThrow(await ctx.store.commit(exportLine(ctx, 'export.made', id, wanted, rows)))
  return ok({ export: id, wanted, rows, pages: watched(ctx, id, ledgerPages(ctx, wanted)) })
}
