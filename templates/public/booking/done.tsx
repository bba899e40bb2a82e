import { isEntry } from '../../../src/base/seating.ts'
import type { Booking } from '../../../src/booking/booking.ts'
import { Facts, PrintButton, SampleNote, Steps } from '../../kit.tsx'
import { Layout, type PageContext } from '../../layout.tsx'
import { texts } from '../../text/index.ts'
import {
  AddToCalendar,
  ArrivalCode,
  AskExpert,
  appointment,
  type Links,
  person,
  Queue,
  ReceiptNumber,
} from './facts.tsx'

/** The third step: the place is taken, or the party is on the waiting list. */
export function DonePage({
  frame,
  booking,
  token,
  qr,
  mailed,
  ...links
}: { frame: PageContext; booking: Booking; token: string; qr: string | null; mailed: boolean } & Links) {
  const t = texts(frame.locale)
  const requested = booking.status === 'requested'
  const waits = booking.status === 'waiting'
  const applied = waits || requested
  const entry = isEntry(booking)
  const title = entry ? t.done.entered : waits ? t.wait.done : requested ? t.done.requested : t.done.title
  return (
    <Layout frame={frame} title={title} nav="calendar" noindex narrow>
      <Steps frame={frame} at={2} />
      <h1>{title}</h1>
      <SampleNote frame={frame} session={booking.session} />
      {requested && <p>{t.done.requestedText}</p>}
      {entry && <p>{t.done.enteredText}</p>}
      {waits && !entry && <Queue frame={frame} booking={booking} />}
      <div class="card receipt">
        <ReceiptNumber frame={frame} booking={booking} />
        <p class="soft small">{applied ? t.done.keepApplied : t.done.keep}</p>
        {qr !== null && <ArrivalCode frame={frame} qr={qr} />}
      </div>
      {mailed && booking.email !== null && (
        <p>
          {applied ? t.done.noticeMailed(booking.email) : t.done.mailed(booking.email)}{' '}
          <span class="soft">{applied ? t.done.noNotice : t.done.noMail}</span>
        </p>
      )}
      <section class="card" aria-labelledby="details">
        <h2 id="details">{booking.session.title[frame.locale]}</h2>
        <Facts rows={[...appointment(frame, booking), ...person(frame, booking)]} />
      </section>
      <p class="after">
        <a class="btn" href={`/b/${token}`}>
          {applied ? t.done.manageEntry : t.done.manage}
        </a>{' '}
        <PrintButton frame={frame} />
      </p>
      {!applied && <AddToCalendar frame={frame} token={token} links={links} />}
      <section aria-labelledby="expert">
        <h2 id="expert">{t.home.forward}</h2>
        <p class="soft">{t.home.expertText}</p>
        <AskExpert frame={frame} token={token} />
      </section>
    </Layout>
  )
}
