import { type SelectQueryBuilder, sql } from 'kysely'
import type { Schema } from './schema.ts'

/** Sorts waiting bookings in queue order: by draw, then time, then number. For `$call`. */
export function inQueueOrder<O>(waiting: SelectQueryBuilder<Schema, 'booking', O>) {
  return waiting
    .orderBy('booking.draw_order')
    .orderBy('booking.created_at')
    .orderBy(sql`length(booking.number)`)
    .orderBy('booking.number')
}
