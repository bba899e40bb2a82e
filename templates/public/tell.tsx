import type { Faults } from '../../src/base/input.ts'
import type { Interest } from '../../src/interest/interest.ts'
import type { Session } from '../../src/schedule/session.ts'
import { ErrorSummary, Meant, one, TextField, type Values } from '../fields.tsx'
import { Facts, Notice, SampleNote } from '../kit.tsx'
import { Layout, type PageContext } from '../layout.tsx'
import { texts } from '../text/index.ts'
import { momentText } from '../text/when.ts'
import { Consent } from './consent.tsx'
import { sessionRows } from './session-facts.tsx'

/** The form that asks for a letter when the date of a session is set. */
export function TellForm(props: { frame: PageContext; session: Session; values?: Values; errors?: Faults }) {
  const { frame, session, values = {}, errors = {} } = props
  const t = texts(frame.locale)
  return (
    <section class="card" aria-labelledby="tell">
      <h2 id="tell">{t.tell.title}</h2>
      <p>{session.status === 'postponed' ? t.tell.leadPostponed : t.tell.lead}</p>
      <form id="form" method="post" action={`/sessions/${session.id}/tell`} novalidate>
        <input type="hidden" name="locale" value={frame.locale} />
        <Meant frame={frame} values={values} />
        <TextField
          frame={frame}
          name="email"
          label={t.book.labels.email}
          required
          error={errors.email}
          value={one(values, 'email')}
          type="email"
          inputmode="email"
          autocomplete="email"
        />
        <Consent frame={frame} values={values} error={errors.consent} words={t.tell.consent} />
        <button class="btn" type="submit">
          {t.tell.submit}
        </button>
      </form>
    </section>
  )
}

/** The answer: the form with its faults, or that a letter was sent. It is the same for every address. */
export function TellPage(props: {
  frame: PageContext
  session: Session
  values: Values
  errors: Faults
  sent: boolean
}) {
  const { frame, session, sent, values, errors } = props
  const t = texts(frame.locale)
  const faulty = Object.keys(errors).length > 0
  return (
    <Layout
      frame={frame}
      title={`${faulty ? `${t.book.faultTab}: ` : ''}${t.tell.title} ${session.title[frame.locale]}`}
      nav="calendar"
      noindex
      narrow
    >
      <h1>{session.title[frame.locale]}</h1>
      {sent ? (
        <Notice what={t.tell.sent} tone="done" />
      ) : (
        <>
          <ErrorSummary frame={frame} errors={errors} fields={['email', 'consent']} />
          <TellForm frame={frame} session={session} values={values} errors={errors} />
        </>
      )}
      <p>
        <a href={`/sessions/${session.id}`}>{t.booking.sessionLink}</a>
      </p>
    </Layout>
  )
}

/** The page behind the link of a letter: confirm, or end the interest. Opening it changes nothing. */
export function InterestPage({
  frame,
  interest,
  token,
  first,
}: {
  frame: PageContext
  interest: Interest
  token: string
  first: boolean
}) {
  const t = texts(frame.locale)
  const { session_view: session, state } = interest
  const { asked, confirmed, notified } = t.tell
  const off = session.status === 'called_off' ? t.tell.off : session.status === 'held' ? t.tell.over : null
  const goes = first && session.remaining !== 0
  const firstUntil: [string, string] | null =
    goes && interest.first_until !== null
      ? [t.tell.first, t.until(momentText(frame.locale, interest.first_until))]
      : null
  const words = off ?? { asked, confirmed, notified, ended: t.tell.ended }[state]
  return (
    <Layout frame={frame} title={t.tell.page} nav="calendar" noindex narrow>
      <h1>{t.tell.page}</h1>
      <SampleNote frame={frame} session={session} />
      <Notice what={{ what: words, next: '' }} tone={state === 'asked' ? 'warn' : 'calm'} />
      <section class="card" aria-labelledby="details">
        <h2 id="details">{session.title[frame.locale]}</h2>
        <Facts rows={[...sessionRows(frame, session), firstUntil]} />
      </section>
      <div class="decide">
        {state === 'asked' && off === null && (
          <form method="post" action={`/tell/${token}/confirm`}>
            <button class="btn wide" type="submit">
              {t.tell.confirm}
            </button>
          </form>
        )}
        {goes && (
          <a class="btn wide" href={`/sessions/${session.id}/book?first=${token}`}>
            {t.tell.book}
          </a>
        )}
        {state !== 'ended' && (
          <form method="post" action={`/tell/${token}/end`}>
            <button class="btn quiet wide stop" type="submit">
              {t.tell.end}
            </button>
          </form>
        )}
      </div>
    </Layout>
  )
}
