import { plusMinutes } from '../base/clock.ts'
import { civilDate } from '../base/japan/civil.ts'
import type { Ctx } from '../context.ts'
import { withinReach } from '../store/reach.ts'
import type { BookingRow, SessionRow } from '../store/schema.ts'

/** How many days the desk sees an erasure on its page of today. */
const SHOWN_DAYS = 3

/** A booking that its person cancelled by erasing their data, without anything about them. */
export type ErasedAhead = Pick<BookingRow, 'id' | 'number' | 'seats' | 'cancelled_at'> &
  Pick<SessionRow, 'date' | 'prefecture' | 'title_ja' | 'title_en'> & { session: string }

/**
 * The bookings of coming days whose people erased their data in the last three days, the newest first.
 * Of prefectures that the asker may read; at most 50. One query.
 */
export async function erasedAhead(ctx: Ctx): Promise<ErasedAhead[]> {
  const now = ctx.clock.now()
  return ctx.store.db
    .selectFrom('booking')
    .innerJoin('session', 'session.id', 'booking.session')
    .select(['booking.id', 'booking.number', 'booking.seats', 'booking.cancelled_at', 'session.id as session'])
    .select(['session.date', 'session.prefecture', 'session.title_ja', 'session.title_en'])
    .where('session.date', '>=', civilDate(now))
    .where((eb) => eb.or([eb('session.ends_at', 'is', null), eb('session.ends_at', '>', now)]))
    .where('booking.status', '=', 'cancelled')
    .where('booking.phone', '=', '')
    .where('booking.cancelled_at', '>', plusMinutes(now, -SHOWN_DAYS * 24 * 60))
    .where(withinReach(ctx, 'session.prefecture'))
    .orderBy('booking.cancelled_at', 'desc')
    .orderBy('booking.id')
    .limit(50)
    .execute()
}
