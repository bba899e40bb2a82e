import { type Context, Hono } from 'hono'
import { ExpertTiesPage, TIE_FIELDS, tieField } from '../../../../templates/desk/experts/ties.tsx'
import { page } from '../../../../templates/layout.tsx'
import { type Faults, faultsOf } from '../../../base/input.ts'
import type { Expert } from '../../../experts/expert.ts'
import { tiesOf } from '../../../experts/queries.ts'
import { saveTies, TieInput } from '../../../experts/save-ties.ts'
import type { AffiliationRow } from '../../../store/schema.ts'
import { seeOther, statusFor } from '../../answer.ts'
import type { Env } from '../../env.ts'
import { formValues, oneOf, type Values } from '../../forms.ts'
import { showsForm } from '../../look.ts'
import { typedBeside } from '../view.ts'
import { askedExpert, expertView } from './asked.ts'

/** Empty lines below those that are filled in. */
const SPARE = 3

/** The most lines of a form: as many as the act takes. */
const MOST = 100

type Against = { errors?: Faults; refusal?: 'twice' | 'left' | 'changed' | null }

const isDeclared = ({ kind }: AffiliationRow) => kind === 'declared'

function valuesOf({ revision }: Expert, ties: readonly AffiliationRow[]): Values {
  const lines = ties
    .filter((tie) => !isDeclared(tie))
    .flatMap(({ name_key, corporate_number, kind, until }, line) => {
      const values = { company: name_key, corporate_number, kind, until: until ?? '' }
      return TIE_FIELDS.map((name) => [tieField(line, name), values[name]] as const)
    })
  return { ...Object.fromEntries(lines), revision: String(revision) }
}

/** One line as it was typed. */
const lineOf = (values: Values, line: number) =>
  Object.fromEntries(TIE_FIELDS.map((name) => [name, oneOf(values, tieField(line, name))]))

/** The lines of a form in which a firm or a day is filled in. */
function filledIn(values: Values): number[] {
  return Array.from({ length: MOST }, (_, line) => line).filter((line) => {
    const { company, corporate_number: number, until } = lineOf(values, line)
    return [company, number, until].some((text) => (text ?? '').trim() !== '')
  })
}

async function form(
  c: Context<Env>,
  expert: Expert,
  values: Values | null,
  { errors = {}, refusal = null }: Against = {},
) {
  const ties = await tiesOf(c.var.ctx, expert.id)
  const now = valuesOf(expert, ties)
  const shown = values === null ? now : refusal === 'changed' ? typedBeside(c, values, now) : values
  if (refusal) c.set('refused', refusal)
  const lines = Math.min(MOST, (filledIn(shown).at(-1) ?? -1) + 1 + SPARE)
  const view = { ...expertView(c, expert), lines, declared: ties.filter(isDeclared), values: shown, errors, refusal }
  return c.html(page(ExpertTiesPage(view)), statusFor({ refusal, errors }))
}

/** `/desk/experts/:id/ties`: the firms to which an expert is tied. For the expert and the secretariat. */
export const expertTieRoutes = new Hono<Env>()
  .get('/:id/ties', async (c) => form(c, await askedExpert(c), null))
  .post('/:id/ties', async (c) => {
    const values = await formValues(c)
    const expert = await askedExpert(c)
    if (showsForm(c)) return form(c, expert, values)
    const lines = filledIn(values)
    const faults = lines.flatMap((line) => {
      const read = TieInput.safeParse(lineOf(values, line))
      const wrong = read.success ? [] : Object.entries(faultsOf(read.error))
      return wrong.map(([name, fault]) => [`ties.${line}.${name}`, fault] as const)
    })
    if (faults.length > 0) return form(c, expert, values, { errors: Object.fromEntries(faults) })
    const ties = lines.map((line) => lineOf(values, line))
    const done = await saveTies(c.var.ctx, expert.id, { revision: values.revision, ties })
    if (done.ok) return seeOther(c, `/desk/experts/${expert.id}/ties?done=saved`)
    if (done.why === 'invalid') return form(c, expert, values, { errors: done.errors })
    return form(c, await askedExpert(c), values, { refusal: done.why })
  })
