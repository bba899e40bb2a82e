import { type SelectQueryBuilder, sql } from 'kysely'
import type { Schema } from './schema.ts'

/**
 * Sorts waiting bookings in queue order: by draw, then time, then number. People who came after a draw are behind all its
 * reserves. For `$call`.
 */
export function inQueueOrder<O>(waiting: SelectQueryBuilder<Schema, 'booking', O>) {
  return (
    waiting
      // Engines differ in where null comes.
      .orderBy((eb) => eb('booking.draw_order', 'is', null))
      .orderBy('booking.draw_order')
      .orderBy('booking.created_at')
      .orderBy(sql`length(booking.number)`)
      .orderBy('booking.number')
  )
}
