import type { Faults } from '../../../src/base/input.ts'
import type { CivilDate } from '../../../src/base/japan/civil.ts'
import type { Desk } from '../../../src/people/desk.ts'
import { CONSULT_FIELDS, consultLabels, FirmFields, MatterFields } from '../../consult-fields.tsx'
import { ErrorSummary, faultText, one, type Values } from '../../fields.tsx'
import { DeskPhones, Facts, Notice, Steps } from '../../kit.tsx'
import { Layout, type PageContext } from '../../layout.tsx'
import { consultTexts } from '../../text/consult.ts'
import { texts } from '../../text/index.ts'
import type { What } from '../../text/spoken.ts'
import { dateText } from '../../text/when.ts'

/** The desk to call; undefined if there is none. */
export type Called = Pick<Desk, 'name' | 'phones' | 'hours'> | undefined

/** Purpose, holder, receivers and retention, beside the checkbox of consent. */
function Consent({ frame, values, errors }: { frame: PageContext; values: Values; errors: Faults }) {
  const t = texts(frame.locale)
  return (
    <section class="consent" aria-labelledby="consent-title">
      <h2 id="consent-title">{t.book.consentTitle}</h2>
      <Facts
        rows={Object.values(consultTexts(frame.locale).form.consent).map(([name, text]) => [name ?? '', text ?? ''])}
      />
      <p>
        <a href="/about/privacy" target="_blank" rel="noopener">
          {t.book.consentMore}
        </a>
      </p>
      <div class="field">
        <label class="choice">
          <input
            id="consent"
            type="checkbox"
            name="consent"
            value="true"
            required
            checked={one(values, 'consent') === 'true'}
            aria-invalid={errors.consent ? 'true' : undefined}
            aria-describedby={errors.consent ? 'consent-error' : undefined}
          />
          <span class="choice-label">{t.book.consentLabel}</span>
          <span class="need">{t.need}</span>
        </label>
        {errors.consent && (
          <p class="err" id="consent-error">
            <span aria-hidden="true">{t.book.mark}</span>
            {faultText(t, 'consent', errors.consent)}
          </p>
        )}
      </div>
    </section>
  )
}

function Refused({ frame, what, desk }: { frame: PageContext; what: What; desk: Called }) {
  const t = texts(frame.locale)
  return (
    <div class="alert" role="alert" tabindex={-1} autofocus data-focus>
      <h2>{what.what}</h2>
      <p>{what.next}</p>
      {desk && desk.phones.length > 0 && (
        <p>
          {desk.name[frame.locale]} <DeskPhones frame={frame} desk={desk} />
        </p>
      )}
      <p>
        <a href="/calendar?view=list">{consultTexts(frame.locale).form.sessions}</a> ·{' '}
        <a href="/desks">{t.nav.desks}</a>
      </p>
    </div>
  )
}

/** The first step: the form with typed values and faults, or the reason why nothing was taken. */
export function ConsultForm(props: {
  frame: PageContext
  values: Values
  errors: Faults
  refusal: What | null
  desk: Called
  /** The visits of a firm, and the last day to apply. */
  offer: { visits: number; until: CivilDate }
}) {
  const { frame, values, errors, refusal, desk, offer } = props
  const t = texts(frame.locale)
  const { form } = consultTexts(frame.locale)
  const faulty = Object.keys(errors).length > 0
  const before = refusal !== null ? `${t.refused.tab}: ` : faulty ? `${t.book.faultTab}: ` : ''
  return (
    <Layout frame={frame} title={`${before}${form.title}`} form="form" noindex={faulty || refusal !== null} narrow>
      <Steps frame={frame} at={0} />
      <h1>{form.title}</h1>
      <p class="lead">{form.lead}</p>
      <p>{form.visits(offer.visits)}</p>
      <p>
        {form.steps} {form.until(dateText(frame.locale, offer.until))}
      </p>
      {refusal !== null && <Refused frame={frame} what={refusal} desk={desk} />}
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={[...CONSULT_FIELDS, 'wished']}
        labels={consultLabels(frame)}
      />
      <form id="form" method="post" action="/consult" novalidate>
        <input type="hidden" name="locale" value={frame.locale} />
        {one(values, 'from') !== '' && <input type="hidden" name="from" value={one(values, 'from')} />}
        <MatterFields frame={frame} values={values} errors={errors} />
        <FirmFields frame={frame} values={values} errors={errors} mailed />
        <Consent frame={frame} values={values} errors={errors} />
        <button class="btn wide" type="submit">
          {form.submit}
        </button>
      </form>
    </Layout>
  )
}

/** Instead of the form, while nobody may apply. */
export function ConsultClosed({ frame }: { frame: PageContext }) {
  const { form } = consultTexts(frame.locale)
  return (
    <Layout frame={frame} title={form.title} narrow>
      <h1>{form.title}</h1>
      <Notice what={form.closed} />
      <p>
        <a class="btn quiet" href="/calendar?view=list">
          {form.sessions}
        </a>
      </p>
    </Layout>
  )
}
