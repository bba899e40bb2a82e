import type { StaffAct } from '../../../src/booking/acts-for.ts'
import { Notice, Receipt } from '../../kit.tsx'
import { deskTexts } from '../../text/desk.ts'
import { Console } from '../console.tsx'
import { type BookingAsked, Summary } from './summary.tsx'

/** The page behind the QR code of a confirmation: one large button. */
export function ArrivePage(view: BookingAsked & { acts: ReadonlySet<StaffAct>; shown: string }) {
  const { frame, staff, booking, acts, shown } = view
  const d = deskTexts(frame.locale)
  return (
    <Console frame={frame} staff={staff} title={d.booking.arrive} nav="today">
      <h1>{d.booking.arrive}</h1>
      <section class="card">
        <Summary frame={frame} booking={booking} />
      </section>
      {booking.status === 'booked' && !acts.has('attended') && (
        <Notice what={{ what: d.booking.arriveEarly, next: '' }} />
      )}
      {booking.status === 'booked' && acts.has('attended') ? (
        <form action={`/desk/bookings/${booking.id}/attend`} method="post">
          <p>{d.booking.arriveText}</p>
          <input type="hidden" name="back" value="today" />
          <input type="hidden" name="shown" value={shown} />
          <button class="btn wide" type="submit">
            {d.booking.come}
          </button>
        </form>
      ) : (
        <p>
          <a href={`/desk/bookings/${booking.id}`}>
            <Receipt number={booking.number} />
          </a>
        </p>
      )}
    </Console>
  )
}
