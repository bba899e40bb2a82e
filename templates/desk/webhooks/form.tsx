import type { Faults } from '../../../src/base/input.ts'
import { WEBHOOK_TYPES } from '../../../src/base/vocabulary.ts'
import type { Desk } from '../../../src/people/desk.ts'
import type { KeepsNone } from '../../../src/planning/desks/kept.ts'
import { ChoiceField, ErrorSummary, many, Options, one, SelectField, TextField, type Values } from '../../fields.tsx'
import { Crumbs, Notice } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { Console } from '../console.tsx'
import { NoDesk } from '../desks/field.tsx'
import type { DeskView } from '../view.ts'

/** The fields of a webhook that can be changed later: its address, and what it hears. */
export function WebhookFields({ frame, values, errors }: { frame: PageContext; values: Values; errors: Faults }) {
  const t = deskTexts(frame.locale).webhooks
  const chosen = many(values, 'types')
  return (
    <>
      <TextField
        frame={frame}
        name="url"
        autocomplete="off"
        label={t.labels.url}
        help={t.helps.url}
        required
        value={one(values, 'url')}
        error={errors.url}
      />
      <ChoiceField
        frame={frame}
        name="types"
        type="checkbox"
        label={t.labels.types}
        required
        error={errors.types}
        choices={WEBHOOK_TYPES.map((type) => ({ value: type, label: t.types[type], checked: chosen.includes(type) }))}
      />
    </>
  )
}

/** Adds a webhook. `all`: whether it may hear of the sessions of all desks. */
export function NewWebhookPage(
  props: DeskView & {
    desks: Desk[]
    all: boolean
    none: KeepsNone | null
    values: Values
    errors: Faults
    refusal: 'used' | 'changed' | null
  },
) {
  const { frame, staff, desks, all, none, values, errors, refusal } = props
  const t = deskTexts(frame.locale).webhooks
  const names = Object.fromEntries(desks.map((desk) => [desk.id, desk.name[frame.locale]]))
  return (
    <Console frame={frame} staff={staff} title={t.add} nav="security">
      <Crumbs frame={frame} links={[[t.title, '/desk/webhooks']]} />
      <h1>{t.add}</h1>
      <ErrorSummary frame={frame} errors={errors} fields={['url', 'types', 'desk']} labels={t.labels} />
      {refusal && <Notice what={t[refusal]} tone="stop" alert />}
      {none !== null ? (
        <NoDesk frame={frame} none={none} />
      ) : (
        <form id="form" class="card narrow" action="/desk/webhooks/new" method="post" novalidate>
          <input type="hidden" name="key" value={one(values, 'key')} />
          <WebhookFields frame={frame} values={values} errors={errors} />
          <SelectField
            frame={frame}
            name="desk"
            label={t.labels.desk}
            help={t.helps.desk}
            required={!all}
            error={errors.desk}
          >
            {all && <option value="">{t.all}</option>}
            <Options names={names} chosen={one(values, 'desk')} />
          </SelectField>
          <button class="btn" type="submit">
            {t.save}
          </button>
        </form>
      )}
    </Console>
  )
}
