import type { Faults } from '../../../src/base/input.ts'
import { CONSULT_FIELDS, consultLabels, FirmFields, MatterFields } from '../../consult-fields.tsx'
import { ChoiceField, ErrorSummary, Meant, Options, one, SelectField, type Values } from '../../fields.tsx'
import { Crumbs, Notice } from '../../kit.tsx'
import { consultTexts } from '../../text/consult.ts'
import { texts } from '../../text/index.ts'
import type { What } from '../../text/spoken.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'

/** The form by which a desk enters the request of a firm. `only`: the prefectures that it may choose; null is all. */
export function EnterRequestPage(
  view: DeskView & {
    values: Values
    errors: Faults
    refusal: What | null
    /** The number of the request that was entered just now. */
    entered: string | null
    only: readonly string[] | null
  },
) {
  const { frame, staff, values, errors, refusal, entered, only } = view
  const { enter, form } = consultTexts(frame.locale)
  const t = texts(frame.locale)
  return (
    <Console frame={frame} staff={staff} title={enter.title} nav="bookings">
      <Crumbs frame={frame} links={[[consultTexts(frame.locale).list.title, '/desk/requests']]} />
      <h1>{enter.title}</h1>
      <p class="lead">{enter.lead}</p>
      {entered !== null && <Notice what={enter.entered(entered)} tone="done" />}
      {refusal && <Notice what={refusal} tone="stop" alert />}
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={[...CONSULT_FIELDS, 'wished', 'channel', 'locale']}
        labels={{ ...consultLabels(frame), locale: enter.locale }}
      />
      <form id="form" class="card" action="/desk/requests/new" method="post" novalidate autocomplete="off">
        <input type="hidden" name="key" value={one(values, 'key')} />
        {one(values, 'booking') !== '' && <input type="hidden" name="booking" value={one(values, 'booking')} />}
        <Meant frame={frame} values={values} />
        <FirmFields frame={frame} values={values} errors={errors} only={only} mailed={false} />
        <p class="help">{enter.noEmail}</p>
        <MatterFields frame={frame} values={values} errors={errors} />
        <SelectField frame={frame} name="channel" label={form.labels.channel} required error={errors.channel}>
          <Options names={enter.channels} chosen={one(values, 'channel')} />
        </SelectField>
        <SelectField frame={frame} name="locale" label={enter.locale} required error={errors.locale}>
          <Options names={enter.locales} chosen={one(values, 'locale')} />
        </SelectField>
        <ChoiceField
          frame={frame}
          name="consent"
          label={t.book.labels.consent}
          type="checkbox"
          required
          error={errors.consent}
          choices={[{ value: 'true', label: enter.consent, checked: one(values, 'consent') === 'true' }]}
        />
        <button class="btn" type="submit">
          {enter.submit}
        </button>
      </form>
    </Console>
  )
}
