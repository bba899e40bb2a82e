import { requireSystem } from '../base/actor.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { giveBack } from './conversion.ts'
import { sessionsToGiveBack } from './suspension-queries.ts'

/**
 * Gives every session its formats back that a lifted suspension still holds. Commits one session at a time, so an
 * interruption notifies nobody twice. For the clockwork; idempotent, also in parallel processes. Returns how many it
 * gave back.
 */
export async function giveFormatsBack(ctx: Ctx): Promise<Ok<{ sessions: number }>> {
  requireSystem(ctx.actor)
  let sessions = 0
  for (const held of await sessionsToGiveBack(ctx, ctx.clock.now())) if (await giveBack(ctx, held)) sessions++
  return ok({ sessions })
}
