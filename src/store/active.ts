import { sql } from 'kysely'
import { OVER } from '../base/vocabulary.ts'

/** Whether a row of `booking` is not over. Literals as in `booking_once`, or no engine sees that its partial index serves. */
export const isActive = sql<boolean>`booking.status not in (${sql.join(OVER.map((status) => sql.lit(status)))})`
