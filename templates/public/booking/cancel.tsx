import { givenUp } from '../../../src/base/standing.ts'
import { Facts, Notice } from '../../kit.tsx'
import { Layout } from '../../layout.tsx'
import { texts } from '../../text/index.ts'
import { appointment, type Question, ReceiptNumber } from './facts.tsx'

/** Asks before a booking, a turn on the waiting list or an offer is given up. */
export function CancelPage({ frame, booking, token, shown, changed }: Question) {
  const t = texts(frame.locale)
  const { status, drawn } = booking
  const { won, reserve } = { won: t.wait.decliningWon, reserve: t.wait.decliningReserve }
  const declined = drawn === null ? t.wait.declining : { won, reserve }[drawn]
  const asked = { cancelled: t.cancel, left: t.wait.leaving, withdrawn: t.wait.withdrawing, declined }
  const words = asked[givenUp(booking)]
  return (
    <Layout frame={frame} title={`${words.title} ${booking.number}`} nav="lookup" noindex narrow>
      <h1>{words.title}</h1>
      {changed && <Notice what={t.booking.refused.changed} tone="stop" alert />}
      <p>{words.text}</p>
      <section class="card" aria-labelledby="details">
        <ReceiptNumber frame={frame} booking={booking} />
        <h2 id="details">{booking.session.title[frame.locale]}</h2>
        <Facts rows={appointment(frame, booking)} />
      </section>
      <div class="decide">
        <form method="post" action={`/b/${token}/${status === 'offered' ? 'decline' : 'cancel'}`}>
          <input type="hidden" name="shown" value={shown} />
          <button class="btn wide stop" type="submit">
            {words.submit}
          </button>
        </form>
        <a class="btn quiet wide" href={`/b/${token}`}>
          {words.back}
        </a>
      </div>
    </Layout>
  )
}
