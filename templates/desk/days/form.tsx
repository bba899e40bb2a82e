import type { Faults } from '../../../src/base/input.ts'
import type { Desk } from '../../../src/people/desk.ts'
import type { VenueRow } from '../../../src/store/schema.ts'
import { ErrorSummary, Options, one, PrefectureOptions, SelectField, type Values, WhenField } from '../../fields.tsx'
import { Crumbs, Notice } from '../../kit.tsx'
import { texts } from '../../text/index.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { Console } from '../console.tsx'
import { DeskField, deskLabel } from '../desks/field.tsx'
import {
  AcceptanceField,
  APPLY_NAMES,
  ApplyFields,
  CapacityField,
  DeadlineFields,
  FormatsField,
  KanaField,
  Line,
  NoteFields,
  SLOT_NAMES,
  SlotFields,
  VenueField,
} from '../offer-fields.tsx'
import { choosable, type DeskView } from '../view.ts'

const FIELDS = ['prefecture', 'date', 'kind', 'title_ja', 'desk', 'venue', 'starts', 'ends', 'capacity', 'formats']

/** The fields of the slots, which are shown if one of them has a value or a fault. */
const MORE = ['title_kana', 'title_en', 'note_ja', 'note_en', 'acceptance', 'closes_count', 'closes_shape', 'closes_at']

type View = DeskView & {
  values: Values
  errors: Faults
  venues: VenueRow[]
  desks: Desk[]
  /** Whether the form began with the details of another session. */
  usual: boolean
  refusal: 'used' | null
}

/** The form that adds one day beyond the series. What it makes is shown before it is saved. */
export function DayFormPage({ frame, staff, values, errors, venues, desks, usual, refusal }: View) {
  const t = scheduleTexts(frame.locale)
  const { labels } = t.series
  const form = { frame, values, errors }
  const own = choosable(staff)
  const faulty = (names: readonly string[]) => names.some((name) => errors[name] !== undefined)
  return (
    <Console frame={frame} staff={staff} title={t.days.title} nav="schedule">
      <Crumbs frame={frame} links={[[t.title, '/desk/schedule']]} />
      <h1>{t.days.title}</h1>
      {refusal && <Notice what={t.days[refusal]} tone="stop" alert />}
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={[...FIELDS, ...SLOT_NAMES, ...MORE, ...APPLY_NAMES]}
        labels={{ ...labels, date: labels.dates, desk: deskLabel({ ...form, desks }) }}
      />
      {usual && <p class="lead">{t.days.usual}</p>}
      <form id="form" class="card enter" action="/desk/schedule/new" method="post" novalidate>
        <input type="hidden" name="key" value={one(values, 'key')} />
        <div class="columns">
          {own?.length === 1 ? (
            <input type="hidden" name="prefecture" value={one(values, 'prefecture')} />
          ) : (
            <SelectField frame={frame} name="prefecture" label={labels.prefecture} required error={errors.prefecture}>
              {one(values, 'prefecture') === '' && <option value="" />}
              <PrefectureOptions frame={frame} chosen={one(values, 'prefecture')} only={own} />
            </SelectField>
          )}
          <WhenField
            frame={frame}
            name="date"
            type="date"
            label={labels.dates}
            required
            help={t.days.dateHelp}
            value={one(values, 'date')}
            error={errors.date}
          />
        </div>
        <div class="columns">
          <SelectField frame={frame} name="kind" label={labels.kind} required error={errors.kind}>
            <Options names={texts(frame.locale).kind} chosen={one(values, 'kind')} />
          </SelectField>
          <Line {...form} name="title_ja" required />
        </div>
        <DeskField {...form} desks={desks} own />
        <VenueField {...form} venues={venues} />
        <div class="columns">
          <Line {...form} name="starts" type="time" help={t.days.hoursHelp} />
          <Line {...form} name="ends" type="time" condition={t.series.conditions.ends} help={t.days.hoursHelp} />
          <CapacityField {...form} />
        </div>
        <FormatsField {...form} />
        <details open={faulty(SLOT_NAMES) || one(values, 'slot_starts') !== ''}>
          <summary>{t.days.slots}</summary>
          <p class="help">{t.days.slotsHelp}</p>
          <div class="columns">
            <SlotFields {...form} />
          </div>
        </details>
        <details open={faulty(MORE)}>
          <summary>{t.days.more}</summary>
          <div class="columns">
            <KanaField {...form} />
            <Line {...form} name="title_en" />
          </div>
          <NoteFields {...form} />
          <AcceptanceField {...form} />
          <DeadlineFields {...form} />
        </details>
        <details open={faulty(APPLY_NAMES)}>
          <summary>{labels.apply_name}</summary>
          <ApplyFields {...form} />
        </details>
        <p class="after">
          <button class="btn" type="submit">
            {t.days.look}
          </button>
        </p>
      </form>
    </Console>
  )
}
