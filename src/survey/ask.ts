import { requireSystem } from '../base/actor.ts'
import { chunks } from '../base/chunks.ts'
import { addDays, civilDate } from '../base/japan/civil.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { queue } from '../store/outbox.ts'
import { orThrow } from '../store/store.ts'
import { toBeSurveyed } from './queries.ts'

/** Letters per commit, as in `remind`. */
const BATCH = 50

/** Days after a session on which its letters are still queued, if nothing ran on the day after. */
const LATE_DAYS = 7

/**
 * Queues the survey (アンケート) for everybody with an e-mail who had a place yesterday, once for each booking. Sending
 * checks again that it still holds. For the clockwork, once a day in the hours of OFFER_HOURS. Returns how many.
 */
export async function askSurvey(ctx: Ctx): Promise<Ok<{ asked: number }>> {
  requireSystem(ctx.actor)
  const today = civilDate(ctx.clock.now())
  const rows = await toBeSurveyed(ctx, addDays(today, -LATE_DAYS), addDays(today, -1))
  for (const part of chunks(rows, BATCH)) {
    const letters = part.map(({ id, sequence, locale }) =>
      queue(ctx, { kind: 'survey', subject: id, sequence, locale }),
    )
    orThrow(await ctx.store.commit(...letters))
  }
  return ok({ asked: rows.length })
}
