import type { Faults } from '../../src/base/input.ts'
import type { Copied, Omitted } from '../../src/planning/copy-programme.ts'
import type { Clash } from '../../src/schedule/clashes.ts'
import type { SeriesRow } from '../../src/store/schema.ts'
import { ErrorSummary, type Values } from '../fields.tsx'
import { Notice, prefectureName, Whole, Whose, wordFor } from '../kit.tsx'
import type { PageContext } from '../layout.tsx'
import { deskTexts } from '../text/desk.ts'
import { scheduleTexts } from '../text/schedule.ts'
import { dateText, dayText } from '../text/when.ts'
import { Clashes } from './change-preview.tsx'
import { Console } from './console.tsx'
import { ScheduleWays } from './schedule.tsx'
import type { DeskView } from './view.ts'

function SeriesName({ frame, series }: { frame: PageContext; series: SeriesRow }) {
  return (
    <>
      <a href={`/desk/series/${series.id}`}>{frame.locale === 'ja' ? series.title_ja : series.title_en}</a>{' '}
      <span class="soft">{prefectureName(frame.locale, series.prefecture)}</span>
    </>
  )
}

function Fate({ frame, copied }: { frame: PageContext; copied: Copied }) {
  const t = scheduleTexts(frame.locale).programme
  const { series, goes_on, made, passed, early, taken } = copied
  if (goes_on) return t.goesOn
  if (made) return t.made
  if (taken) return t.anew
  if (early && series.until !== null) return t.early(dateText(frame.locale, series.until))
  return passed ? t.passed : t.leftOut
}

/** What becomes of each series, row by row, with each day and what it becomes. */
function CopyRows({ frame, copies }: { frame: PageContext; copies: Copied[] }) {
  const t = scheduleTexts(frame.locale).programme
  return (
    <table class="list">
      <thead>
        <tr>
          {Object.values(t.columns).map((name) => (
            <th scope="col">{name}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {copies.map((copied) => {
          const { series, goes_on, shifts, made, taken, retired, ended } = copied
          return (
            <tr>
              <td data-label={t.columns.title}>
                <SeriesName frame={frame} series={series} />
              </td>
              <td data-label={t.columns.fate}>
                <b>
                  <Fate frame={frame} copied={copied} />
                </b>
                {!goes_on && !made && (
                  <label class="choice">
                    <input type="checkbox" name="take" value={series.id} checked={taken} />
                    <span class="choice-label">
                      {t.take}
                      <Whose company={frame.locale === 'ja' ? series.title_ja : series.title_en} />
                    </span>
                  </label>
                )}
                {!made && retired && <p class="flag is-warn">{t.retired}</p>}
                {!made && ended && <p class="flag is-warn">{t.ended}</p>}
              </td>
              <td data-label={t.columns.days} class="num">
                {series.rule !== null && !goes_on && <Whole text={t.rule} />}
                <ul class="plain">
                  {shifts.map(({ from, to, closed }) => (
                    <li>
                      <Whole text={t.shift(dayText(frame.locale, from), dateText(frame.locale, to))} />
                      {closed && t.closed(closed[frame.locale])}
                    </li>
                  ))}
                </ul>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** Which series continue in the next fiscal year, and a button that copies them. */
export function ProgrammePage(
  props: DeskView & {
    year: number
    copies: Copied[]
    omitted: Omitted[]
    /** Whether anything is to be copied yet. */
    left: boolean
    done: string | undefined
    shown: string
    changed: boolean
    /** What else the desks and venues have at the times of the series to be begun. */
    clashes: Clash[]
    values: Values
    errors: Faults
  },
) {
  const { frame, staff, year, copies, omitted, left, done, shown, changed, clashes, values, errors } = props
  const t = scheduleTexts(frame.locale).programme
  const said = wordFor(t.done, done)
  const open = copies.some(({ goes_on, made }) => !goes_on && !made)
  return (
    <Console frame={frame} staff={staff} title={t.title(year)} nav="schedule">
      <h1>{t.title(year)}</h1>
      <p class="lead">{t.lead}</p>
      <ScheduleWays frame={frame} staff={staff} />
      {said && <Notice what={{ what: said, next: '' }} tone="done" alert />}
      {changed && <Notice what={deskTexts(frame.locale).session.changedSince} tone="stop" alert />}
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={['beside']}
        labels={{ beside: deskTexts(frame.locale).session.beside }}
      />
      {copies.length === 0 ? (
        <p class="card empty">{t.none}</p>
      ) : (
        <form id="form" class="card" action="/desk/programme" method="post" data-busy={deskTexts(frame.locale).busy}>
          <input type="hidden" name="shown" value={shown} />
          <input type="hidden" name="take" value="" />
          <CopyRows frame={frame} copies={copies} />
          <p class="soft">{t.texts}</p>
          <Clashes frame={frame} clashes={clashes} values={values} errors={errors} />
          {!left && !open && <p>{t.nothingLeft}</p>}
          {(left || open) && (
            <button class="btn" type="submit">
              {t.go(year)}
            </button>
          )}
          <p class="soft" role="status" />
        </form>
      )}
      {omitted.length > 0 && (
        <details class="card">
          <summary>{t.omitted(omitted.length)}</summary>
          <ul class="plain">
            {omitted.map(({ series, why }) => (
              <li>
                <SeriesName frame={frame} series={series} /> <span class="soft">{t.why[why]}</span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </Console>
  )
}
