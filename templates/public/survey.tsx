import type { Faults } from '../../src/base/input.ts'
import type { Booking } from '../../src/booking/booking.ts'
import type { Mark, Marked, SurveyState } from '../../src/survey/survey.ts'
import { AreaField, ChoiceField, ErrorSummary, one, type Values } from '../fields.tsx'
import { Facts, Notice, SessionDate } from '../kit.tsx'
import { Layout, type PageContext } from '../layout.tsx'
import { texts } from '../text/index.ts'

const MARKS: readonly Mark[] = [5, 4, 3, 2, 1]

type Form = { frame: PageContext; token: string; values: Values; errors: Faults }

function MarkField({ frame, name, values, errors }: Omit<Form, 'token'> & { name: Marked }) {
  const { survey } = texts(frame.locale)
  return (
    <ChoiceField
      frame={frame}
      name={name}
      type="radio"
      label={survey.questions[name]}
      required
      error={errors[name]}
      choices={MARKS.map((mark) => ({
        value: String(mark),
        label: survey.marks[name][mark],
        checked: one(values, name) === String(mark),
      }))}
    />
  )
}

function SurveyForm({ token, ...form }: Form) {
  const { frame, values, errors } = form
  const { survey } = texts(frame.locale)
  return (
    <form id="form" method="post" action={`/b/${token}/survey`} novalidate>
      <MarkField {...form} name="satisfaction" />
      <MarkField {...form} name="understood" />
      <ChoiceField
        frame={frame}
        name="telework"
        type="radio"
        label={survey.questions.telework}
        required
        error={errors.telework}
        choices={Object.entries(survey.teleworks).map(([value, label]) => ({
          value,
          label,
          checked: one(values, 'telework') === value,
        }))}
      />
      <MarkField {...form} name="recommend" />
      <AreaField
        frame={frame}
        name="comment"
        label={survey.questions.comment}
        help={survey.commentHelp}
        error={errors.comment}
        value={one(values, 'comment')}
      />
      <p class="soft small">{survey.anonymous}</p>
      <button class="btn" type="submit">
        {survey.submit}
      </button>
    </form>
  )
}

const FIELDS: readonly string[] = ['satisfaction', 'understood', 'telework', 'recommend', 'comment']

/** The survey: its questions, or the reason why there are none now. Opening the page changes nothing. */
export function SurveyPage(props: Form & { booking: Booking; state: SurveyState; changed: boolean }) {
  const { frame, booking, state, changed, ...form } = props
  const t = texts(frame.locale)
  const { session } = booking
  const faulty = Object.keys(form.errors).length > 0
  return (
    <Layout
      frame={frame}
      title={`${faulty ? `${t.book.faultTab}: ` : ''}${t.survey.title}`}
      nav="lookup"
      noindex
      narrow
    >
      <h1>{t.survey.title}</h1>
      {changed && <Notice what={t.survey.changed} tone="stop" alert />}
      {state === 'open' ? (
        <>
          <ErrorSummary frame={frame} errors={form.errors} fields={FIELDS} />
          <p>{t.survey.lead}</p>
        </>
      ) : (
        <Notice what={t.survey.states[state]} tone={state === 'answered' ? 'done' : 'calm'} />
      )}
      <section class="card" aria-labelledby="details">
        <h2 id="details">{session.title[frame.locale]}</h2>
        <Facts
          rows={[
            [t.session.date, <SessionDate frame={frame} session={session} />],
            [t.session.desk, session.desk.name[frame.locale]],
          ]}
        />
      </section>
      {state === 'open' && <SurveyForm frame={frame} {...form} />}
      <p>
        <a href={`/b/${form.token}`}>{t.survey.booking}</a>
      </p>
    </Layout>
  )
}
