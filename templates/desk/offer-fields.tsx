import type { Faults } from '../../src/base/input.ts'
import type { VenueRow } from '../../src/store/schema.ts'
import {
  AreaField,
  ChoiceField,
  many,
  Options,
  one,
  SelectField,
  TextField,
  type Values,
  WhenField,
} from '../fields.tsx'
import type { PageContext } from '../layout.tsx'
import { deskTexts } from '../text/desk.ts'
import { texts } from '../text/index.ts'
import { type ScheduleTexts, scheduleTexts } from '../text/schedule.ts'

/** A form with the values typed into it. */
export type Form = { frame: PageContext; values: Values; errors: Faults }

type Label = keyof ScheduleTexts['series']['labels']

/** One line of text, named by its label. */
export function Line(
  props: Form & {
    name: Label
    required?: boolean
    condition?: string
    help?: string
    short?: boolean
    type?: 'date' | 'time'
  },
) {
  const { frame, values, errors, name, type } = props
  const label = scheduleTexts(frame.locale).series.labels[name]
  if (type) {
    return (
      <WhenField
        frame={frame}
        name={name}
        type={type}
        label={label}
        required={props.required === true}
        {...(props.condition !== undefined && { condition: props.condition })}
        help={props.help}
        value={one(values, name)}
        error={errors[name]}
      />
    )
  }
  return (
    <TextField
      frame={frame}
      name={name}
      label={label}
      required={props.required === true}
      value={one(values, name)}
      error={errors[name]}
      {...(props.condition && { condition: props.condition })}
      {...(props.help && { help: props.help })}
      {...(props.short && { size: 'short' as const, inputmode: 'numeric' as const })}
    />
  )
}

type Choosing = Form & { venues: VenueRow[] }

const own = ({ frame, values, errors }: Form): Form => ({ frame, values, errors })

/** How the title is read. */
export function KanaField(form: Form) {
  return <Line {...own(form)} name="title_kana" help={scheduleTexts(form.frame.locale).series.helps.title_kana} />
}

function Titles(form: Form) {
  return (
    <>
      <div class="columns">
        <Line {...own(form)} name="title_ja" required />
        <Line {...own(form)} name="title_en" />
      </div>
      <KanaField {...own(form)} />
    </>
  )
}

/** The notices that people read of a session. */
export function NoteFields({ frame, values, errors }: Form) {
  const { labels } = scheduleTexts(frame.locale).series
  return (
    <div class="columns">
      <AreaField
        frame={frame}
        name="note_ja"
        label={labels.note_ja}
        value={one(values, 'note_ja')}
        error={errors.note_ja}
      />
      <AreaField
        frame={frame}
        name="note_en"
        label={labels.note_en}
        value={one(values, 'note_en')}
        error={errors.note_en}
      />
    </div>
  )
}

/** The venue, if any. */
export function VenueField({ frame, values, errors, venues }: Choosing) {
  const t = scheduleTexts(frame.locale).series
  const named = venues.map(({ id, name_ja, name_en }) => [id, frame.locale === 'ja' ? name_ja : name_en])
  const names = { '': t.noVenue, ...Object.fromEntries(named) }
  const value = one(values, 'venue')
  return (
    <SelectField frame={frame} name="venue" label={t.labels.venue} value={value} words={names} error={errors.venue}>
      <Options names={names} chosen={value} />
    </SelectField>
  )
}

/** How many people a day has room for. */
export function CapacityField(form: Form) {
  return <Line {...own(form)} name="capacity" short help={scheduleTexts(form.frame.locale).series.helps.capacity} />
}

/** How applications are accepted. */
export function AcceptanceField({ frame, values, errors }: Form) {
  const { labels } = scheduleTexts(frame.locale).series
  const names = deskTexts(frame.locale).session.acceptances
  const value = one(values, 'acceptance') || 'first_come'
  return (
    <SelectField
      frame={frame}
      name="acceptance"
      label={labels.acceptance}
      required
      value={value}
      words={names}
      error={errors.acceptance}
    >
      <Options names={names} chosen={value} />
    </SelectField>
  )
}

/** The forms in which a session is held. */
export function FormatsField({ frame, values, errors }: Form) {
  const formats = texts(frame.locale).format
  return (
    <ChoiceField
      frame={frame}
      name="formats"
      type="checkbox"
      label={scheduleTexts(frame.locale).series.labels.formats}
      condition={deskTexts(frame.locale).session.formatsNeeded}
      error={errors.formats}
      choices={(Object.keys(formats) as (keyof typeof formats)[]).map((format) => ({
        value: format,
        label: formats[format],
        checked: many(values, 'formats').includes(format),
      }))}
    />
  )
}

/** When booking closes. */
export function DeadlineFields(form: Form) {
  const { frame, values, errors } = form
  const t = scheduleTexts(frame.locale).series
  const shape = one(values, 'closes_shape') || 'business_days'
  return (
    <div class="columns">
      <Line {...own(form)} name="closes_count" short />
      <SelectField
        frame={frame}
        name="closes_shape"
        label={t.labels.closes_shape}
        required
        value={shape}
        words={t.shapes}
        error={errors.closes_shape}
      >
        <Options names={t.shapes} chosen={shape} />
      </SelectField>
      <Line {...own(form)} name="closes_at" type="time" />
    </div>
  )
}

/** Where people apply if they do not apply here. */
export function ApplyFields(form: Form) {
  const { helps } = scheduleTexts(form.frame.locale).series
  return (
    <div class="columns">
      <Line {...own(form)} name="apply_name" help={helps.apply_name} />
      <Line {...own(form)} name="apply_phone" />
      <Line {...own(form)} name="apply_url" />
    </div>
  )
}

/** The names of `SlotFields`, `HoursFields` and `OfferFields`, in their order. */
export const SLOT_NAMES = ['slot_starts', 'slot_minutes', 'slot_capacity']
export const HOURS_NAMES = [...SLOT_NAMES, 'starts', 'ends']
export const APPLY_NAMES = ['apply_name', 'apply_phone', 'apply_url']
const TITLE_NAMES = ['title_ja', 'title_en', 'title_kana', 'note_ja', 'note_en']
export const OFFER_NAMES = [
  ...TITLE_NAMES,
  'venue',
  'capacity',
  'acceptance',
  'formats',
  'closes_count',
  'closes_shape',
  'closes_at',
  ...APPLY_NAMES,
]

/** The fields that sessions and series share: titles, place, formats, capacity, deadline, how to apply. */
export function OfferFields(form: Choosing) {
  const fields = own(form)
  return (
    <>
      <Titles {...fields} />
      <NoteFields {...fields} />
      <div class="columns">
        <VenueField {...fields} venues={form.venues} />
        <CapacityField {...fields} />
        <AcceptanceField {...fields} />
      </div>
      <FormatsField {...fields} />
      <DeadlineFields {...fields} />
      <details>
        <summary>{scheduleTexts(form.frame.locale).series.labels.apply_name}</summary>
        <ApplyFields {...fields} />
      </details>
    </>
  )
}

/** The slots of a day. */
export function SlotFields(form: Form) {
  const { helps, conditions } = scheduleTexts(form.frame.locale).series
  return (
    <>
      <Line {...own(form)} name="slot_starts" help={helps.slot_starts} />
      <Line {...own(form)} name="slot_minutes" short condition={conditions.slot_minutes} />
      <Line {...own(form)} name="slot_capacity" short />
    </>
  )
}

/** The hours of a day: slots, or one period. */
export function HoursFields(form: Form) {
  const fields = own(form)
  const { conditions } = scheduleTexts(form.frame.locale).series
  return (
    <div class="columns">
      <SlotFields {...fields} />
      <Line {...fields} name="starts" type="time" />
      <Line {...fields} name="ends" type="time" condition={conditions.ends} />
    </div>
  )
}

/** Hidden fields that carry the typed values to the next step. */
export function Carried({ values }: { values: Values }) {
  return (
    <>
      {Object.entries(values)
        .filter(([name]) => name !== 'step' && name !== 'shown' && name !== 'seen')
        .flatMap(([name, value]) => [value].flat().map((text) => <input type="hidden" name={name} value={text} />))}
    </>
  )
}
