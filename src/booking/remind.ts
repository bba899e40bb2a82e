import { requireSystem } from '../base/actor.ts'
import { chunks } from '../base/chunks.ts'
import { addDays, civilDate, instantAt } from '../base/japan/civil.ts'
import { type Ok, ok } from '../base/outcome.ts'
import type { Ctx } from '../context.ts'
import { noteAll } from '../store/journal.ts'
import { expireCalls, queue } from '../store/outbox.ts'
import { orThrow } from '../store/store.ts'
import { toBeReminded } from './queries.ts'

/** Reminders per commit, so that a large day never locks the database for long. */
const BATCH = 50

/**
 * Queues the reminder (前日のご案内) for everybody with a place tomorrow, once for each booking and day. People
 * without e-mail are on the call list until the day begins. People who got a letter or call today that names the day get none. Sending
 * checks again that it still holds. For the clockwork, once a day in the hours of OFFER_HOURS. Returns how many.
 */
export async function remind(ctx: Ctx): Promise<Ok<{ reminded: number }>> {
  requireSystem(ctx.actor)
  const today = civilDate(ctx.clock.now())
  const tomorrow = addDays(today, 1)
  const midnight = instantAt(today, '00:00')
  orThrow(await ctx.store.commit(expireCalls(ctx, 'reminder', midnight)))
  const rows = await toBeReminded(ctx, tomorrow, midnight)
  for (const batch of chunks(rows, BATCH)) {
    const ids = batch.flatMap(({ id, email }) => (email === null ? [] : [id]))
    const those = ctx.store.db.selectFrom('booking').where('id', 'in', ids)
    orThrow(
      await ctx.store.commit(
        ...batch.map(({ id, sequence, locale, email }) => {
          const channel = email === null ? 'phone' : 'mail'
          return queue(ctx, { kind: 'reminder', subject: id, sequence, locale, dedupe_key: tomorrow, channel })
        }),
        ...(ids.length > 0 ? [noteAll(ctx, 'booking.reminded', those, { date: tomorrow })] : []),
      ),
    )
  }
  return ok({ reminded: rows.length })
}
