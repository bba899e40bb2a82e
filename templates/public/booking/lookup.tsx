import type { Faults } from '../../../src/base/input.ts'
import { ErrorSummary, Meant, one, TextField, type Values } from '../../fields.tsx'
import { Notice } from '../../kit.tsx'
import { Layout, type PageContext } from '../../layout.tsx'
import { texts } from '../../text/index.ts'

function Find({ frame, values, errors }: { frame: PageContext; values: Values; errors: Faults }) {
  const t = texts(frame.locale)
  return (
    <section class="card" aria-labelledby="find">
      <h2 id="find">{t.lookup.byNumber}</h2>
      <p>{t.lookup.byNumberText}</p>
      <form method="post" action="/lookup" novalidate>
        <TextField
          frame={frame}
          name="number"
          label={t.book.labels.number}
          required
          help={t.lookup.numberHelp}
          error={errors.number}
          value={one(values, 'number')}
          autocomplete="off"
        />
        <TextField
          frame={frame}
          name="phone"
          label={t.book.labels.phone}
          required
          error={errors.phone}
          value={one(values, 'phone')}
          type="tel"
          inputmode="tel"
          autocomplete="tel"
        />
        <button class="btn" type="submit">
          {t.lookup.find}
        </button>
      </form>
    </section>
  )
}

/** Finds a booking without its link, or sends the link. The answer is the same for every address. */
export function LookupPage(props: {
  frame: PageContext
  values: Values
  errors: Faults
  sent: boolean
  /** Whether no booking was found. The page does not say which of the two values was wrong. */
  unknown: boolean
}) {
  const { frame, values, errors, sent, unknown } = props
  const t = texts(frame.locale)
  const faulty = Object.keys(errors).length > 0 || unknown
  return (
    <Layout frame={frame} title={`${faulty ? `${t.book.faultTab}: ` : ''}${t.lookup.title}`} nav="lookup" narrow>
      <h1>{t.lookup.title}</h1>
      {sent && (
        <div class="notice is-done" role="status">
          <p>
            <b>{t.lookup.sent}</b>
          </p>
          <p>{t.lookup.sentText}</p>
        </div>
      )}
      {unknown && <Notice what={t.lookup.unknown} tone="stop" alert />}
      <ErrorSummary frame={frame} errors={errors} fields={['email', 'number', 'phone']} />
      <section class="card" aria-labelledby="link">
        <h2 id="link">{t.lookup.byEmail}</h2>
        <p>{t.lookup.lead}</p>
        <form id="form" method="post" action="/lookup/link" novalidate>
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
          <button class="btn" type="submit">
            {t.lookup.submit}
          </button>
        </form>
      </section>
      <Find frame={frame} values={values} errors={errors} />
      <p class="soft">
        {t.lookup.noEmail} <a href="/desks">{t.lookup.desks}</a>
      </p>
    </Layout>
  )
}
