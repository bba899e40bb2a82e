import type { Faults } from '../../src/base/input.ts'
import type { Copied } from '../../src/planning/copy-programme.ts'
import type { Clash } from '../../src/schedule/clashes.ts'
import { ErrorSummary, type Values } from '../fields.tsx'
import { Notice, prefectureName, wordFor } from '../kit.tsx'
import { deskTexts } from '../text/desk.ts'
import { scheduleTexts } from '../text/schedule.ts'
import { dayText } from '../text/when.ts'
import { Clashes } from './change-preview.tsx'
import { Console } from './console.tsx'
import { ScheduleWays } from './schedule.tsx'
import type { DeskView } from './view.ts'

/** Which series continue in the next fiscal year, and a button that copies them. */
export function ProgrammePage(
  props: DeskView & {
    year: number
    copies: Copied[]
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
  const { frame, staff, year, copies, left, done, shown, changed, clashes, values, errors } = props
  const t = scheduleTexts(frame.locale).programme
  const said = wordFor(t.done, done)
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
          <ul class="plain">
            {copies.map(({ series, goes_on, dates, made }) => (
              <li>
                <a href={`/desk/series/${series.id}`}>{frame.locale === 'ja' ? series.title_ja : series.title_en}</a>{' '}
                <span class="soft">{prefectureName(frame.locale, series.prefecture)}</span>{' '}
                <span class="pill">{goes_on ? t.goesOn : made ? t.made : t.anew}</span>{' '}
                <span class="num">{dates.map((date) => dayText(frame.locale, date)).join('、')}</span>
              </li>
            ))}
          </ul>
          {left && <Clashes frame={frame} clashes={clashes} values={values} errors={errors} />}
          {left ? (
            <button class="btn" type="submit">
              {t.go(year)}
            </button>
          ) : (
            <p>{t.nothingLeft}</p>
          )}
          <p class="soft" role="status" />
        </form>
      )}
    </Console>
  )
}
