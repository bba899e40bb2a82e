import type { Faults } from '../../../src/base/input.ts'
import { REGIONS } from '../../../src/base/japan/prefecture.ts'
import { LOCALES } from '../../../src/base/locale.ts'
import { ADVICE_FORMATS, INDUSTRIES, REQUEST_TOPICS, STAGES } from '../../../src/base/vocabulary.ts'
import {
  AreaField,
  ChoiceField,
  ErrorSummary,
  many,
  one,
  PrefectureOptions,
  PrefecturesField,
  SelectField,
  TextField,
  type Values,
  WhenField,
} from '../../fields.tsx'
import { Crumbs, Notice } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { topicWords } from '../../text/desk/experts.ts'
import { type DeskTexts, deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'
import { ExpertFrame, type ExpertView } from './parts.tsx'

type Form = { frame: PageContext; values: Values; errors: Faults }
type Label = keyof DeskTexts['experts']['labels']

const FIELDS: Label[] = [
  'account',
  'state',
  'paused_until',
  'name',
  'name_kana',
  'profile_ja',
  'profile_en',
  'home',
  'formats',
  'regions',
  'places',
  'topics',
  'industries',
  'stages',
  'languages',
  'most',
  'most_week',
  'travel_minutes',
  'starts_on',
  'ends_on',
]

function Line(props: Form & { name: Label; unit?: string }) {
  const { frame, values, errors, name, unit } = props
  const t = deskTexts(frame.locale).experts
  return (
    <TextField
      frame={frame}
      name={name}
      label={t.labels[name]}
      required
      value={one(values, name)}
      error={errors[name]}
      {...(unit !== undefined && { unit, size: 'short' as const, inputmode: 'numeric' as const })}
    />
  )
}

function Day(props: Form & { name: Label; required?: boolean; help?: string }) {
  const { frame, values, errors, name, required, help } = props
  return (
    <WhenField
      frame={frame}
      name={name}
      type="date"
      label={deskTexts(frame.locale).experts.labels[name]}
      required={required === true}
      help={help}
      value={one(values, name)}
      error={errors[name]}
    />
  )
}

/** Several of a closed list. */
function Several(
  props: Form & {
    name: Label
    all: readonly string[]
    words: Record<string, string>
    required?: boolean
    help?: string
  },
) {
  const { frame, values, errors, name, all, words, required, help } = props
  return (
    <ChoiceField
      frame={frame}
      name={name}
      type="checkbox"
      label={deskTexts(frame.locale).experts.labels[name]}
      required={required === true}
      help={help}
      error={errors[name]}
      choices={all.map((value) => ({
        value,
        label: words[value] ?? value,
        checked: many(values, name).includes(value),
      }))}
    />
  )
}

function Where(form: Form) {
  const { frame, values, errors } = form
  const t = deskTexts(frame.locale).experts
  return (
    <>
      <SelectField
        frame={frame}
        name="home"
        label={t.labels.home}
        required
        value={one(values, 'home')}
        error={errors.home}
      >
        <option value="" />
        <PrefectureOptions frame={frame} chosen={one(values, 'home')} />
      </SelectField>
      <Several {...form} name="formats" all={ADVICE_FORMATS} words={t.formats} required />
      <Several
        {...form}
        name="regions"
        all={REGIONS.map(({ id }) => id)}
        words={Object.fromEntries(REGIONS.map((region) => [region.id, region[frame.locale]]))}
        help={t.helps.regions}
      />
      <PrefecturesField
        frame={frame}
        name="places"
        label={t.labels.places}
        help={t.helps.places}
        error={errors.places}
        chosen={many(values, 'places')}
      />
    </>
  )
}

/** All that is asked of an expert, by the secretariat. */
function Fields(form: Form) {
  const { frame, values, errors } = form
  const t = deskTexts(frame.locale).experts
  const words = texts(frame.locale)
  const profiles = (['profile_ja', 'profile_en'] as const).map((name) => (
    <AreaField
      frame={frame}
      name={name}
      label={t.labels[name]}
      help={name === 'profile_ja' ? t.helps.profile : undefined}
      value={one(values, name)}
      error={errors[name]}
    />
  ))
  return (
    <>
      <Line {...form} name="name" />
      <Line {...form} name="name_kana" />
      {profiles}
      <Where {...form} />
      <Several {...form} name="topics" all={REQUEST_TOPICS} words={topicWords(words.topics, t)} required />
      <Several
        {...form}
        name="industries"
        all={['*', ...INDUSTRIES]}
        words={{ ...words.industries, '*': t.allTrades }}
        help={t.helps.industries}
      />
      <Several {...form} name="stages" all={STAGES} words={t.stages} />
      <Several {...form} name="languages" all={LOCALES} words={t.languages} required />
      <Line {...form} name="most" unit={t.units.cases} />
      <Line {...form} name="most_week" unit={t.units.cases} />
      <Line {...form} name="travel_minutes" unit={t.units.minutes} />
      <Day {...form} name="starts_on" required />
      <Day {...form} name="ends_on" />
    </>
  )
}

function Save({ frame }: { frame: PageContext }) {
  return (
    <p class="after">
      <button class="btn" type="submit">
        {deskTexts(frame.locale).experts.save}
      </button>
    </p>
  )
}

/** The form that makes an expert of an account. Leads to the invitation if there is no account to choose. */
export function NewExpertPage(
  view: DeskView & {
    accounts: readonly { id: string; name: string; email: string }[]
    values: Values
    errors: Faults
    refusal: 'role' | 'twice' | 'changed' | null
  },
) {
  const { frame, staff, accounts, values, errors, refusal } = view
  const t = deskTexts(frame.locale).experts
  const words = Object.fromEntries(accounts.map(({ id, name, email }) => [id, `${name} ${email}`]))
  return (
    <Console frame={frame} staff={staff} title={t.addTitle} nav="experts">
      <Crumbs frame={frame} links={[[t.back, '/desk/experts']]} />
      <h1>{t.addTitle}</h1>
      {refusal && <Notice what={t.refused[refusal]} tone="stop" alert />}
      {accounts.length === 0 ? (
        <Notice what={t.nobody} tone="warn">
          <p>
            <a href="/desk/people/new">{t.nobody.invite}</a>
          </p>
        </Notice>
      ) : (
        <>
          <ErrorSummary frame={frame} errors={errors} fields={FIELDS} labels={t.labels} />
          <form id="form" class="card narrow" action="/desk/experts/new" method="post" novalidate>
            <SelectField
              frame={frame}
              name="account"
              label={t.labels.account}
              help={t.helps.account}
              required
              value={one(values, 'account')}
              words={words}
              error={errors.account}
            >
              <option value="" />
              {accounts.map(({ id }) => (
                <option value={id} selected={id === one(values, 'account')}>
                  {words[id]}
                </option>
              ))}
            </SelectField>
            <Fields frame={frame} values={values} errors={errors} />
            <Save frame={frame} />
          </form>
        </>
      )}
    </Console>
  )
}

/** What is known of an expert, in the form that changes it, and pauses and resumes new offers. */
export function ExpertPage(
  view: ExpertView & { values: Values; errors: Faults; refusal: 'left' | 'most' | 'changed' | null },
) {
  const { frame, expert, values, errors, refusal } = view
  const t = deskTexts(frame.locale).experts
  const form = { frame, values, errors }
  return (
    <ExpertFrame view={view} at="profile" title={expert.name} refusal={refusal && t.refused[refusal]}>
      <p class="soft">
        {t.columns.load} {t.load(expert.taken, expert.most)}
      </p>
      <ErrorSummary frame={frame} errors={errors} fields={FIELDS} labels={t.labels} />
      <form id="form" class="card narrow" action={`/desk/experts/${expert.id}`} method="post" novalidate>
        <input type="hidden" name="revision" value={one(values, 'revision')} />
        {expert.state !== 'left' && (
          <>
            <ChoiceField
              frame={frame}
              name="state"
              type="radio"
              label={t.labels.state}
              required
              error={errors.state}
              choices={(['active', 'paused'] as const).map((state) => ({
                value: state,
                label: t.states[state],
                checked: one(values, 'state') === state,
              }))}
            />
            <Day {...form} name="paused_until" help={t.helps.paused_until} />
          </>
        )}
        <Fields {...form} />
        {expert.state !== 'left' && <Save frame={frame} />}
      </form>
    </ExpertFrame>
  )
}
