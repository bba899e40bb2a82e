import { requireSystem } from '../base/actor.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import type { Localized } from '../schedule/session.ts'
import { note } from '../store/journal.ts'
import { orThrow } from '../store/store.ts'
import { programmeWrite } from './session-rows.ts'

/**
 * Opens the programme of a fiscal year (1 April to 31 March). Idempotent. Nothing is planned or booked outside a
 * programme.
 */
export async function openProgramme(
  ctx: Ctx,
  input: { fiscalYear: number; name: Localized },
): Promise<Ok<{ programme: string }>> {
  requireSystem(ctx.actor)
  const id = `fy${input.fiscalYear}`
  orThrow(await ctx.store.commit(programmeWrite(ctx, input.fiscalYear, input.name), note(ctx, 'programme.opened', id)))
  return ok({ programme: id })
}
