import type { CivilDate } from '../../../src/base/japan/civil.ts'
import type { SeriesRow } from '../../../src/store/schema.ts'
import { prefectureName } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { texts } from '../../text/index.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { weekdayName } from '../../text/when.ts'
import { Console } from '../console.tsx'
import { ScheduleWays } from '../schedule.tsx'
import type { DeskView } from '../view.ts'
import { WEEKDAYS } from './weekdays.ts'

/** A recurrence rule in words. Returns the rule itself if this product did not write it. */
function ruleText(frame: PageContext, series: SeriesRow & { dates: CivilDate[] }): string {
  const t = scheduleTexts(frame.locale).series
  if (series.rule === null) return t.dates(series.dates.length)
  const [, freq, by = ''] = /^FREQ=(WEEKLY|MONTHLY);BYDAY=([-\d,A-Z]+)$/.exec(series.rule) ?? []
  const parts = by.split(',').map((part) => /^(-?\d)?([A-Z]{2})$/.exec(part))
  if (freq === undefined || parts.includes(null)) return t.other(series.rule)
  const names = new Set(parts.map((part) => weekdayName(frame.locale, WEEKDAYS.indexOf(part?.[2] ?? ''))))
  const nths = new Set(parts.map((part) => t.nths[(part?.[1] ?? '1') as keyof typeof t.nths]))
  const between = frame.locale === 'ja' ? '・' : ', '
  return freq === 'WEEKLY'
    ? t.weekly([...names].join(between))
    : t.monthly([...nths].join(between), [...names].join(between))
}

/** Every series of the account's prefectures. */
export function SeriesListPage(
  props: DeskView & {
    series: (SeriesRow & { dates: CivilDate[] })[]
    mayPlan: boolean
  },
) {
  const { frame, staff, series, mayPlan } = props
  const t = scheduleTexts(frame.locale)
  return (
    <Console frame={frame} staff={staff} title={t.series.title} nav="schedule">
      <div class="head">
        <h1>{t.series.title}</h1>
        {mayPlan && (
          <a class="btn" href="/desk/series/new" data-key="n">
            {t.series.add}
          </a>
        )}
      </div>
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
                  <td>
                    <a href={`/desk/series/${row.id}`}>{frame.locale === 'ja' ? row.title_ja : row.title_en}</a>
                    {row.sample === 1 && <span class="pill">{texts(frame.locale).sample}</span>}
                  </td>
                  <td>{prefectureName(frame.locale, row.prefecture)}</td>
                  <td>{ruleText(frame, row)}</td>
                  <td class="num">{`${row.starts_on} – ${row.until ?? t.series.open}`}</td>
                  <td class="num">{row.capacity === null ? '−' : String(row.capacity)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Console>
  )
}
