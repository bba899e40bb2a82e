import type { CivilDate } from '../../base/japan/civil.ts'
import type { StandingRow } from '../../base/standing.ts'
import { STATUS } from '../../base/vocabulary.ts'
import type { Ctx } from '../../context.ts'
import { withinReach } from '../../store/reach.ts'
import type { BookingRow } from '../../store/schema.ts'
import { STANDING } from '../queries.ts'

/** A booking of somebody who calls, for the desk to see while they talk. */
export type EarlierBooking = Pick<BookingRow, 'id' | 'number' | 'company' | 'name' | 'note'> &
  StandingRow & { date: CivilDate | null }

/** What is known of a firm by its telephone. All counts are of bookings. */
export type KnownFirm = {
  bookings: number
  /** Visits in the fiscal year of `today`: made, and still to come. */
  came: number
  ahead: number
  /** In all years. */
  absences: number
  /** The newest five, by the day of the session. */
  newest: EarlierBooking[]
  /** The newest three with a note of the desk. */
  noted: EarlierBooking[]
}

/** The most bookings of one telephone that are read. */
const MOST = 200

/**
 * What is known of the firm with this telephone, in digits. Null if nothing is. Of prefectures that the asker may read.
 * One query.
 */
export async function firmOf(ctx: Ctx, digits: string, today: CivilDate): Promise<KnownFirm | null> {
  if (digits === '') return null
  const rows = await ctx.store.db
    .selectFrom('booking')
    .innerJoin('session', 'session.id', 'booking.session')
    .innerJoin('programme', 'programme.id', 'session.programme')
    .select(['booking.id', 'booking.number', 'booking.company', 'booking.name', 'booking.note', 'session.date'])
    .select(STANDING)
    .select(['programme.starts_on', 'programme.ends_on'])
    .where('booking.phone_digits', '=', digits)
    .where(withinReach(ctx, 'session.prefecture'))
    .orderBy('session.date', 'desc')
    .orderBy('booking.id', 'desc')
    .limit(MOST)
    .execute()
  if (rows.length === 0) return null
  const now = rows.filter(({ starts_on, ends_on }) => starts_on <= today && today <= ends_on)
  return {
    bookings: rows.length,
    came: now.filter(({ status }) => status === 'attended').length,
    ahead: now.filter(({ status }) => STATUS[status].live && STATUS[status].holds).length,
    absences: rows.filter(({ status }) => status === 'absent').length,
    newest: rows.slice(0, 5),
    noted: rows.filter(({ note }) => note !== '').slice(0, 3),
  }
}
