import { STATUS } from '../../../src/base/vocabulary.ts'
import { Facts, Notice } from '../../kit.tsx'
import { Layout, type PageContext } from '../../layout.tsx'
import { texts } from '../../text/index.ts'
import { appointment, person, type Question, ReceiptNumber } from './facts.tsx'

/** Asks before personal data is erased: says what is erased and what remains. */
export function ErasePage({ frame, booking, token, shown, changed }: Question) {
  const t = texts(frame.locale)
  const { erase } = t.booking
  return (
    <Layout frame={frame} title={`${erase.ask} ${booking.number}`} nav="lookup" noindex narrow>
      <h1>{erase.ask}</h1>
      {changed && <Notice what={t.booking.refused.changed} tone="stop" alert />}
      {STATUS[booking.status].live && <Notice what={{ what: erase.ahead, next: '' }} tone="warn" />}
      <p>{erase.text}</p>
      <p class="soft">{erase.rest}</p>
      <section class="card" aria-labelledby="details">
        <ReceiptNumber frame={frame} booking={booking} />
        <h2 id="details">{booking.session.title[frame.locale]}</h2>
        <Facts rows={[...appointment(frame, booking), ...person(frame, booking)]} />
      </section>
      <div class="decide">
        <form method="post" action={`/b/${token}/erase`}>
          <input type="hidden" name="shown" value={shown} />
          <button class="btn wide stop" type="submit">
            {erase.submit}
          </button>
        </form>
        <a class="btn quiet wide" href={`/b/${token}`}>
          {erase.back}
        </a>
      </div>
    </Layout>
  )
}

/** The page after personal data was erased. */
export function ErasedPage({ frame }: { frame: PageContext }) {
  const t = texts(frame.locale)
  const { done, doneText } = t.booking.erase
  return (
    <Layout frame={frame} title={done} nav="lookup" noindex narrow>
      <h1>{done}</h1>
      <p>{doneText}</p>
      <p>
        <a href="/calendar?view=list">{t.booking.again}</a>
      </p>
    </Layout>
  )
}
