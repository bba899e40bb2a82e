import { requireFreshProof } from '../../base/actor.ts'
import { NotFound, type Ok, ok } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { note } from '../../store/journal.ts'
import { orThrow } from '../../store/store.ts'
import { requireExporter } from './exporter.ts'
import type { Rows } from './ledger.ts'
import { exportById } from './list.ts'
import { questionsOfExport } from './questions.ts'
import { countLedger, type LedgerRow, ledgerPages } from './rows.ts'

/** Rows between two progress lines in the journal. */
const STRIDE = 5000

/** Returns the same pages, and writes progress and completion to the journal. */
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
 * Runs the export that `askForExport` prepared, and writes its progress to the journal. Only its requester may, within
 * an hour. A second run exports the rows of that moment. Throws `NotFound`, `Forbidden` or `StaleProof`.
 */
export async function exportAsked(ctx: Ctx, id: string): Promise<Ok<Rows>> {
  requireExporter(ctx.actor)
  requireFreshProof(ctx)
  const asked = await exportById(ctx, id)
  if (!asked) throw new NotFound('export')
  const { wanted } = asked
  const rows = await countLedger(ctx, wanted)
  orThrow(await ctx.store.commit(note(ctx, 'export.made', id, { ...wanted, searched: false, rows })))
  const questions = await questionsOfExport(ctx, wanted)
  return ok({ export: id, wanted, rows, questions, pages: watched(ctx, id, ledgerPages(ctx, wanted)) })
}
