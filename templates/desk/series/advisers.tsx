import type { Adviser } from '../../../src/advisers/queries.ts'
import { type Duties, type Duty, dutyAt } from '../../../src/base/duty.ts'
import type { Faults } from '../../../src/base/input.ts'
import type { Planned } from '../../../src/planning/queries.ts'
import type { SeriesRow } from '../../../src/store/schema.ts'
import { ErrorSummary, type Values } from '../../fields.tsx'
import { Crumbs, Notice } from '../../kit.tsx'
import { deskTexts } from '../../text/desk.ts'
import { dateText } from '../../text/when.ts'
import { Console } from '../console.tsx'
import { dutyText } from '../duty.ts'
import { BeforeAfter, SaveOrEdit } from '../look/before-after.tsx'
import { DutyFields } from '../session/advisers.tsx'
import type { DeskView } from '../view.ts'

/** Who advises on all coming dates of a series, and in which room. `done`: what was just set, on all dates or on some. */
export function SeriesAdvisersPage(
  view: DeskView & {
    series: SeriesRow
    advisers: Adviser[]
    ahead: Planned[]
    duties: ReadonlyMap<string, Duties>
    values: Values
    errors: Faults
    refusal: 'empty' | 'changed' | null
    done: 'all' | 'some' | undefined
  },
) {
  const { frame, staff, series, advisers, ahead, duties, values, errors, refusal, done } = view
  const t = deskTexts(frame.locale).advisers
  const title = frame.locale === 'ja' ? series.title_ja : series.title_en
  const path = `/desk/series/${series.id}`
  const names = ['adviser', 'name', 'room'] as const
  return (
    <Console frame={frame} staff={staff} title={t.title} nav="schedule">
      <Crumbs frame={frame} links={[[title, path]]} />
      <h1>{t.of(title)}</h1>
      <p class="lead">{t.series.lead}</p>
      <p>{`${t.series.kept} ${t.once}`}</p>
      {done && (
        <Notice
          what={{ what: t.series.done, next: done === 'some' ? t.series.some : '' }}
          tone={done === 'some' ? 'warn' : 'done'}
          alert
        />
      )}
      {refusal && <Notice what={{ what: t.refused.what, next: t.series[refusal] }} tone="stop" alert />}
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={names.map((name) => `whole.${name}`)}
        labels={Object.fromEntries(names.map((name) => [`whole.${name}`, t[name]]))}
      />
      <form id="form" class="card" action={`${path}/advisers`} method="post" novalidate>
        <DutyFields frame={frame} advisers={advisers} values={values} errors={errors} of="whole" time="" />
        <p class="after">
          <button class="btn" type="submit">
            {t.look}
          </button>
        </p>
      </form>
      <h2>{t.series.ahead}</h2>
      {ahead.length === 0 && <p class="card empty">{t.series.none}</p>}
      <ul class="plain">
        {ahead.map(({ id, date }) => (
          <li>
            <a class="num" href={`/desk/sessions/${id}/advisers`}>
              {date !== null && dateText(frame.locale, date)}
            </a>{' '}
            {dutyText(frame, dutyAt(duties.get(id), null)) || t.none}
          </li>
        ))}
      </ul>
    </Console>
  )
}

/** Shows what each coming date gets, before it is set. */
export function SeriesAdvisersLookPage(
  view: DeskView & {
    series: SeriesRow
    values: Values
    dates: readonly { date: string | null; before: Duty; after: Duty; taken: boolean }[]
    shown: string
    changed: boolean
  },
) {
  const { frame, staff, series, values, dates, shown, changed } = view
  const t = deskTexts(frame.locale).advisers
  const title = frame.locale === 'ja' ? series.title_ja : series.title_en
  const path = `/desk/series/${series.id}`
  return (
    <Console frame={frame} staff={staff} title={t.look} nav="schedule">
      <Crumbs frame={frame} links={[[title, path]]} />
      <h1>{t.of(title)}</h1>
      {changed && <Notice what={{ what: t.refused.what, next: t.series.changed }} tone="stop" alert />}
      <Notice what={{ what: t.notYet, next: t.series.lead }} tone="warn" />
      <section class="card">
        {dates.length === 0 && <p>{t.series.none}</p>}
        <BeforeAfter
          frame={frame}
          rows={dates.map(({ date, before, after, taken }) => [
            date === null ? '' : dateText(frame.locale, date),
            dutyText(frame, before),
            taken ? t.series.stays : dutyText(frame, after),
          ])}
        />
      </section>
      <SaveOrEdit frame={frame} action={`${path}/advisers`} values={values} shown={shown} save={t.series.save} />
    </Console>
  )
}
