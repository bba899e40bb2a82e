import { timeOf } from '../../../src/base/hours.ts'
import { isAnonymous } from '../../../src/base/person.ts'
import { standingAt } from '../../../src/base/standing.ts'
import type { Booking } from '../../../src/booking/booking.ts'
import { Facts, PersonName, partyPlaceText } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { sessionDay } from '../../text/day.ts'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { hoursText } from '../../text/when.ts'
import type { DeskView } from '../view.ts'

/** The day and the hours of a booking in words. */
export function timeText(frame: PageContext, booking: Pick<Booking, 'session' | 'slot'>): string {
  const t = texts(frame.locale)
  const time = timeOf(booking)
  if (booking.session.former !== null) return sessionDay(frame.locale, booking.session)
  const hours = time === null ? t.timeUndecided : hoursText(frame.locale, time)
  return `${sessionDay(frame.locale, booking.session)} ${hours}`
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
        [d.place, partyPlaceText(frame.locale, booking)],
        [texts(frame.locale).book.labels.format, texts(frame.locale).format[booking.format]],
        [d.seats, deskTexts(frame.locale).seats(booking.seats)],
        [d.status, texts(frame.locale).standings[standingAt(booking, booking.session, frame.now)]],
      ]}
    />
  )
}

/**
 * For somebody without an e-mail: that they are to be called, and the tick that they know already. If they are
 * `texted`, they get a short message in place of the call.
 */
export function Told(props: Pick<BookingAsked, 'frame' | 'booking'> & { texted: boolean; ticked?: boolean }) {
  const { frame, booking, texted, ticked = false } = props
  const d = deskTexts(frame.locale).booking
  if (booking.email !== null) return null
  return (
    <>
      <p>{texted ? d.getsSms : d.byPhone}</p>
      <label class="choice">
        <input type="checkbox" name="told" value="true" checked={ticked} />
        <span class="choice-label">{texted ? d.toldSms : d.told}</span>
      </label>
    </>
  )
}
