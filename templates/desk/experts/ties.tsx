import type { Faults } from '../../../src/base/input.ts'
import type { AffiliationRow } from '../../../src/store/schema.ts'
import { ErrorSummary, Options, one, SelectField, TextField, type Values, WhenField } from '../../fields.tsx'
import { type DeskTexts, deskTexts } from '../../text/desk.ts'
import { ExpertFrame, type ExpertView } from './parts.tsx'

/** The fields of one tie. The form has them once a line. */
export const TIE_FIELDS = ['company', 'corporate_number', 'kind', 'until'] as const

/** The name of a field of a line. */
export const tieField = (line: number, name: (typeof TIE_FIELDS)[number]) => `ties.${line}.${name}`

type Line = { view: TiesView; line: number }

function Tie({ view: { frame, values, errors }, line }: Line) {
  const t = deskTexts(frame.locale).experts.ties
  const { declared: _, ...kinds } = t.kinds
  const field = (name: (typeof TIE_FIELDS)[number]) => ({
    frame,
    name: tieField(line, name),
    label: t.labels[name],
    called: t.label(line + 1, t.labels[name]),
    value: one(values, tieField(line, name)),
    error: errors[tieField(line, name)],
  })
  return (
    <fieldset class="field">
      <legend>{t.row(line + 1)}</legend>
      <TextField {...field('company')} autocomplete="off" />
      <TextField {...field('corporate_number')} inputmode="numeric" autocomplete="off" />
      <SelectField {...field('kind')} words={kinds}>
        <Options names={kinds} chosen={one(values, tieField(line, 'kind'))} />
      </SelectField>
      <WhenField {...field('until')} type="date" />
    </fieldset>
  )
}

function Declared({ rows, t }: { rows: readonly AffiliationRow[]; t: DeskTexts['experts']['ties'] }) {
  if (rows.length === 0) return null
  return (
    <section class="card narrow">
      <h2>{t.declared}</h2>
      <ul class="plain">
        {rows.map(({ name_key: name, corporate_number: number }) => (
          <li>
            <bdi>{name}</bdi> <span class="num">{number}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}

type TiesView = ExpertView & {
  /** How many lines the form has. */
  lines: number
  declared: readonly AffiliationRow[]
  values: Values
  errors: Faults
  refusal: 'twice' | 'left' | 'changed' | null
}

/** The firms to which an expert is tied, one line each, with empty lines for more. */
export function ExpertTiesPage(view: TiesView) {
  const { frame, expert, lines, declared, values, errors, refusal } = view
  const t = deskTexts(frame.locale).experts
  const all = Array.from({ length: lines }, (_, line) => line)
  const fields = all.flatMap((line) => TIE_FIELDS.map((name) => [line, name] as const))
  const labels = fields.map(([line, name]) => [tieField(line, name), t.ties.label(line + 1, t.ties.labels[name])])
  const why = refusal && { ...t.refused, twice: t.refused.firms }[refusal]
  return (
    <ExpertFrame view={view} at="ties" title={t.ties.title(expert.name)} refusal={why}>
      <p class="lead">{t.ties.lead}</p>
      <p class="soft">{t.ties.kept}</p>
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={fields.map(([line, name]) => tieField(line, name))}
        labels={Object.fromEntries(labels)}
      />
      <Declared rows={declared} t={t.ties} />
      <form id="form" class="card narrow" action={`/desk/experts/${expert.id}/ties`} method="post" novalidate>
        <input type="hidden" name="revision" value={one(values, 'revision')} />
        {all.map((line) => (
          <Tie view={view} line={line} />
        ))}
        {expert.state !== 'left' && (
          <p class="after">
            <button class="btn" type="submit">
              {t.save}
            </button>
          </p>
        )}
      </form>
    </ExpertFrame>
  )
}
