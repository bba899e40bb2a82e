import { requireSystem } from '../base/actor.ts'
import { atThisInstant } from '../base/clock.ts'
import { civilDate } from '../base/japan/civil.ts'
import { type Ok, ok } from '../base/outcome.ts'
import { isInPerson } from '../base/seating.ts'
import { toldWrites } from '../booking/write/notify.ts'
import type { Ctx } from '../context.ts'
import { sessionById } from '../schedule/queries.ts'
import { isCommitted } from '../store/retry.ts'
import { changeWrites } from './change-session.ts'
import { conversionWrites } from './conversion.ts'
import { suspendedSessions, suspensionsInForce, whileInForce } from './suspension-queries.ts'

/**
 * Converts every session that a suspension in force reaches and that is still held in person. Commits one session at a
 * time, so an interruption notifies nobody twice. For the clockwork; idempotent, also in parallel processes. Returns
 * how many it converted.
 */
export async function applySuspensions(ctx: Ctx): Promise<Ok<{ converted: number }>> {
  requireSystem(ctx.actor)
  const now = ctx.clock.now()
  let done = 0
  for (const suspension of await suspensionsInForce(ctx, civilDate(now))) {
    const { id, format: into, reason_ja: ja, reason_en: en } = suspension
    for (const each of await suspendedSessions(ctx, suspension, now)) {
      const session = await sessionById(ctx, each)
      if (!session || !isInPerson(session) || session.status === 'held') continue
      const at = atThisInstant(ctx)
      const converted = conversionWrites(at, session, { into, reason: { ja, en }, suspension: id })
      const known = toldWrites(at, each, suspension.told.split(','))
      const written = await ctx.store.commit(
        ...whileInForce(at, id),
        ...changeWrites(at, session, ...converted, ...known),
      )
      if (isCommitted(written)) done++
    }
  }
  return ok({ converted: done })
}
