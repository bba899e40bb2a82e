import type { Elsewhere } from '../../../src/advisers/free.ts'
import type { Adviser } from '../../../src/advisers/queries.ts'
import type { Duty } from '../../../src/base/duty.ts'
import type { Faults } from '../../../src/base/input.ts'
import { civilTime } from '../../../src/base/japan/civil.ts'
import type { Session } from '../../../src/schedule/session.ts'
import { ErrorSummary, Options, one, SelectField, TextField, type Values } from '../../fields.tsx'
import { Crumbs, Notice } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { Console } from '../console.tsx'
import { dutyText } from '../duty.ts'
import { BeforeAfter, SaveOrEdit } from '../look/before-after.tsx'
import type { DeskView } from '../view.ts'
import { Others } from './others.tsx'
import { titleOf } from './title.ts'

/** The form of a page on which advisers and rooms are chosen. `others`: the sessions that have them at the time. */
export type AdvisersForm = {
  advisers: Adviser[]
  values: Values
  errors: Faults
  refusal: 'changed' | 'busy' | null
  others: Elsewhere[]
}

type Fields = { frame: PageContext; advisers: Adviser[]; values: Values; errors: Faults; of: string; time: string }

/** The fields of one duty. Their names begin with `of`. */
export function DutyFields({ frame, advisers, values, errors, of, time }: Fields) {
  const t = deskTexts(frame.locale).advisers
  const label = (text: string) => (time === '' ? text : t.label(time, text))
  const known = advisers.map(({ id, name, role }) => [id, `${name} (${t.roles[role]})`])
  const names = { '': t.nobody, ...Object.fromEntries(known) }
  return (
    <div class="columns">
      <SelectField
        frame={frame}
        name={`${of}.adviser`}
        label={label(t.adviser)}
        value={one(values, `${of}.adviser`)}
        words={names}
        error={errors[`${of}.adviser`]}
      >
        <Options names={names} chosen={one(values, `${of}.adviser`)} />
      </SelectField>
      <TextField
        frame={frame}
        name={`${of}.name`}
        label={label(t.name)}
        value={one(values, `${of}.name`)}
        error={errors[`${of}.name`]}
      />
      <TextField
        frame={frame}
        name={`${of}.room`}
        label={label(t.room)}
        value={one(values, `${of}.room`)}
        error={errors[`${of}.room`]}
      />
    </div>
  )
}

/** Why it was not saved, with the sessions that are in the way. */
function AdvisersRefused({
  frame,
  refusal,
  others,
}: { frame: PageContext } & Pick<AdvisersForm, 'refusal' | 'others'>) {
  const t = deskTexts(frame.locale).advisers
  if (refusal === null) return null
  return (
    <Notice what={{ what: t.refused.what, next: t.refused[refusal] }} tone="stop" alert>
      <Others frame={frame} others={others} />
    </Notice>
  )
}

/** Who advises in a session, and in which room. */
export function AdvisersPage(view: DeskView & AdvisersForm & { session: Session }) {
  const { frame, staff, session, advisers, values, errors, refusal, others } = view
  const t = deskTexts(frame.locale).advisers
  const title = titleOf(frame, session)
  const path = `/desk/sessions/${session.id}`
  const times = session.slots.map(({ id, starts_at }) => ({ of: `slots.${id}`, time: civilTime(starts_at) }))
  const all = [{ of: 'whole', time: '' }, ...times]
  const labels = all.flatMap(({ of, time }) =>
    (['adviser', 'name', 'room'] as const).map((name) => [
      `${of}.${name}`,
      time === '' ? t[name] : t.label(time, t[name]),
    ]),
  )
  const field = { frame, advisers, values, errors }
  const differs = [values, frame.saved ?? {}].some((kept) =>
    times.some(({ of }) => ['adviser', 'name', 'room'].some((name) => one(kept, `${of}.${name}`) !== '')),
  )
  const faulty = Object.keys(errors).some((name) => name.startsWith('slots.'))
  return (
    <Console frame={frame} staff={staff} title={t.title} nav="schedule">
      <Crumbs frame={frame} links={[[title, path]]} />
      <h1>{t.of(title)}</h1>
      <p class="lead">{t.lead}</p>
      <p>{t.once}</p>
      <AdvisersRefused frame={frame} refusal={refusal} others={others} />
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={labels.map(([name = '']) => name)}
        labels={Object.fromEntries(labels)}
      />
      <form id="form" action={`${path}/advisers`} method="post" novalidate>
        <input type="hidden" name="revision" value={one(values, 'revision')} />
        <section class="card">
          <h2>{t.whole}</h2>
          {times.length > 0 && <p class="help">{t.wholeHelp}</p>}
          <DutyFields {...field} of="whole" time="" />
        </section>
        {times.length > 0 && (
          <details class="card" open={differs || faulty}>
            <summary>{t.each}</summary>
            {times.map(({ of, time }) => (
              <section>
                <h3 class="num">{t.at(time)}</h3>
                <DutyFields {...field} of={of} time={time} />
              </section>
            ))}
          </details>
        )}
        <p class="after">
          <button class="btn" type="submit">
            {t.look}
          </button>
        </p>
      </form>
    </Console>
  )
}

/** Shows who advises at each time that changes, before it is saved. */
export function AdvisersLookPage(
  view: DeskView & {
    session: Session
    values: Values
    rows: readonly { starts_at: string | null; before: Duty; after: Duty }[]
  },
) {
  const { frame, staff, session, values, rows } = view
  const t = deskTexts(frame.locale).advisers
  const title = titleOf(frame, session)
  const path = `/desk/sessions/${session.id}`
  return (
    <Console frame={frame} staff={staff} title={t.look} nav="schedule">
      <Crumbs frame={frame} links={[[title, path]]} />
      <h1>{t.of(title)}</h1>
      <Notice what={{ what: t.notYet, next: '' }} tone="warn" />
      <section class="card">
        <BeforeAfter
          frame={frame}
          rows={rows.map(({ starts_at, before, after }) => [
            starts_at === null ? t.whole : t.at(civilTime(starts_at)),
            dutyText(frame, before),
            dutyText(frame, after),
          ])}
        />
      </section>
      <SaveOrEdit frame={frame} action={`${path}/advisers`} values={values} shown={null} save={t.save} />
    </Console>
  )
}
