import type { Faults } from '../../src/base/input.ts'
import type { Planned } from '../../src/planning/queries.ts'
import type { Clash } from '../../src/schedule/clashes.ts'
import type { ClosureRow } from '../../src/store/schema.ts'
import { ErrorSummary, one, PrefectureOptions, SelectField, type Values } from '../fields.tsx'
import { Notice, prefectureName } from '../kit.tsx'
import type { PageContext } from '../layout.tsx'
import { deskTexts } from '../text/desk.ts'
import { scheduleTexts } from '../text/schedule.ts'
import { dateText } from '../text/when.ts'
import { Clashes } from './change-preview.tsx'
import { Console } from './console.tsx'
import { Carried, Line } from './offer-fields.tsx'
import { ScheduleWays } from './schedule.tsx'
import { choosable, type DeskView } from './view.ts'

function ClosureAct({ frame, closure }: { frame: PageContext; closure: ClosureRow }) {
  const t = scheduleTexts(frame.locale).closures
  const { date, scope, reason_ja, reason_en, state } = closure
  const acts = (
    [
      ['confirmed', t.confirm],
      ['lifted', t.lift],
    ] as const
  ).filter(([to]) => to !== state)
  return (
    <form class="acts" action="/desk/closures" method="post">
      {Object.entries({ date, scope, reason_ja, reason_en }).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {acts.map(([to, text]) => (
        <button class="btn quiet small-btn" type="submit" name="state" value={to}>
          {text}
          <span class="sr"> {dateText(frame.locale, date)}</span>
        </button>
      ))}
    </form>
  )
}

/** The days on which a desk is closed, proposed or decided. */
export function ClosuresPage(
  props: DeskView & {
    closures: ClosureRow[]
    values: Values
    errors: Faults
    followed: number | null
    left: Planned[]
    /** What else is at the time of the sessions that a day opened again would hold. */
    clashes: Clash[]
    mayPlan: boolean
  },
) {
  const { frame, staff, closures, values, errors, followed, left, clashes, mayPlan } = props
  const { beside: _, ...carried } = values
  const t = scheduleTexts(frame.locale)
  const form = { frame, values, errors }
  const secretariat = staff.role === 'secretariat'
  return (
    <Console frame={frame} staff={staff} title={t.closures.title} nav="schedule">
      <h1>{t.closures.title}</h1>
      <p class="lead">{t.closures.lead}</p>
      <ScheduleWays frame={frame} staff={staff} />
      {followed !== null && (
        <Notice
          what={{ what: t.closures.saved(followed), next: left.length > 0 ? t.closures.left : '' }}
          tone="done"
          alert
        >
          <ul>
            {left.map((session) => (
              <li>
                <a href={`/desk/sessions/${session.id}`}>
                  {frame.locale === 'ja' ? session.title_ja : session.title_en}
                </a>
              </li>
            ))}
          </ul>
        </Notice>
      )}
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={['date', 'scope', 'reason_ja', 'beside']}
        labels={{ ...t.series.labels, beside: deskTexts(frame.locale).session.beside }}
      />
      {clashes.length > 0 && (
        <form action="/desk/closures" method="post" novalidate>
          <Carried values={carried} />
          <Clashes frame={frame} clashes={clashes} values={values} errors={errors} />
          <button class="btn" type="submit">
            {t.closures.lift}
          </button>
        </form>
      )}
      {mayPlan && (
        <form id="form" class="card" action="/desk/closures" method="post" novalidate>
          <h2>{t.closures.add}</h2>
          <div class="columns">
            <Line {...form} name="date" type="date" required />
            <SelectField frame={frame} name="scope" label={t.series.labels.scope} required error={errors.scope}>
              {secretariat && <option value="all">{t.closures.scopeAll}</option>}
              <PrefectureOptions
                frame={frame}
                chosen={one(values, 'scope') || staff.prefectures[0]}
                only={choosable(staff)}
              />
            </SelectField>
            <Line {...form} name="reason_ja" required />
            <Line {...form} name="reason_en" />
          </div>
          <button class="btn" type="submit" name="state" value="confirmed">
            {t.closures.confirm}
          </button>
        </form>
      )}
      <section class="scroll" tabindex={0} aria-label={t.closures.title}>
        <table class="list">
          <thead>
            <tr>
              <th scope="col">{t.closures.columns.date}</th>
              <th scope="col">{t.closures.columns.scope}</th>
              <th scope="col">{t.closures.columns.reason}</th>
              <th scope="col">{t.closures.columns.state}</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {closures.map((closure) => (
              <tr>
                <td class="num" data-label={t.closures.columns.date}>
                  {dateText(frame.locale, closure.date)}
                </td>
                <td data-label={t.closures.columns.scope}>
                  {closure.scope === 'all' ? t.closures.scopeAll : prefectureName(frame.locale, closure.scope)}
                </td>
                <td data-label={t.closures.columns.reason}>
                  {frame.locale === 'ja' ? closure.reason_ja : closure.reason_en}
                </td>
                <td data-label={t.closures.columns.state}>{t.closures.states[closure.state]}</td>
                <td data-label="">
                  {mayPlan && (secretariat || closure.scope !== 'all') && (
                    <ClosureAct frame={frame} closure={closure} />
                  )}
                  {mayPlan &&
                    !secretariat &&
                    closure.scope === 'all' &&
                    staff.prefectures.map((scope) => <ClosureAct frame={frame} closure={{ ...closure, scope }} />)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </Console>
  )
}
