import { sql } from 'kysely'
import { addDays, civilDate } from '../base/japan/civil.ts'
import { HOLDING } from '../base/vocabulary.ts'
import type { Ctx } from '../context.ts'
import { orThrow } from '../store/store.ts'

/** Days for which a counter stays: its own, and the day after so that a desk can look into it. */
const CAP_DAYS = 2

/**
 * Deletes the counters of days before yesterday, and the sources of bookings that are over or whose day has passed. The
 * counters of places held go with the last such booking.
 */
export async function forgetCaps(ctx: Ctx): Promise<void> {
  const { db } = ctx.store
  const today = civilDate(ctx.clock.now())
  const ahead = db
    .selectFrom('booking')
    .innerJoin('session', 'session.id', 'booking.session')
    .select('booking.id')
    .where('booking.status', 'in', [...HOLDING, 'waiting'])
    .where((eb) =>
      eb.or([eb('session.date', '>=', today), eb('session.date', 'is', null), eb('session.state', '=', 'postponed')]),
    )
  const held = db.selectFrom('cap_booking').select('cap_booking.booking')
  orThrow(
    await ctx.store.commit(
      db.deleteFrom('cap').where('day', '<>', '').where('day', '<=', addDays(today, -CAP_DAYS)),
      db.deleteFrom('cap_booking').where('booking', 'not in', ahead),
      db
        .deleteFrom('cap')
        .where('day', '=', '')
        .where((eb) => eb.not(eb.exists(held.where('cap_booking.key_hash', '=', sql.ref<string>('cap.key_hash'))))),
    ),
  )
}
