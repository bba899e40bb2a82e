import type { CivilDate } from '../../../src/base/japan/civil.ts'
import type { RuleChoices } from '../../../src/planning/series-input.ts'
import type { SeriesRow } from '../../../src/store/schema.ts'
import { Notice, prefectureName, Whole } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { texts } from '../../text/index.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { periodText } from '../../text/when.ts'
import { Console } from '../console.tsx'
import { Key, keyed } from '../keys.tsx'
import { ScheduleWays } from '../schedule.tsx'
import type { DeskView } from '../view.ts'
import { ruleText } from './offer-rows.ts'

/** A series with its listed dates and the choices of its rule. They are null if the form cannot show the rule. */
type Listed = SeriesRow & { dates: CivilDate[]; chosen: RuleChoices | null }

/** The days from the first to the last. A series by dates ends with the last of them, unless it ends before. */
function period(frame: PageContext, { rule, dates, starts_on, until }: Listed): string {
  const ends = rule === null ? (dates.filter((date) => until === null || date <= until).at(-1) ?? until) : until
  return periodText(frame.locale, starts_on, ends, scheduleTexts(frame.locale).series.open)
}

/** Every series of the account's prefectures. */
export function SeriesListPage(
  props: DeskView & {
    series: Listed[]
    mayPlan: boolean
    done: string | undefined
  },
) {
  const { frame, staff, series, mayPlan, done } = props
  const t = scheduleTexts(frame.locale)
  return (
    <Console frame={frame} staff={staff} title={t.series.title} nav="schedule">
      <div class="head">
        <h1>{t.series.title}</h1>
        {mayPlan && (
          <a class="btn" href="/desk/series/new" {...keyed(frame, 'n')}>
            {t.series.add}
            <Key frame={frame} name="N" />
          </a>
        )}
      </div>
      {done === 'deleted' && <Notice what={{ what: t.ending.done, next: '' }} tone="done" alert />}
      <p class="lead">{t.series.lead}</p>
      <ScheduleWays frame={frame} staff={staff} />
      {series.length === 0 ? (
        <p class="card empty">{t.empty}</p>
      ) : (
        <section class="scroll" tabindex={0} aria-label={t.series.title}>
          <table class="list">
            <thead>
              <tr>
                {Object.values(t.series.columns).map((name) => (
                  <th scope="col">{name}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {series.map((row) => (
                <tr>
                  <td data-label={t.series.columns.title}>
                    <a href={`/desk/series/${row.id}`}>{frame.locale === 'ja' ? row.title_ja : row.title_en}</a>
                    {row.sample === 1 && <span class="pill">{texts(frame.locale).sample}</span>}
                  </td>
                  <td data-label={t.series.columns.prefecture}>{prefectureName(frame.locale, row.prefecture)}</td>
                  <td data-label={t.series.columns.rule}>{ruleText(frame, row)}</td>
                  <td class="num" data-label={t.series.columns.until}>
                    <Whole text={period(frame, row)} />
                  </td>
                  <td class="num" data-label={t.series.columns.capacity}>
                    {row.capacity === null ? '−' : String(row.capacity)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Console>
  )
}
