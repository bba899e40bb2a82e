import type { Faults } from '../../../src/base/input.ts'
import { ErrorSummary, Meant, one, TextField, type Values } from '../../fields.tsx'
import { Crumbs, Notice } from '../../kit.tsx'
import { deskTexts } from '../../text/desk.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'

/** The fields, in the order of the form. */
const FIELDS = [
  'name_ja',
  'name_en',
  'operator_ja',
  'operator_en',
  'phone',
  'email',
  'address',
  'privacy_ja',
  'privacy_en',
] as const

const TYPES = { phone: 'tel', email: 'email' } as const

/** The form that says who runs this house. */
export function HousePage(props: DeskView & { values: Values; errors: Faults; refusal: 'changed' | null }) {
  const { frame, staff, values, errors, refusal } = props
  const d = deskTexts(frame.locale)
  const t = d.setup
  const help: Partial<Record<(typeof FIELDS)[number], string>> = t.house.help
  return (
    <Console frame={frame} staff={staff} title={t.house.title} nav="security">
      <Crumbs frame={frame} links={[[t.title, '/desk/setup']]} />
      <h1>{t.house.title}</h1>
      <p class="lead">{t.house.lead}</p>
      {refusal && <Notice what={d.people.refused[refusal]} tone="stop" alert />}
      <ErrorSummary frame={frame} errors={errors} fields={FIELDS} labels={t.house.labels} />
      <form class="card narrow" action="/desk/setup/house" method="post" novalidate>
        <input type="hidden" name="revision" value={one(values, 'revision')} />
        <Meant frame={frame} values={values} />
        {FIELDS.map((name) => (
          <TextField
            frame={frame}
            name={name}
            type={name === 'phone' || name === 'email' ? TYPES[name] : 'text'}
            label={t.house.labels[name]}
            help={help[name]}
            required={name === 'name_ja' || name === 'name_en'}
            value={one(values, name)}
            error={errors[name]}
          />
        ))}
        <p class="after">
          <button class="btn" type="submit">
            {d.people.save}
          </button>
        </p>
      </form>
    </Console>
  )
}
