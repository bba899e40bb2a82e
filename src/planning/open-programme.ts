import { requireSystem } from '../base/actor.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import type { Localized } from '../schedule/session.ts'
import { note } from '../store/journal.ts'
import { orThrow } from '../store/store.ts'

/**
 * Opens the programme of a fiscal year (1 April to 31 March). Idempotent. Nothing is planned or booked outside a
 * programme.
 */
export async function openProgramme(
  ctx: Ctx,
  input: { fiscalYear: number; name: Localized },
): Promise<Ok<{ programme: string }>> {
  requireSystem(ctx.actor)
  const { fiscalYear: year, name } = input
  const id = `fy${year}`
  const row = {
    id,
    fiscal_year: year,
    name_ja: name.ja,
    name_en: name.en,
    starts_on: `${year}-04-01`,
    ends_on: `${year + 1}-03-31`,
  }
  orThrow(
    await ctx.store.commit(
      ctx.store.db
        .insertInto('programme')
        .values(row)
        .onConflict((oc) => oc.doNothing()),
      note(ctx, 'programme.opened', id),
    ),
  )
  return ok({ programme: id })
}
