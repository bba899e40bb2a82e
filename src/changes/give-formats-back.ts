import { requireSystem } from '../base/actor.ts'
import { atThisInstant } from '../base/clock.ts'
import { type Ok, ok } from '../base/outcome.ts'
import { toldWrites } from '../booking/write/notify.ts'
import type { Ctx } from '../context.ts'
import { sessionById } from '../schedule/queries.ts'
import { isCommitted } from '../store/retry.ts'
import { changeWrites } from './change-session.ts'
import { backWrites } from './conversion.ts'
import { sessionsToGiveBack, suspensionById } from './suspension-queries.ts'

/** How often a session is read again that somebody edits meanwhile. */
const ROUNDS = 5

/**
 * Gives a session its formats back, in a commit of its own, while its suspension holds it. Returns whether it did.
 * Another process that was faster did it instead.
 */
export async function giveBack(ctx: Ctx, held: { id: string; suspension: string }): Promise<boolean> {
  for (let round = 0; round < ROUNDS; round++) {
    const session = await sessionById(ctx, held.id)
    if (!session || session.suspension !== held.suspension) return false
    const at = atThisInstant(ctx)
    const { told = '' } = (await suspensionById(ctx, held.suspension)) ?? {}
    const back = await backWrites(at, session, null, { keeping: true })
    const known = toldWrites(at, held.id, told.split(','))
    if (isCommitted(await ctx.store.commit(...changeWrites(at, session, ...back, ...known)))) return true
  }
  return false
}

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
