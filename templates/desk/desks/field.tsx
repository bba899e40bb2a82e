import type { Faults } from '../../../src/base/input.ts'
import type { Desk } from '../../../src/people/desk.ts'
import type { KeepsNone } from '../../../src/planning/desks/kept.ts'
import { Options, one, SelectField, type Values } from '../../fields.tsx'
import { joined, Notice } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { scheduleTexts } from '../../text/schedule.ts'

type Choosing = { frame: PageContext; values: Values; desks: readonly Desk[] }

/** Whether the desk of the prefecture is to hold it, and the prefecture has none. */
function isMissing({ values, desks }: Choosing): boolean {
  const prefecture = one(values, 'prefecture')
  const serves = ({ kind, prefectures }: Desk) =>
    (kind === 'local' || kind === 'base') && prefectures.includes(prefecture)
  return one(values, 'desk') === '' && prefecture !== '' && !desks.some(serves)
}

/** The name of the field in an error: with the reason, if the prefecture has no desk. */
export function deskLabel(choosing: Choosing): string {
  const { series, desks } = scheduleTexts(choosing.frame.locale)
  return isMissing(choosing) ? desks.labelWithout : series.labels.desk
}

/** The desk: that of the prefecture if `own`, unless another is chosen. Says what to do if the prefecture has none. */
export function DeskField(props: Choosing & { errors: Faults; own: boolean }) {
  const { frame, values, desks, errors, own } = props
  const t = scheduleTexts(frame.locale)
  return (
    <>
      <SelectField
        frame={frame}
        name="desk"
        label={t.series.labels.desk}
        called={deskLabel(props)}
        required
        value={one(values, 'desk')}
        error={errors.desk}
      >
        {own && <option value="">{t.desks.own}</option>}
        <Options
          names={Object.fromEntries(desks.map((desk) => [desk.id, desk.name[frame.locale]]))}
          chosen={one(values, 'desk')}
        />
      </SelectField>
      {own && isMissing(props) && (
        <Notice what={t.desks.missing} tone="warn">
          <p>
            <a href="/desk/desks/new">{t.desks.add}</a>
          </p>
        </Notice>
      )}
    </>
  )
}

/** Says what is missing if the actor keeps no desk, and who sets it where. Stands for a form that asks for a desk. */
export function NoDesk({ frame, none }: { frame: PageContext; none: KeepsNone }) {
  const { desks: t } = scheduleTexts(frame.locale)
  const names = joined(
    frame.locale,
    none.desks.map(({ name }) => name[frame.locale]),
  )
  const what = none.why === 'shared' ? t.noneOwn.shared(names) : t.noneOwn[none.why]
  return (
    <Notice what={what} tone="warn">
      {none.why === 'missing' && (
        <p>
          <a href="/desk/desks/new">{t.add}</a>
        </p>
      )}
    </Notice>
  )
}
