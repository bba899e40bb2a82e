import type { Child } from 'hono/jsx'
import type { Faults } from '../../../src/base/input.ts'
import type { Asking } from '../../../src/base/questions.ts'
import { freedInTime, hasOpenTime, isWaitlisted, mostSeatsOfAny } from '../../../src/base/seating.ts'
import type { Refusal } from '../../../src/booking/refusal.ts'
import type { Session } from '../../../src/schedule/session.ts'
import { extraFields, extraLabels, QuestionFields, SupportFields } from '../../extra-fields.tsx'
import {
  AreaField,
  ChoiceField,
  ErrorSummary,
  faultText,
  many,
  Options,
  one,
  PrefectureOptions,
  SelectField,
  TextField,
  type Values,
} from '../../fields.tsx'
import {
  DeskPhones,
  Facts,
  HowAccepted,
  Phone,
  SampleNote,
  SessionRow,
  Steps,
  sessionHours,
  whereText,
} from '../../kit.tsx'
import { Layout, type PageContext } from '../../layout.tsx'
import { type Texts, texts } from '../../text/index.ts'
import { dateText } from '../../text/when.ts'
import { mostAsked, slotChoices, slotIn } from '../slots.tsx'
import { FIELDS, Hidden } from './values.tsx'

/** The properties of every part of the form. */
type Part = {
  frame: PageContext
  session: Session
  asked: Asking
  values: Values
  errors: Faults
  refusal?: Refusal | null
}

function FormatField(props: Part) {
  const { frame, session, values, errors } = props
  const t = texts(frame.locale)
  const [only, ...others] = session.formats
  if (only !== undefined && others.length === 0 && !errors.format) {
    return <input type="hidden" name="format" value={only} />
  }
  return (
    <ChoiceField
      frame={frame}
      name="format"
      label={t.book.labels.format}
      type="radio"
      required
      error={errors.format}
      choices={session.formats.map((format) => ({
        value: format,
        label: t.formatLong[format],
        checked: one(values, 'format') === format,
      }))}
    />
  )
}

function SeatsField(props: Part) {
  const { frame, session, values, errors, refusal } = props
  const t = texts(frame.locale)
  const most = mostSeatsOfAny(session)
  const left = refusal === 'full' ? (slotIn(session, values) ?? session).remaining : null
  if (most === 1 && !errors.seats) return <input type="hidden" name="seats" value="1" />
  return (
    <TextField
      frame={frame}
      name="seats"
      label={t.book.labels.seats}
      required
      help={left ? t.book.help.seatsLeft(left) : t.book.help.seats(most)}
      error={errors.seats}
      most={mostAsked(session, values)}
      value={values.seats === undefined ? '1' : one(values, 'seats')}
      inputmode="numeric"
      size="short"
      unit={t.book.employeesUnit}
    />
  )
}

/** Purpose, holder, receivers, retention and contact, beside the checkbox of consent. */
function Consent({ frame, session, values, errors }: Part) {
  const t = texts(frame.locale)
  const { contact, ...rest } = t.consent
  const [phone] = session.desk.phones
  return (
    <section class="consent" aria-labelledby="consent-title">
      <h2 id="consent-title">{t.book.consentTitle}</h2>
      <Facts
        rows={[
          ...Object.values(rest).map(([name, text]): [string, Child] => [name, text]),
          [
            contact[0],
            <>
              {session.desk.name[frame.locale]} {phone ? <Phone number={phone} /> : contact[1]}
            </>,
          ],
        ]}
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

function Person({ frame, session, values, errors }: Part) {
  const t = texts(frame.locale)
  const { labels, help } = t.book
  const common = (name: keyof typeof labels) => ({ frame, name, label: labels[name], error: errors[name] })
  const typed = (name: keyof typeof labels) => ({ ...common(name), value: one(values, name) })
  const applied = isWaitlist(values) || session.acceptance !== 'first_come'
  const prefecture = values.prefecture === undefined ? session.prefecture : one(values, 'prefecture')
  return (
    <section aria-labelledby="you">
      <h2 id="you">{t.book.you}</h2>
      <TextField {...typed('company')} required help={help.company} autocomplete="organization" />
      <TextField {...typed('name')} required autocomplete="name" />
      <TextField {...typed('name_kana')} required={frame.locale !== 'en'} help={help.name_kana} />
      <TextField
        {...typed('email')}
        required
        help={applied ? help.emailApplied : help.email}
        type="email"
        inputmode="email"
        autocomplete="email"
      />
      <TextField {...typed('phone')} required help={help.phone} type="tel" inputmode="tel" autocomplete="tel" />
      <SelectField {...common('prefecture')} required autocomplete="address-level1">
        <option value="">{t.choose}</option>
        <PrefectureOptions frame={frame} chosen={prefecture} />
      </SelectField>
      <TextField
        {...typed('employees')}
        help={help.employees}
        inputmode="numeric"
        size="short"
        unit={t.book.employeesUnit}
      />
      <SelectField {...common('industry')} help={help.industry}>
        <option value="">{t.choose}</option>
        <Options names={t.industries} chosen={one(values, 'industry')} />
      </SelectField>
      <TextField {...typed('corporate_number')} help={help.corporate_number} inputmode="numeric" />
    </section>
  )
}

function Wishes({ frame, asked, values, errors }: Omit<Part, 'session'>) {
  const t = texts(frame.locale)
  const chosen = many(values, 'topics')
  return (
    <section aria-labelledby="more">
      <h2 id="more">{t.book.more}</h2>
      <ChoiceField
        frame={frame}
        name="topics"
        label={t.book.labels.topics}
        help={t.book.help.topics}
        type="checkbox"
        error={errors.topics}
        choices={Object.entries(t.topics).map(([value, label]) => ({ value, label, checked: chosen.includes(value) }))}
      />
      <AreaField
        frame={frame}
        name="message"
        label={t.book.labels.message}
        help={t.book.help.message}
        error={errors.message}
        value={one(values, 'message')}
      />
      <QuestionFields frame={frame} asked={asked} values={values} errors={errors} />
      <SupportFields frame={frame} values={values} errors={errors} />
    </section>
  )
}

/** Whether the application is for the waiting list if there is no place. */
const isWaitlist = (values: Values) => one(values, 'waitlist') === 'true'

function Form({ frame, session, asked, values, errors, refusal = null }: Part) {
  const t = texts(frame.locale)
  const waits = isWaitlist(values)
  return (
    <form id="form" method="post" action={`/sessions/${session.id}/book`} novalidate>
      <input type="hidden" name="locale" value={frame.locale} />
      {waits && <input type="hidden" name="waitlist" value="true" />}
      {one(values, 'first') !== '' && <input type="hidden" name="first" value={one(values, 'first')} />}
      {session.slots.length > 0 && (
        <ChoiceField
          frame={frame}
          name="slot"
          label={t.book.labels.slot}
          type="radio"
          required
          error={errors.slot}
          choices={slotChoices(frame, session, one(values, 'slot'), waits)}
        />
      )}
      <FormatField frame={frame} session={session} asked={asked} values={values} errors={errors} />
      <SeatsField frame={frame} session={session} asked={asked} values={values} errors={errors} refusal={refusal} />
      <Person frame={frame} session={session} asked={asked} values={values} errors={errors} />
      <Wishes frame={frame} asked={asked} values={values} errors={errors} />
      <Consent frame={frame} session={session} asked={asked} values={values} errors={errors} />
      <button class="btn wide" type="submit">
        {t.book.submit}
      </button>
    </form>
  )
}

/** The visible fields of the form, to which a link can lead. */
function shown(session: Session, asked: Asking, errors: Faults): string[] {
  return [...FIELDS, ...extraFields(asked)].filter((name) => {
    if (name === 'companions') return asked.companions !== null
    if (name === 'waitlist') return false
    if (name === 'slot') return session.slots.length > 0
    if (name === 'format') return session.formats.length !== 1 || errors.format !== undefined
    if (name === 'seats') return mostSeatsOfAny(session) !== 1 || errors.seats !== undefined
    return true
  })
}

function Refused({ frame, session, refusal }: { frame: PageContext; session: Session; refusal: Refusal }) {
  const t = texts(frame.locale)
  return (
    <div class="alert" role="alert" tabindex={-1} autofocus data-focus>
      <h2>{t.refusals[refusal].what}</h2>
      <p>
        <b>{t.refused.notDone}</b> {t.refusals[refusal].next}
      </p>
      {refusal === 'capped' && session.desk.phones.length > 0 && (
        <p>
          {t.session.phone} <DeskPhones frame={frame} desk={session.desk} />
        </p>
      )}
      <p>
        {refusal === 'twice' ? (
          <a href="/lookup">{t.nav.lookup}</a>
        ) : (
          <a href={`/sessions/${session.id}`}>{t.refused.session}</a>
        )}
      </p>
    </div>
  )
}

/** Other sessions, each a button that keeps the typed values. */
function Instead({ frame, values, nearest }: { frame: PageContext; values: Values; nearest: Session[] }) {
  const t = texts(frame.locale)
  return (
    <section aria-labelledby="nearest">
      <h2 id="nearest">{t.session.nearest}</h2>
      <p class="soft">{t.session.nearestText}</p>
      <ol class="card rows">
        {nearest.map((other) => (
          <SessionRow frame={frame} session={other}>
            <form method="post" action={`/sessions/${other.id}/book`}>
              <input type="hidden" name="step" value="edit" />
              <Hidden frame={frame} values={values} without={['slot']} />
              <button class="btn quiet" type="submit">
                {t.refused.take}
              </button>
            </form>
          </SessionRow>
        ))}
      </ol>
    </section>
  )
}

function whatText(frame: PageContext, t: Texts, session: Session): string {
  const hours = session.slots.length > 0 ? null : sessionHours(frame.locale, session)
  const date = session.date === null ? t.dateUndecided : dateText(frame.locale, session.date)
  return [date, hours, whereText(frame.locale, session)].filter(Boolean).join(frame.locale === 'ja' ? '　' : ', ')
}

/** The first step: the form with typed values and faults, or the reason why no place was taken. */
export function BookForm(props: {
  frame: PageContext
  session: Session
  asked: Asking
  values: Values
  errors: Faults
  refusal: Refusal | null
  nearest: Session[]
}) {
  const { frame, session, asked, values, errors, refusal, nearest } = props
  const t = texts(frame.locale)
  const title = session.title[frame.locale]
  const faulty = Object.keys(errors).length > 0
  const before = refusal !== null ? `${t.refused.tab}: ` : faulty ? `${t.book.faultTab}: ` : ''
  const waits = isWaitlist(values)
  const goesOn = refusal !== 'twice' && (refusal === null || hasOpenTime(session, frame.now))
  // Its own form stands above them.
  const others = goesOn ? nearest.filter(({ id }) => id !== session.id) : nearest
  const heading = waits ? t.wait.formTitle : t.book.title
  return (
    <Layout
      frame={frame}
      title={`${before}${heading} ${title}`}
      nav="calendar"
      {...(goesOn ? { form: 'form' } : { fixed: true })}
      noindex
      narrow
    >
      <Steps frame={frame} at={0} />
      <h1>{heading}</h1>
      <SampleNote frame={frame} session={session} />
      {waits && <p>{t.wait.joinText[freedInTime(session)]}</p>}
      <HowAccepted frame={frame} session={session} until />
      <p class="lead">
        <b>{title}</b>
        <span class="line">
          {whatText(frame, t, session)} <a href={`/sessions/${session.id}`}>{t.book.change}</a>
        </span>
      </p>
      {refusal !== null && <Refused frame={frame} session={session} refusal={refusal} />}
      {refusal === 'full' && !waits && isWaitlisted(session, frame.now) && (
        <form method="post" action={`/sessions/${session.id}/book`}>
          <Hidden frame={frame} values={{ ...values, waitlist: 'true' }} />
          <input type="hidden" name="step" value="edit" />
          <button class="btn" type="submit">
            {t.wait.instead}
          </button>
        </form>
      )}
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={shown(session, asked, errors)}
        labels={extraLabels(frame, asked)}
        most={mostAsked(session, values)}
      />
      {goesOn && (
        <Form frame={frame} session={session} asked={asked} values={values} errors={errors} refusal={refusal} />
      )}
      {refusal !== null && refusal !== 'twice' && others.length > 0 && (
        <Instead frame={frame} values={values} nearest={others} />
      )}
    </Layout>
  )
}
