import { requireFreshProof } from '../../base/actor.ts'
import { newId } from '../../base/id.ts'
import { type Faults, faultsOf } from '../../base/input.ts'
import { type Ok, ok, type Refused, refused } from '../../base/outcome.ts'
import type { Ctx } from '../../context.ts'
import { note } from '../../store/journal.ts'
import { orThrow } from '../../store/store.ts'
import { requireExporter } from './exporter.ts'
import { countLedger, ExportInput } from './rows.ts'

/** Accepted: the id to download it under, and the number of its rows. Refused: faulty fields. */
export type Asked = Ok<{ export: string; rows: number }> | Refused<'invalid', { errors: Faults }>

/**
 * Prepares a long export, so that a page can show its progress. No row leaves yet; only a journal line is written. For
 * the desk and the secretariat. Throws `Forbidden` or `StaleProof`.
 */
export async function askForExport(ctx: Ctx, given: unknown): Promise<Asked> {
  requireExporter(ctx.actor)
  requireFreshProof(ctx)
  const parsed = ExportInput.safeParse(given)
  if (!parsed.success) return refused('invalid', { errors: faultsOf(parsed.error) })
  const id = newId(ctx.clock.now())
  const rows = await countLedger(ctx, parsed.data)
  orThrow(await ctx.store.commit(note(ctx, 'export.asked', id, { ...parsed.data, searched: false, rows })))
  return ok({ export: id, rows })
}
