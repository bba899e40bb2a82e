import type { Values } from '../../fields.tsx'
import type { PageContext } from '../../layout.tsx'
import { scheduleTexts } from '../../text/schedule.ts'
import { Carried } from '../offer-fields.tsx'

/** What a form would change, one line a field, before it is saved. */
export function BeforeAfter(props: {
  frame: PageContext
  rows: readonly (readonly [label: string, before: string, after: string])[]
  /** What the first column is called, if its labels are no fields. */
  head?: string
}) {
  const { look: t } = scheduleTexts(props.frame.locale).desks
  return (
    <table class="list">
      <thead>
        <tr>
          <th scope="col">{props.head ?? t.field}</th>
          <th scope="col">{t.before}</th>
          <th scope="col">{t.after}</th>
        </tr>
      </thead>
      <tbody>
        {props.rows.map(([label, before, after]) => (
          <tr>
            <th scope="row">{label}</th>
            <td class="typed" data-label={t.before}>
              {before || t.empty}
            </td>
            <td class="typed" data-label={t.after}>
              <b>{after || t.empty}</b>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Saves what a page shows, or goes back to its form. */
export function SaveOrEdit(props: {
  frame: PageContext
  action: string
  values: Values
  /** The fingerprint of what the page shows; null if the revision of the form says it. */
  shown: string | null
  save: string
}) {
  const { frame, action, values, shown, save } = props
  return (
    <form id="form" action={action} method="post" novalidate>
      <Carried values={values} />
      {shown !== null && <input type="hidden" name="shown" value={shown} />}
      <div class="acts">
        <button class="btn" type="submit" name="step" value="do">
          {save}
        </button>
        <button class="btn quiet" type="submit" name="step" value="edit">
          {scheduleTexts(frame.locale).desks.look.back}
        </button>
      </div>
    </form>
  )
}
