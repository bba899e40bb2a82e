import { sql } from 'kysely'
import { OVER } from '../base/vocabulary.ts'

/**
 * Whether a row of `booking` is not over. Uses the literals of `booking_once`, because engines match a partial index by
 * its text.
 */
export const isActive = sql<boolean>`booking.status not in (${sql.join(OVER.map((status) => sql.lit(status)))})`
