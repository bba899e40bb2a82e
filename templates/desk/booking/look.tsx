import { isOfferPassed, standingAt } from '../../../src/base/standing.ts'
import type { Booking } from '../../../src/booking/booking.ts'
import type { BookingRow } from '../../../src/store/schema.ts'
import type { Values } from '../../fields.tsx'
import { Facts, Notice } from '../../kit.tsx'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { momentText } from '../../text/when.ts'
import { ChangePreviewPage, type Preview } from '../change-preview.tsx'
import type { DeskView } from '../view.ts'
import { Summary, Told, timeText } from './summary.tsx'

/** The view of the page before an act on one booking. `to`: the booking as the act would leave it. */
export type BookingLook = DeskView & {
  booking: Booking
  to: Booking
  act: 'approve' | 'turn-down' | 'promote' | 'restore' | 'meeting'
  values: Values
  preview: Preview
  shown: string
  changed: boolean
  /** The parties that wait before it and would fit its place. */
  passed: Pick<BookingRow, 'number' | 'company' | 'name'>[]
}

const nameOf = ({ number, company, name }: BookingLook['passed'][number]) => `${company} ${name} (${number})`

/** Shows whose booking it is, and the letter or the call, before the act is done. */
export function BookingLookPage(view: BookingLook) {
  const { frame, booking, to, act, preview, values, passed } = view
  const d = deskTexts(frame.locale)
  const path = `/desk/bookings/${booking.id}`
  const isLate = act === 'promote' && isOfferPassed(booking, booking.session, frame.now)
  const late = isLate ? booking.offer_expires_at : null
  const isTimed = timeText(frame, to) !== timeText(frame, booking)
  const titles = {
    approve: d.booking.approve,
    'turn-down': d.booking.turnDown,
    promote: d.booking.promote,
    restore: d.booking.restore,
    meeting: d.booking.meetingSend,
  }
  return (
    <ChangePreviewPage
      {...view}
      title={titles[act]}
      nav="bookings"
      from={[booking.number, path]}
      action={`${path}/${act}`}
      {...(act !== 'meeting' && { back: path })}
      about={
        <section class="card">
          <Summary frame={frame} booking={booking} />
          {late !== null && <Notice what={d.booking.late(momentText(frame.locale, late))} tone="warn" />}
          {act === 'turn-down' && <p>{d.booking.wayBack}</p>}
          {passed.length > 0 && <Notice what={d.booking.passes(passed.map(nameOf))} tone="warn" />}
          {act === 'restore' && (
            <Facts rows={[[d.booking.becomes, texts(frame.locale).standings[standingAt(to, to.session, frame.now)]]]} />
          )}
          {act === 'promote' && isTimed && <Facts rows={[[d.booking.timeGiven, timeText(frame, to)]]} />}
          {act === 'meeting' && <Facts rows={[[d.booking.meeting, String(values.url)]]} />}
        </section>
      }
      concerned={d.session.concerned(preview.parties.length, booking.seats)}
      told={
        preview.calls.length + preview.texted.length > 0 && (
          <Told frame={frame} booking={booking} texted={preview.texted.length > 0} />
        )
      }
      wayBack={act === 'restore' ? d.session.wayBack.restore : undefined}
      go={d.session.go[act]}
    />
  )
}
