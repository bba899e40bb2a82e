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
  props: Form & { name: Label; required?: boolean; help?: string; short?: boolean; type?: 'date' | 'time' },
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
      {...(props.help && { help: props.help })}
      {...(props.short && { size: 'short' as const, inputmode: 'numeric' as const })}
    />
  )
}

/** The fields that sessions and series share: titles, place, formats, capacity, deadline, how to apply. */
export function OfferFields(form: Form & { venues: VenueRow[] }) {
  const { frame, values, errors, venues } = form
  const t = scheduleTexts(frame.locale).series
  const { labels } = t
  const acceptances = deskTexts(frame.locale).session.acceptances
  const formats = texts(frame.locale).format
  const own = { frame, values, errors }
  return (
    <>
      <div class="columns">
        <Line {...own} name="title_ja" required />
        <Line {...own} name="title_en" />
      </div>
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
      <div class="columns">
        <SelectField frame={frame} name="venue" label={labels.venue} error={errors.venue}>
          <option value="">{t.noVenue}</option>
          <Options
            names={Object.fromEntries(
              venues.map((venue) => [venue.id, frame.locale === 'ja' ? venue.name_ja : venue.name_en]),
            )}
            chosen={one(values, 'venue')}
          />
        </SelectField>
        <Line {...own} name="capacity" short help={t.helps.capacity} />
        <SelectField frame={frame} name="acceptance" label={labels.acceptance} required error={errors.acceptance}>
          <Options names={acceptances} chosen={one(values, 'acceptance') || 'first_come'} />
        </SelectField>
      </div>
      <ChoiceField
        frame={frame}
        name="formats"
        type="checkbox"
        label={labels.formats}
        required
        error={errors.formats}
        choices={(Object.keys(formats) as (keyof typeof formats)[]).map((format) => ({
          value: format,
          label: formats[format],
          checked: many(values, 'formats').includes(format),
        }))}
      />
      <div class="columns">
        <Line {...own} name="closes_count" short />
        <SelectField frame={frame} name="closes_shape" label={labels.closes_shape} required error={errors.closes_shape}>
          <Options names={t.shapes} chosen={one(values, 'closes_shape') || 'business_days'} />
        </SelectField>
        <Line {...own} name="closes_at" type="time" />
      </div>
      <details>
        <summary>{labels.apply_name}</summary>
        <div class="columns">
          <Line {...own} name="apply_name" help={t.helps.apply_name} />
          <Line {...own} name="apply_phone" />
          <Line {...own} name="apply_url" />
        </div>
      </details>
    </>
  )
}

/** The hours of a day: slots, or one period. */
export function HoursFields(form: Form) {
  const { helps } = scheduleTexts(form.frame.locale).series
  const { frame, values, errors } = form
  const own = { frame, values, errors }
  return (
    <div class="columns">
      <Line {...own} name="slot_starts" help={helps.slot_starts} />
      <Line {...own} name="slot_minutes" short />
      <Line {...own} name="slot_capacity" short />
      <Line {...own} name="starts" type="time" />
      <Line {...own} name="ends" type="time" />
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
