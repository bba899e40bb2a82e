import type { Faults } from '../../../src/base/input.ts'
import { DESK_KINDS, TOPICS } from '../../../src/base/vocabulary.ts'
import type { Desk } from '../../../src/people/desk.ts'
import {
  AreaField,
  ChoiceField,
  ErrorSummary,
  Meant,
  many,
  one,
  PrefecturesField,
  SavedNow,
  TextField,
  type Values,
} from '../../fields.tsx'
import { Crumbs, Notice } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { type ScheduleTexts, scheduleTexts } from '../../text/schedule.ts'
import { Console } from '../console.tsx'
import { BeforeAfter, SaveOrEdit } from '../look/before-after.tsx'
import type { Form } from '../offer-fields.tsx'
import { choosable, type DeskView } from '../view.ts'
import { areaText } from './area.ts'

type Label = keyof ScheduleTexts['desks']['labels']

const FIELDS: Label[] = [
  'kind',
  'name_ja',
  'name_en',
  'prefectures',
  'phones',
  'hours_ja',
  'hours_en',
  'email',
  'url',
  'address',
  'topics',
  'position',
]

function Line(props: Form & { name: Label; required?: boolean; type?: 'email' }) {
  const { frame, values, errors, name, required, type } = props
  const t = scheduleTexts(frame.locale).desks
  const helps: Partial<Record<Label, string>> = t.helps
  return (
    <TextField
      frame={frame}
      name={name}
      label={t.labels[name]}
      help={helps[name]}
      required={required === true}
      value={one(values, name)}
      error={errors[name]}
      {...(type && { type })}
      {...(name === 'position' && { size: 'short' as const, inputmode: 'numeric' as const })}
    />
  )
}

type FormView = DeskView & {
  /** null if it is a new one. */
  desk: Desk | null
  values: Values
  errors: Faults
  refusal: 'changed' | 'used' | null
  /** Whether this person may set the type and the position. */
  mayOrder: boolean
}

function Fields({ frame, staff, values, errors, mayOrder }: FormView) {
  const t = scheduleTexts(frame.locale).desks
  const words = texts(frame.locale)
  const form = { frame, values, errors }
  return (
    <>
      {mayOrder ? (
        <ChoiceField
          frame={frame}
          name="kind"
          type="radio"
          label={t.labels.kind}
          required
          error={errors.kind}
          choices={DESK_KINDS.map((kind) => ({
            value: kind,
            label: words.desks.kinds[kind],
            checked: one(values, 'kind') === kind,
          }))}
        />
      ) : (
        <input type="hidden" name="kind" value="local" />
      )}
      <Line {...form} name="name_ja" required />
      <Line {...form} name="name_en" />
      <PrefecturesField
        frame={frame}
        name="prefectures"
        label={t.labels.prefectures}
        help={mayOrder ? t.helps.prefectures : undefined}
        required={one(values, 'kind') !== 'secretariat'}
        error={errors.prefectures}
        chosen={many(values, 'prefectures')}
        offered={choosable(staff)}
      />
      <AreaField
        frame={frame}
        name="phones"
        label={t.labels.phones}
        help={t.helps.phones}
        required
        value={one(values, 'phones')}
        error={errors.phones}
      />
      <Line {...form} name="hours_ja" />
      <Line {...form} name="hours_en" />
      <Line {...form} name="email" type="email" />
      <div class="field">
        <label class="choice">
          <input type="checkbox" name="mailed" value="true" checked={one(values, 'mailed') === 'true'} />
          <span class="choice-label">{t.mailed}</span>
        </label>
        <SavedNow
          frame={frame}
          name="mailed"
          typed={one(values, 'mailed')}
          words={{ '': t.mails.no, true: t.mails.yes }}
        />
      </div>
      <Line {...form} name="url" />
      <Line {...form} name="address" />
      <ChoiceField
        frame={frame}
        name="topics"
        type="checkbox"
        label={t.labels.topics}
        error={errors.topics}
        choices={TOPICS.map((topic) => ({
          value: topic,
          label: words.topics[topic],
          checked: many(values, 'topics').includes(topic),
        }))}
      />
      {mayOrder && <Line {...form} name="position" />}
    </>
  )
}

/** The form that adds or edits a desk. */
export function DeskFormPage(view: FormView) {
  const { frame, staff, desk, values, errors, refusal } = view
  const t = scheduleTexts(frame.locale)
  const title = desk ? t.desks.edit : t.desks.add
  return (
    <Console frame={frame} staff={staff} title={title} nav="schedule">
      <Crumbs frame={frame} links={[[t.desks.title, '/desk/desks']]} />
      <h1>{title}</h1>
      <ErrorSummary frame={frame} errors={errors} fields={FIELDS} labels={t.desks.labels} />
      {refusal === 'changed' && <Notice what={t.desks.kept} tone="stop" alert />}
      {refusal === 'used' && <Notice what={t.series.used} tone="stop" alert />}
      <form
        id="form"
        class="card narrow"
        action={desk ? `/desk/desks/${desk.id}` : '/desk/desks/new'}
        method="post"
        novalidate
      >
        {desk ? (
          <input type="hidden" name="revision" value={one(values, 'revision') || String(desk.revision)} />
        ) : (
          <input type="hidden" name="key" value={one(values, 'key')} />
        )}
        <Meant frame={frame} values={values} />
        <Fields {...view} />
        <p class="after">
          <button class="btn" type="submit">
            {t.desks.save}
          </button>
        </p>
      </form>
      {desk && (
        <p class="acts">
          <a class="btn quiet" href={`/desk/desks/${desk.id}/poster`}>
            {t.poster.open}
          </a>
        </p>
      )}
    </Console>
  )
}

/** What each field of a desk says, in words. */
function sentencesOf(frame: PageContext, desk: Desk): [name: Label, said: string][] {
  const { locale } = frame
  const words = texts(locale)
  const t = scheduleTexts(locale).desks
  const topics: Record<string, string> = words.topics
  const comma = locale === 'ja' ? '、' : ', '
  return [
    ['kind', words.desks.kinds[desk.kind]],
    ['name_ja', desk.name.ja],
    ['name_en', desk.name.en],
    ['prefectures', areaText(locale, desk)],
    ['phones', desk.phones.join(comma)],
    ['hours_ja', desk.hours?.ja ?? ''],
    ['hours_en', desk.hours?.en ?? ''],
    ['email', desk.email?.text ?? ''],
    ['mailed', desk.email?.use === 'mail' ? t.mails.yes : t.mails.no],
    ['url', desk.url ?? ''],
    ['address', desk.address ?? ''],
    ['topics', desk.topics.map((topic) => topics[topic] ?? topic).join(comma)],
    ['position', desk.position === null ? '' : String(desk.position)],
  ]
}

/** Shows the change of a desk, field by field, and how many sessions ahead will show it. */
export function DeskPreviewPage(
  view: DeskView & {
    values: Values
    look: { before: Desk; after: Desk; sessions: number }
    shown: string
    changed: boolean
  },
) {
  const { frame, staff, values, look, shown, changed: isOther } = view
  const t = scheduleTexts(frame.locale).desks
  const after = new Map(sentencesOf(frame, look.after))
  const changed = sentencesOf(frame, look.before).filter(([name, said]) => after.get(name) !== said)
  return (
    <Console frame={frame} staff={staff} title={t.look.title} nav="schedule">
      <Crumbs frame={frame} links={[[t.title, '/desk/desks']]} />
      <h1>{t.look.title}</h1>
      {isOther && <Notice what={deskTexts(frame.locale).session.changedSince} tone="stop" alert />}
      <Notice what={{ what: t.look.notYet, next: '' }} tone="warn" />
      <section class="card">
        <BeforeAfter
          frame={frame}
          rows={changed.map(([name, said]) => [t.labels[name], said, after.get(name) ?? ''])}
        />
        <p>{look.sessions > 0 ? t.look.sessions(look.sessions) : t.look.none}</p>
      </section>
      <SaveOrEdit frame={frame} action={`/desk/desks/${look.before.id}`} values={values} shown={shown} save={t.save} />
    </Console>
  )
}
