import type { Faults } from '../src/base/input.ts'
import { MOST_WISHES } from '../src/base/vocabulary.ts'
import {
  AreaField,
  ChoiceField,
  many,
  Options,
  one,
  PrefectureOptions,
  Problem,
  SelectField,
  TextField,
  type Values,
} from './fields.tsx'
import type { PageContext } from './layout.tsx'
import { consultTexts } from './text/consult.ts'
import { texts } from './text/index.ts'

/** The fields of an application for an expert, in the order of its form. */
export const CONSULT_FIELDS = [
  'topics',
  'topics_more',
  'stage',
  'message',
  'formats',
  'formats_more',
  'address',
  'wished_date',
  'wished_half',
  'wishes_former',
  'organisation',
  'company',
  'corporate_number',
  'prefecture',
  'municipality',
  'employees',
  'industry',
  'name',
  'name_kana',
  'email',
  'phone',
  'consent',
] as const

/** The names of the fields in sentences. */
export function consultLabels(frame: PageContext): Record<string, string> {
  return { ...texts(frame.locale).book.labels, ...consultTexts(frame.locale).form.labels }
}

type Part = { frame: PageContext; values: Values; errors: Faults }

/** Radio buttons for the first choice, and checkboxes for the others. */
function Ranked<Word extends string>(
  props: Part & { name: 'topics' | 'formats'; first: Record<Word, string>; more: Record<Word, string> },
) {
  const { frame, values, errors, name, first, more } = props
  const { labels, help } = consultTexts(frame.locale).form
  const others = `${name}_more` as const
  const [main] = many(values, name)
  return (
    <>
      <ChoiceField
        frame={frame}
        name={name}
        label={labels[name]}
        type="radio"
        required
        error={errors[name]}
        choices={Object.entries<string>(first).map(([value, label]) => ({ value, label, checked: value === main }))}
      />
      <ChoiceField
        frame={frame}
        name={others}
        label={labels[others]}
        {...(name === 'formats' && { help: help.formats_more })}
        type="checkbox"
        choices={Object.entries<string>(more).map(([value, label]) => ({
          value,
          label,
          checked: many(values, others).includes(value),
        }))}
      />
    </>
  )
}

/** Up to three half-days. */
function Wished({ frame, values, errors }: Part) {
  const c = consultTexts(frame.locale)
  const { form } = c
  const t = texts(frame.locale)
  const dates = many(values, 'wished_date')
  const halves = many(values, 'wished_half')
  return (
    <fieldset class="field" id="wished" aria-describedby={errors.wished ? 'wished-help wished-error' : 'wished-help'}>
      <legend>
        {form.labels.wished}
        <span class="opt">{t.optional}</span>
      </legend>
      <p class="help" id="wished-help">
        {form.help.wished}
      </p>
      {Array.from({ length: MOST_WISHES }, (_, i) => (
        <div class="with-unit wish">
          <label for={`wished-${i}`}>{form.nth(i + 1)}</label>
          <input
            id={`wished-${i}`}
            type={/^(|\d{4}-\d\d-\d\d)$/.test(dates[i] ?? '') ? 'date' : 'text'}
            name="wished_date"
            value={dates[i] ?? ''}
            aria-invalid={errors.wished ? 'true' : undefined}
          />
          <select name="wished_half" aria-label={`${form.nth(i + 1)} ${form.labels.half}`}>
            <Options names={c.halves} chosen={halves[i] ?? 'any'} />
          </select>
        </div>
      ))}
      <Problem frame={frame} name="wished" error={errors.wished} label={form.labels.wished} />
    </fieldset>
  )
}

/** What it is about, and how and when. */
export function MatterFields(props: Part) {
  const { frame, values, errors } = props
  const c = consultTexts(frame.locale)
  const { form } = c
  return (
    <>
      <section aria-labelledby="matter">
        <h2 id="matter">{form.matter}</h2>
        <Ranked {...props} name="topics" first={c.topics} more={c.topics} />
        <SelectField frame={frame} name="stage" label={form.labels.stage} error={errors.stage}>
          <option value="">{texts(frame.locale).choose}</option>
          <Options names={c.stages} chosen={one(values, 'stage')} />
        </SelectField>
        <AreaField
          frame={frame}
          name="message"
          label={form.labels.message}
          help={form.help.message}
          error={errors.message}
          value={one(values, 'message')}
        />
      </section>
      <section aria-labelledby="how">
        <h2 id="how">{form.how}</h2>
        <Ranked {...props} name="formats" first={c.formatsLong} more={c.formats} />
        <TextField
          frame={frame}
          name="address"
          label={form.labels.address}
          condition={form.conditionVisit}
          help={form.help.address}
          error={errors.address}
          value={one(values, 'address')}
          autocomplete="street-address"
        />
        <Wished {...props} />
        <div class="field">
          <label class="choice">
            <input
              id="wishes_former"
              type="checkbox"
              name="wishes_former"
              value="true"
              checked={one(values, 'wishes_former') === 'true'}
            />
            <span class="choice-label">{form.former}</span>
          </label>
        </div>
      </section>
    </>
  )
}

/** The firm and who applies. `only`: the prefectures that may be chosen; null is all. `mailed`: an e-mail is required. */
export function FirmFields(props: Part & { only?: readonly string[] | null; mailed: boolean }) {
  const { frame, values, errors, only = null, mailed } = props
  const t = texts(frame.locale)
  const c = consultTexts(frame.locale)
  const labels = consultLabels(frame)
  const { help } = t.book
  const typed = (name: string) => ({
    frame,
    name,
    label: labels[name] ?? name,
    error: errors[name],
    value: one(values, name),
  })
  return (
    <section aria-labelledby="you">
      <h2 id="you">{t.book.you}</h2>
      <ChoiceField
        frame={frame}
        name="organisation"
        label={c.form.labels.organisation}
        type="radio"
        required
        error={errors.organisation}
        choices={Object.entries(c.organisations).map(([value, label]) => ({
          value,
          label,
          checked: value === (one(values, 'organisation') || 'company'),
        }))}
      />
      <TextField {...typed('company')} required help={help.company} autocomplete="organization" />
      <TextField {...typed('corporate_number')} help={help.corporate_number} inputmode="numeric" />
      <SelectField {...typed('prefecture')} required autocomplete="address-level1">
        <option value="">{t.choose}</option>
        <PrefectureOptions frame={frame} chosen={one(values, 'prefecture')} only={only} />
      </SelectField>
      <TextField {...typed('municipality')} required help={c.form.help.municipality} autocomplete="address-level2" />
      <TextField
        {...typed('employees')}
        help={help.employees}
        inputmode="numeric"
        size="short"
        unit={t.book.employeesUnit}
      />
      <SelectField {...typed('industry')} help={help.industry}>
        <option value="">{t.choose}</option>
        <Options names={t.industries} chosen={one(values, 'industry')} />
      </SelectField>
      <TextField {...typed('name')} required autocomplete="name" />
      <TextField {...typed('name_kana')} required={frame.locale !== 'en'} help={help.name_kana} />
      <TextField
        {...typed('email')}
        required={mailed}
        help={c.form.help.email}
        type="email"
        inputmode="email"
        autocomplete="email"
      />
      <TextField {...typed('phone')} required help={help.phone} type="tel" inputmode="tel" autocomplete="tel" />
    </section>
  )
}
