import { freedBy } from '../../../src/base/seating.ts'
import { givenUp } from '../../../src/base/standing.ts'
import { STATUS } from '../../../src/base/vocabulary.ts'
import { Crumbs, Notice } from '../../kit.tsx'
import { deskTexts } from '../../text/desk.ts'
import { Console } from '../console.tsx'
import { type BookingAsked, Summary, Told } from './summary.tsx'

/** Asks whether a booking is really to be cancelled. */
export function CancelPage({
  frame,
  staff,
  booking,
  shown,
  changed,
  texted,
}: BookingAsked & { shown: string; changed: boolean; texted: boolean }) {
  const d = deskTexts(frame.locale).booking
  const { session, status } = booking
  const what = givenUp(booking)
  const waited = session.waiting > 0 && (session.acceptance !== 'lottery' || session.draw === 'announced')
  const freed = waited ? freedBy(booking, frame.now) : 'nobody'
  return (
    <Console frame={frame} staff={staff} title={d.cancelTitle[what]} nav="bookings">
      <Crumbs frame={frame} links={[[booking.number, `/desk/bookings/${booking.id}`]]} />
      <h1>{d.cancelTitle[what]}</h1>
      {changed && <Notice what={deskTexts(frame.locale).session.changedSince} tone="stop" alert />}
      <section class="card">
        <Summary frame={frame} booking={booking} />
      </section>
      <p>
        {STATUS[status].holds && d.cancelText[freed]}
        {booking.email !== null && d.cancelMail}
      </p>
      {STATUS[status].holds && <p>{d.wayBack}</p>}
      <form action={`/desk/bookings/${booking.id}/cancel`} method="post">
        <input type="hidden" name="shown" value={shown} />
        <Told frame={frame} booking={booking} texted={texted} />
        <p class="acts">
          <button class="btn stop" type="submit">
            {d.cancel[what]}
          </button>
          <a class="btn quiet" href={`/desk/bookings/${booking.id}`}>
            {d.cancelNo}
          </a>
        </p>
      </form>
    </Console>
  )
}
