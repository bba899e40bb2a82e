import type { Child } from 'hono/jsx'
import type { Fault, Faults } from '../src/base/input.ts'
import { isCivilDate, isTimeOfDay } from '../src/base/japan/civil.ts'
import { PREFECTURES, REGIONS } from '../src/base/japan/prefecture.ts'
import type { PageContext } from './layout.tsx'
import { type Texts, texts } from './text/index.ts'
import type { FieldKind } from './text/public/refusals.ts'

/** The values typed into a form, unchanged. */
export type Values = Record<string, string | string[]>

/** The value typed into a field. Returns an empty text if there is none. */
export function one(values: Values, name: string): string {
  const value = values[name]
  return (Array.isArray(value) ? value[0] : value) ?? ''
}

/** All values chosen in a field. */
export function many(values: Values, name: string): string[] {
  const value = values[name]
  if (Array.isArray(value)) return value
  return value === undefined || value === '' ? [] : [value]
}

type FieldName = keyof Texts['book']['labels']

const CHOSEN = `slot place session format formats prefecture prefectures industry topics venue desk kind repeat weekdays
  nths acceptance closes_shape scope state role into channel full locale satisfaction understood telework recommend step_free nth
  weekday days account home stages industries languages places types organisation stage topics_more formats_more`.split(
  /\s+/,
)

/** How each field is filled in, by its name; text if it is not here. */
const KINDS: Record<string, FieldKind> = {
  ...Object.fromEntries(CHOSEN.map((name) => [name, 'choice' as const])),
  date: 'date',
  from: 'date',
  starts_on: 'date',
  to: 'end',
  until: 'end',
  ends_on: 'end',
  paused_until: 'date',
  experts_until: 'date',
  wished: 'date',
  starts: 'time',
  closes_at: 'time',
  ends: 'end_time',
  dates: 'dates',
  slot_starts: 'times',
  url: 'web',
  apply_url: 'web',
  map_url: 'web',
  materials: 'web',
}

/** The name of a field inside a sentence. */
function labelOf(t: Pick<Texts, 'book' | 'survey'>, name: string): string {
  const survey: Record<string, string> = t.survey.labels
  return t.book.labels[name as FieldName] ?? survey[name] ?? ''
}

type Said = Omit<Texts, 'faults'> & { faults: Record<Fault, (label: string, most?: number | null) => string> }

/** The fault of a field, as a sentence that names the field. A field without a label is not named. */
export function faultText(t: Said, name: string, fault: Fault, label = labelOf(t, name), most?: number | null): string {
  const said = t.kindFaults[KINDS[name] ?? 'text'][fault] ?? t.faults[fault]
  const needsLabel = label === '' && said('', most) !== said('A', most)
  return needsLabel ? t.nameless : said(label, most)
}

/** The texts of a page. On the console, faults are said to staff. */
function textsOn({ locale, path }: PageContext): Said {
  const t = texts(locale)
  return /^\/desk(\/|\?|$)/.test(path) ? { ...t, faults: { ...t.faults, ...t.deskFaults } } : t
}

/** The list of faults above a form. Each links to its field. The list takes the focus. */
export function ErrorSummary(props: {
  frame: PageContext
  errors: Faults
  fields: readonly string[]
  /** The names of fields that the public form does not have. */
  labels?: Record<string, string>
  /** The most people that fit, if that is known. */
  most?: number | null
}) {
  const t = textsOn(props.frame)
  const faults = Object.entries(props.errors)
  if (faults.length === 0) return null
  const rank = (name: string) => (props.fields.includes(name) ? props.fields.indexOf(name) : props.fields.length)
  return (
    <div class="alert" role="alert" tabindex={-1} autofocus data-focus>
      <h2>{t.book.summaryTitle(faults.length)}</h2>
      <ul>
        {faults
          .toSorted(([a], [b]) => rank(a) - rank(b))
          .map(([name, fault]) => (
            <li>
              <a href={`#${props.fields.includes(name) ? name : 'form'}`}>
                {faultText(t, name, fault, props.labels?.[name], props.most)}
              </a>
            </li>
          ))}
      </ul>
    </div>
  )
}

type FieldProps = {
  frame: PageContext
  name: string
  label: string
  required?: boolean
  /** When it is required, in words, if something else decides it. */
  condition?: string
  help?: string | undefined
  error?: Fault | undefined
  /** The name of the field in a sentence, if its label is none. */
  called?: string
  /** The greatest number that fits, if that is known. */
  most?: number | null
}

/** Says whether a field is required: 必須, 任意, or, while it is not, when it would be. */
export function Need(props: { frame: PageContext; required: boolean | undefined; condition?: string }) {
  const { frame, required, condition } = props
  const t = texts(frame.locale)
  return required ? <span class="need">{t.need}</span> : <span class="opt">{condition ?? t.optional}</span>
}

const needOf = ({ frame, required, condition }: FieldProps) => ({
  frame,
  required,
  ...(condition !== undefined && { condition }),
})

function Help({ name, help }: { name: string; help: string | undefined }) {
  return help ? (
    <p class="help" id={`${name}-help`}>
      {help}
    </p>
  ) : null
}

/** The lines of a field, whatever their order and padding. */
const linesOf = (value: string | string[] | undefined): string =>
  [value ?? '']
    .flat()
    .map((text) => text.replaceAll('\r\n', '\n').trim())
    .filter((text) => text !== '')
    .toSorted()
    .join('\n')

/** Whether a field has something else than what somebody else saved first. */
function isOther({ saved = {} }: PageContext, name: string, typed: string | string[]): boolean {
  return name in saved && linesOf(saved[name]) !== linesOf(typed)
}

/** What somebody else saved in a field first, if something else is typed there. `words` name what can be chosen. */
export function SavedNow(props: {
  frame: PageContext
  name: string
  typed: string | string[]
  id?: string
  words?: Readonly<Record<string, Child>> | undefined
}) {
  const { frame, name, typed, id = name, words = {} } = props
  if (!isOther(frame, name, typed)) return null
  const t = texts(frame.locale)
  const saved = [frame.saved?.[name] ?? ''].flat().filter((text) => text !== '')
  return (
    <p class="saved-now" id={`${id}-saved`}>
      {t.savedNow}
      {saved.length === 0 && <b>{words[''] ?? t.none}</b>}
      {saved.map((text, i) => (
        <>
          {i > 0 && (frame.locale === 'ja' ? '、' : ', ')}
          <b class="typed">{words[text] ?? text}</b>
        </>
      ))}
    </p>
  )
}

/** The fault of a field, in words, for the element with the id `<id>-error`. */
export function Problem(props: {
  frame: PageContext
  name: string
  id?: string
  error: Fault | undefined
  label: string
  most?: number | null | undefined
}) {
  const { frame, name, id = name, error, label, most } = props
  const t = textsOn(frame)
  return error ? (
    <p class="err" id={`${id}-error`}>
      <span aria-hidden="true">{t.book.mark}</span>
      {faultText(t, name, error, label, most)}
    </p>
  ) : null
}

/** The attributes that connect a control with its help, its error and what somebody else saved in it. */
function ties({ frame, name, help, error, required }: FieldProps, typed: string | string[] = [], field = name) {
  const ids = [
    ...(help ? [`${name}-help`] : []),
    ...(isOther(frame, field, typed) ? [`${name}-saved`] : []),
    ...(error ? [`${name}-error`] : []),
  ]
  return {
    'aria-describedby': ids.length > 0 ? ids.join(' ') : undefined,
    'aria-invalid': error ? ('true' as const) : undefined,
    required: required === true,
  }
}

function Field(props: FieldProps & { children: Child; value: string; words?: Record<string, string> | undefined }) {
  const { frame, name, label, help, error, value, words } = props
  return (
    <div class="field">
      <label for={name}>
        {label}
        <Need {...needOf(props)} />
      </label>
      <Help name={name} help={help} />
      {props.children}
      <SavedNow frame={frame} name={name} typed={value} words={words} />
      <Problem frame={frame} name={name} error={error} label={label} most={props.most} />
    </div>
  )
}

/** A field for one line of text. */
export function TextField(
  props: FieldProps & {
    value: string
    type?: 'text' | 'email' | 'tel'
    inputmode?: 'text' | 'email' | 'tel' | 'numeric'
    autocomplete?: string
    size?: 'short'
    unit?: string
    /** Whether the field takes the focus when the page opens. */
    autofocus?: boolean
  },
) {
  const input = (
    <input
      id={props.name}
      name={props.name}
      type={props.type ?? 'text'}
      class={props.size}
      value={props.value}
      inputmode={props.inputmode}
      autocomplete={props.autocomplete}
      autofocus={props.autofocus}
      data-focus={props.autofocus}
      {...ties(props, props.value)}
    />
  )
  return (
    <Field {...props}>
      {props.unit ? (
        <div class="with-unit">
          {input}
          <span>{props.unit}</span>
        </div>
      ) : (
        input
      )}
    </Field>
  )
}

/** Whether a picker can show the value. */
const fits = { date: isCivilDate, time: isTimeOfDay }

/** A field for a date or a time of day. What could not be read is shown as it was typed, which a picker cannot. */
export function WhenField(props: FieldProps & { value: string; type: 'date' | 'time' }) {
  const { frame, name, label, required, help, error, value, type } = props
  const { 'aria-describedby': described, 'aria-invalid': invalid } = ties(props, value)
  return (
    <div class="field">
      <label for={name}>
        {label}
        <Need {...needOf(props)} />
      </label>
      <Help name={name} help={help} />
      <input
        id={name}
        name={name}
        type={value === '' || fits[type](value) ? type : 'text'}
        value={value}
        required={required === true}
        aria-invalid={invalid}
        aria-describedby={described}
      />
      <SavedNow frame={frame} name={name} typed={value} />
      <Problem frame={frame} name={name} error={error} label={label} />
    </div>
  )
}

/** A field for several lines of text. */
export function AreaField(props: FieldProps & { value: string }) {
  return (
    <Field {...props}>
      <textarea id={props.name} name={props.name} rows={5} {...ties(props, props.value)}>
        {props.value}
      </textarea>
    </Field>
  )
}

/**
 * A list to choose one from. `children` are its options. `value` is what is chosen and `words` name the options, in forms
 * that somebody else may save first.
 */
export function SelectField(
  props: FieldProps & { autocomplete?: string; children: Child; value?: string; words?: Record<string, string> },
) {
  const { frame, name, autocomplete, value = one(frame.saved ?? {}, props.name) } = props
  return (
    <Field {...props} value={value}>
      <select id={name} name={name} autocomplete={autocomplete} {...ties(props, value)}>
        {props.children}
      </select>
    </Field>
  )
}

/** One choice of a group of radio buttons or checkboxes. `note` is at its end. */
export type Choice = { value: string; label: Child; checked: boolean; disabled?: boolean; note?: Child }

/**
 * A group of radio buttons or checkboxes. The first that can be chosen has the field's id. The id is the field's name,
 * unless several groups share one field.
 */
export function ChoiceField(
  props: FieldProps & { type: 'radio' | 'checkbox'; choices: Choice[]; bare?: boolean; id?: string },
) {
  const { frame, name, label, required, help, error, type, choices, id = name } = props
  const first = choices.findIndex((choice) => !choice.disabled)
  const ticked = choices.filter(({ checked }) => checked).map(({ value }) => value)
  const { 'aria-describedby': described, 'aria-invalid': invalid } = ties({ ...props, name: id }, ticked, name)
  return (
    <fieldset class="field" id={first < 0 ? id : undefined} aria-describedby={described}>
      <legend>
        {label}
        {!props.bare && <Need {...needOf(props)} />}
      </legend>
      <Help name={id} help={help} />
      <div class={type === 'checkbox' ? 'choices short' : 'choices'}>
        {choices.map((choice, i) => (
          <label class={choice.disabled ? 'choice no' : 'choice'}>
            <input
              id={i === first ? id : undefined}
              type={type}
              name={name}
              value={choice.value}
              checked={choice.checked}
              disabled={choice.disabled}
              aria-invalid={invalid}
              required={type === 'radio' && required === true}
            />
            <span class="choice-label">{choice.label}</span>
            {choice.note}
          </label>
        ))}
      </div>
      <SavedNow
        frame={frame}
        name={name}
        typed={ticked}
        id={id}
        words={Object.fromEntries(choices.map((choice) => [choice.value, choice.label]))}
      />
      <Problem frame={frame} name={name} id={id} error={error} label={props.called ?? label} />
    </fieldset>
  )
}

/**
 * Checkboxes for prefectures, grouped by region: all 47, or only those `offered`. The first has the field's name as its
 * id.
 */
export function PrefecturesField(
  props: FieldProps & { chosen: readonly string[]; offered?: readonly string[] | null },
) {
  const { frame, name, label, required, help, error, chosen, offered } = props
  const { 'aria-describedby': described, 'aria-invalid': invalid } = ties(props, [...chosen])
  const shown = PREFECTURES.filter(({ code }) => offered?.includes(code) ?? true)
  const regions = REGIONS.map((region) => ({ region, own: shown.filter((each) => each.region.id === region.id) }))
  return (
    <fieldset class="field prefectures" aria-describedby={described}>
      <legend>
        {label}
        <Need frame={frame} required={required} />
      </legend>
      <Help name={name} help={help} />
      {regions
        .filter(({ own }) => own.length > 0)
        .map(({ region, own }) => (
          <fieldset>
            <legend>{region[frame.locale]}</legend>
            {own.map((prefecture) => (
              <label>
                <input
                  id={prefecture === shown[0] ? name : undefined}
                  type="checkbox"
                  name={name}
                  value={prefecture.code}
                  checked={chosen.includes(prefecture.code)}
                  aria-invalid={invalid}
                />
                {prefecture[frame.locale]}
              </label>
            ))}
          </fieldset>
        ))}
      <SavedNow
        frame={frame}
        name={name}
        typed={[...chosen]}
        words={Object.fromEntries(PREFECTURES.map((each) => [each.code, each[frame.locale]]))}
      />
      <Problem frame={frame} name={name} error={error} label={label} />
    </fieldset>
  )
}

/** The prefectures, grouped by region: all 47, or only those with these codes. */
export function PrefectureOptions({
  frame,
  chosen,
  only = null,
}: {
  frame: PageContext
  chosen: string | undefined
  only?: readonly string[] | null
}) {
  return (
    <>
      {REGIONS.map((region) => {
        const here = PREFECTURES.filter(
          ({ code, region: { id } }) => id === region.id && (only?.includes(code) ?? true),
        )
        return (
          here.length > 0 && (
            <optgroup label={region[frame.locale]}>
              {here.map((prefecture) => (
                <option value={prefecture.code} selected={prefecture.code === chosen}>
                  {prefecture[frame.locale]}
                </option>
              ))}
            </optgroup>
          )
        )
      })}
    </>
  )
}

/** Options from a record of names. */
export function Options({ names, chosen }: { names: Record<string, string>; chosen: string | undefined }) {
  return (
    <>
      {Object.entries(names).map(([value, name]) => (
        <option value={value} selected={value === chosen}>
          {name}
        </option>
      ))}
    </>
  )
}

/**
 * Asks about an e-mail address that looks like a slip, at the start of its form. Sent again unchanged, it is taken.
 * `values` as `withMeant` gives them.
 */
export function Meant({ frame, values }: { frame: PageContext; values: Values }) {
  const t = texts(frame.locale).confirm
  const [meant, sure] = [one(values, 'email_meant'), one(values, 'email_sure')]
  return (
    <>
      {sure !== '' && <input type="hidden" name="email_sure" value={sure} />}
      {meant !== '' && (
        <div class="notice is-warn" role="alert" tabindex={-1} autofocus data-focus>
          <p>
            <b>{t.meant(meant)}</b>
          </p>
          <p>{t.meantAgain}</p>
        </div>
      )}
    </>
  )
}
