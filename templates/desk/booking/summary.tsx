import { standingOf } from '../../../src/base/standing.ts'
import { type Booking, isAnonymous } from '../../../src/booking/booking.ts'
import { Facts, PersonName, placeText } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { dateText, hoursText } from '../../text/when.ts'
import type { DeskView } from '../view.ts'

/** The day and the hours of a booking in words. */
export function timeText(frame: PageContext, { session, slot }: Pick<Booking, 'session' | 'slot'>): string {
  const t = texts(frame.locale)
  const { starts_at, ends_at } = slot ?? session
  const hours =
    starts_at !== null && ends_at !== null ? hoursText(frame.locale, { starts_at, ends_at }) : t.timeUndecided
  return `${session.date === null ? t.dateUndecided : dateText(frame.locale, session.date)} ${hours}`
}

/** The view of a page that asks one question about a booking. */
export type BookingAsked = DeskView & { booking: Booking }

/** Whose booking it is, for when, and its status. */
export function Summary({ frame, booking }: Pick<BookingAsked, 'frame' | 'booking'>) {
  const d = deskTexts(frame.locale).booking
  return (
    <Facts
      rows={[
        [
          d.name,
          <>
            <bdi>{booking.company}</bdi> {isAnonymous(booking) ? d.erased : <PersonName who={booking} />}
          </>,
        ],
        [d.time, timeText(frame, booking)],
        [d.place, placeText(frame.locale, booking.session)],
        [texts(frame.locale).book.labels.format, texts(frame.locale).format[booking.format]],
        [d.seats, deskTexts(frame.locale).seats(booking.seats)],
        [d.status, texts(frame.locale).standings[standingOf(booking, booking.session)]],
      ]}
    />
  )
}

/** For somebody without an e-mail: that they are to be called, and the tick that they know already. */
export function Told({ frame, booking }: Pick<BookingAsked, 'frame' | 'booking'>) {
  const d = deskTexts(frame.locale).booking
  if (booking.email !== null) return null
  return (
    <>
      <p>{d.byPhone}</p>
      <label class="choice">
        <input type="checkbox" name="told" value="true" />
        <span class="choice-label">{d.told}</span>
      </label>
    </>
  )
}
