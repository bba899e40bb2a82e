import type { Faults } from '../../../src/base/input.ts'
import type { HouseWords } from '../../../src/house/house.ts'
import { AreaField, ErrorSummary, Meant, one, TextField, type Values } from '../../fields.tsx'
import { Crumbs, Notice } from '../../kit.tsx'
import { deskTexts } from '../../text/desk.ts'
import { Console } from '../console.tsx'
import { BeforeAfter, SaveOrEdit } from '../look/before-after.tsx'
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
  'sender_ja',
  'sender_en',
  'reply',
] as const

/** Fields of several lines, after the others. */
const AREAS = ['signature_ja', 'signature_en'] as const

const TYPES: Partial<Record<(typeof FIELDS)[number], 'tel' | 'email'>> = {
  phone: 'tel',
  email: 'email',
  reply: 'email',
}

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
      {refusal && <Notice what={d.people.kept} tone="stop" alert />}
      <ErrorSummary frame={frame} errors={errors} fields={[...FIELDS, ...AREAS]} labels={t.house.labels} />
      <form class="card narrow" action="/desk/setup/house" method="post" novalidate>
        <input type="hidden" name="revision" value={one(values, 'revision')} />
        <Meant frame={frame} values={values} />
        {FIELDS.map((name) => (
          <TextField
            frame={frame}
            name={name}
            type={TYPES[name] ?? 'text'}
            label={t.house.labels[name]}
            help={help[name]}
            required={name === 'name_ja' || name === 'name_en'}
            value={one(values, name)}
            error={errors[name]}
          />
        ))}
        {AREAS.map((name) => (
          <AreaField
            frame={frame}
            name={name}
            label={t.house.labels[name]}
            value={one(values, name)}
            error={errors[name]}
          />
        ))}
        <p class="after">
          <button class="btn" type="submit">
            {t.house.look}
          </button>
        </p>
      </form>
    </Console>
  )
}

/** Shows the words of the house that change, before pages and letters have them. */
export function HouseLookPage(
  props: DeskView & {
    values: Values
    before: HouseWords | null
    after: HouseWords
    changed: readonly (keyof HouseWords)[]
  },
) {
  const { frame, staff, values, before, after, changed } = props
  const d = deskTexts(frame.locale)
  const t = d.setup
  return (
    <Console frame={frame} staff={staff} title={t.house.look} nav="security">
      <Crumbs frame={frame} links={[[t.title, '/desk/setup']]} />
      <h1>{t.house.look}</h1>
      <Notice what={t.house.notYet} tone="warn" />
      <section class="card">
        <BeforeAfter
          frame={frame}
          rows={changed.map((name) => [t.house.labels[name], before?.[name] ?? '', after[name]])}
        />
      </section>
      <SaveOrEdit frame={frame} action="/desk/setup/house" values={values} shown={null} save={d.people.save} />
    </Console>
  )
}
