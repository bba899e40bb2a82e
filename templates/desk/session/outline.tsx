import type { Faults } from '../../../src/base/input.ts'
import type { Session } from '../../../src/schedule/session.ts'
import { AreaField, ErrorSummary, one, type Values } from '../../fields.tsx'
import { Crumbs, Notice } from '../../kit.tsx'
import { texts } from '../../text/index.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'
import { titleOf } from './title.ts'

const TEXTS = ['target', 'hosts', 'speakers', 'agenda'] as const

/** The form of what a session is about. */
export function OutlinePage(view: DeskView & { session: Session; values: Values; errors: Faults; changed: boolean }) {
  const { frame, session, values, errors, changed } = view
  const { edit, labels } = texts(frame.locale).outline
  const path = `/desk/sessions/${session.id}`
  const named = Object.fromEntries(
    TEXTS.flatMap((name) => [
      [`${name}_ja`, labels[name]],
      [`${name}_en`, edit.english(labels[name])],
    ]),
  )
  return (
    <Console frame={frame} staff={view.staff} title={edit.open} nav="schedule">
      <Crumbs frame={frame} links={[[titleOf(frame, session), path]]} />
      <h1>{edit.open}</h1>
      <p class="lead">{edit.lead}</p>
      {changed && <Notice what={edit.changed} tone="stop" />}
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={[...Object.keys(named), 'materials']}
        labels={{ ...named, materials: labels.materials }}
      />
      <form id="form" class="card" method="post" action={`${path}/outline`} novalidate>
        <input type="hidden" name="revision" value={one(values, 'revision')} />
        {TEXTS.map((name) => (
          <div class="columns">
            <AreaField
              frame={frame}
              name={`${name}_ja`}
              label={labels[name]}
              help={name === 'agenda' ? edit.agenda : name === 'target' ? undefined : edit.lines}
              value={one(values, `${name}_ja`)}
              error={errors[`${name}_ja`]}
            />
            <AreaField
              frame={frame}
              name={`${name}_en`}
              label={edit.english(labels[name])}
              help={edit.englishHelp}
              value={one(values, `${name}_en`)}
              error={errors[`${name}_en`]}
            />
          </div>
        ))}
        <AreaField
          frame={frame}
          name="materials"
          label={labels.materials}
          help={edit.materials}
          value={one(values, 'materials')}
          error={errors.materials}
        />
        <button class="btn" type="submit">
          {edit.save}
        </button>
      </form>
    </Console>
  )
}
