import type { AlertView } from '../../src/alerts/alert.ts'
import type { Faults } from '../../src/base/input.ts'
import { alertRows } from '../alert-rows.ts'
import {
  ChoiceField,
  ErrorSummary,
  Meant,
  many,
  Options,
  one,
  PrefectureOptions,
  SelectField,
  TextField,
  type Values,
} from '../fields.tsx'
import { Facts, Notice, prefectureName } from '../kit.tsx'
import { Layout, type PageContext } from '../layout.tsx'
import { texts } from '../text/index.ts'
import { weekdayName } from '../text/when.ts'
import { Consent } from './consent.tsx'

const FIELDS = ['prefecture', 'kinds', 'weekdays', 'days', 'email', 'consent'] as const

/** The weekdays in the order of a working week. */
const FROM_MONDAY = ['1', '2', '3', '4', '5', '6', '0'] as const

/** The link to the form, for a prefecture or any. */
export function AlertLink({ frame, prefecture }: { frame: PageContext; prefecture?: string | undefined }) {
  const t = texts(frame.locale)
  return <a href={prefecture ? `/alerts?prefecture=${prefecture}` : '/alerts'}>{t.alerts.link}</a>
}

/** The form that asks for letters when a place frees. `days`: for how long it may run. */
export function AlertForm(props: { frame: PageContext; values: Values; errors?: Faults; days: readonly number[] }) {
  const { frame, values, errors = {}, days } = props
  const t = texts(frame.locale)
  const { labels } = t.alerts
  const faulty = Object.keys(errors).length > 0
  const kinds = many(values, 'kinds')
  const weekdays = many(values, 'weekdays')
  return (
    <Layout
      frame={frame}
      title={`${faulty ? `${t.book.faultTab}: ` : ''}${t.alerts.title}`}
      nav="calendar"
      noindex
      narrow
    >
      <h1>{t.alerts.title}</h1>
      <p class="lead">{t.alerts.lead}</p>
      <p class="soft">{t.alerts.keeps}</p>
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={FIELDS}
        labels={{ kinds: labels.kinds, weekdays: labels.weekdays, days: labels.days }}
      />
      <form id="form" class="card" method="post" action="/alerts" novalidate>
        <input type="hidden" name="locale" value={frame.locale} />
        <Meant frame={frame} values={values} />
        <SelectField
          frame={frame}
          name="prefecture"
          label={labels.prefecture}
          called={t.book.labels.prefecture}
          required
          error={errors.prefecture}
        >
          <option value="">{t.choose}</option>
          <PrefectureOptions frame={frame} chosen={one(values, 'prefecture')} />
        </SelectField>
        <ChoiceField
          frame={frame}
          name="web"
          label={labels.web}
          type="checkbox"
          choices={[{ value: 'true', label: t.alerts.web, checked: one(values, 'web') === 'true' }]}
        />
        <ChoiceField
          frame={frame}
          name="kinds"
          label={labels.kinds}
          required
          error={errors.kinds}
          type="checkbox"
          choices={Object.entries(t.kind).map(([value, label]) => ({ value, label, checked: kinds.includes(value) }))}
        />
        <ChoiceField
          frame={frame}
          name="weekdays"
          label={labels.weekdays}
          required
          error={errors.weekdays}
          type="checkbox"
          choices={FROM_MONDAY.map((value) => ({
            value,
            label: weekdayName(frame.locale, Number(value)),
            checked: weekdays.includes(value),
          }))}
        />
        <SelectField frame={frame} name="days" label={labels.days} required error={errors.days}>
          <Options
            names={Object.fromEntries(days.map((count) => [count, t.alerts.days(count)]))}
            chosen={one(values, 'days')}
          />
        </SelectField>
        <TextField
          frame={frame}
          name="email"
          label={labels.email}
          required
          error={errors.email}
          value={one(values, 'email')}
          type="email"
          inputmode="email"
          autocomplete="email"
        />
        <Consent frame={frame} values={values} error={errors.consent} words={t.alerts.consent} />
        <button class="btn" type="submit">
          {t.alerts.submit}
        </button>
      </form>
    </Layout>
  )
}

/** The answer to the form. It is the same for every address. */
export function AlertSent({ frame, prefecture }: { frame: PageContext; prefecture: string }) {
  const t = texts(frame.locale)
  return (
    <Layout frame={frame} title={t.alerts.title} nav="calendar" noindex narrow>
      <h1>{t.alerts.title}</h1>
      <Notice what={t.alerts.sent} tone="done" />
      <p>
        <a href={`/calendar?view=list&prefecture=${prefecture}`}>
          {t.alerts.dates(prefectureName(frame.locale, prefecture))}
        </a>
      </p>
    </Layout>
  )
}

/** The page behind the link of a letter: confirm, or end it. Opening it changes nothing. `replaces`: another ends by it. */
export function AlertPage(props: { frame: PageContext; alert: AlertView; token: string; replaces: boolean }) {
  const { frame, alert, token, replaces } = props
  const t = texts(frame.locale)
  const { state, prefecture } = alert
  const next = state === 'asked' ? `${t.alerts.press}${replaces ? t.alerts.replaces : ''}` : ''
  return (
    <Layout frame={frame} title={t.alerts.page} nav="calendar" noindex narrow>
      <h1>{t.alerts.page}</h1>
      <Notice what={{ what: t.alerts[state], next }} tone={state === 'asked' ? 'warn' : 'calm'} />
      <section class="card" aria-labelledby="details">
        <h2 id="details">{t.alerts.details}</h2>
        <Facts rows={alertRows(frame.locale, alert)} />
      </section>
      {state !== 'ended' && <p class="soft">{t.alerts.keeps}</p>}
      <div class="decide">
        {state === 'asked' && (
          <form method="post" action={`/alerts/${token}/confirm`}>
            <button class="btn wide" type="submit">
              {t.alerts.confirm}
            </button>
          </form>
        )}
        {state === 'ended' ? (
          <a class="btn quiet wide" href={`/alerts?prefecture=${prefecture}`}>
            {t.alerts.again}
          </a>
        ) : (
          <form method="post" action={`/alerts/${token}/end`}>
            <button class="btn quiet wide stop" type="submit">
              {t.alerts.end}
            </button>
          </form>
        )}
      </div>
      <p class="after">
        <a href={`/calendar?view=list&prefecture=${prefecture}`}>
          {t.alerts.dates(prefectureName(frame.locale, prefecture))}
        </a>
      </p>
    </Layout>
  )
}
