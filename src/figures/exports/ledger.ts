import { requireFreshProof } from '../../base/actor.ts'
import { newId } from '../../base/id.ts'
import { type Faults, faultsOf } from '../../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Question } from '../../base/questions.ts'
import type { Ctx } from '../../context.ts'
import { note } from '../../store/journal.ts'
import { orThrow } from '../../store/store.ts'
import { requireExporter } from './exporter.ts'
import { questionsOfExport } from './questions.ts'
import { countLedger, ExportInput, type LedgerRow, ledgerPages } from './rows.ts'

/** The wanted export, the number of its rows, and the rows, which are read page by page. */
export type Rows = {
  export: string
  wanted: ExportInput
  rows: number
  /** The questions that have a column each. */
  questions: Question[]
  pages: AsyncGenerator<LedgerRow[]>
}

/** Exported, or refused: faulty fields. */
export type Exported = Ok<Rows> | Refused<'invalid', { errors: Faults }>

/**
 * Exports the bookings of the ledger that the actor may read. With `text` only those that a search for it finds. The
 * journal line is written before the first row leaves. It says that there was a search, not for what. For the desk and
 * the secretariat, who may export personal data. Throws `Forbidden` or `StaleProof`.
 */
export async function exportLedger(ctx: Ctx, given: unknown, text?: string): Promise<Exported> {
  requireExporter(ctx.actor)
  requireFreshProof(ctx)
  const parsed = ExportInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const wanted = parsed.data
  const id = newId(ctx.clock.now())
  const rows = await countLedger(ctx, { ...wanted, text })
  const searched = text !== undefined
  orThrow(await ctx.store.commit(note(ctx, 'export.made', id, { ...wanted, searched, rows })))
  const questions = await questionsOfExport(ctx, { ...wanted, text })
  return ok({ export: id, wanted, rows, questions, pages: ledgerPages(ctx, { ...wanted, text }) })
}
