import type { Effect } from '../../../src/planning/edit-series.ts'
import type { Outlook } from '../../../src/planning/preview-series.ts'
import type { SeriesRow } from '../../../src/store/schema.ts'
import type { Values } from '../../fields.tsx'
import { Crumbs, Notice } from '../../kit.tsx'
import { scheduleTexts } from '../../text/schedule.ts'
import { dateText, dayText } from '../../text/when.ts'
import { Console } from '../console.tsx'
import { Carried } from '../offer-fields.tsx'
import type { DeskView } from '../view.ts'

/** Shows the sessions a series would make, and what would happen to those that exist. */
export function SeriesPreviewPage(
  props: DeskView & {
    series: SeriesRow | null
    values: Values
    dates: Outlook[]
    effects: Effect[]
  },
) {
  const { frame, staff, series, values, dates, effects } = props
  const t = scheduleTexts(frame.locale).series
  return (
    <Console frame={frame} staff={staff} title={t.lookTitle} nav="schedule">
      <Crumbs frame={frame} links={[[t.title, '/desk/series']]} />
      <h1>{t.lookTitle}</h1>
      <Notice what={{ what: t.notYet, next: '' }} tone="warn" />
      <section class="card">
        {dates.length === 0 && <p>{t.noDates}</p>}
        <ol class="plain">
          {dates.map(({ date, closed }) => (
            <li>
              <span class="num">{dateText(frame.locale, date)}</span>{' '}
              {closed && <span class="pill tel">{t.closed(closed[frame.locale])}</span>}
            </li>
          ))}
        </ol>
      </section>
      {series && (
        <section class="card">
          <h2>{t.effectsTitle}</h2>
          {effects.length === 0 && <p class="soft">{t.noEffects}</p>}
          <ul class="plain">
            {effects.map(({ session, becomes }) => (
              <li>
                <span class="num">{session.date === null ? session.id : dayText(frame.locale, session.date)}</span>{' '}
                <span class={becomes === 'changed' ? 'pill ok' : 'pill'}>{t.effects[becomes]}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      <form class="acts" action={series ? `/desk/series/${series.id}` : '/desk/series/new'} method="post">
        <Carried values={values} />
        <button class="btn" type="submit" name="step" value="do">
          {t.save}
        </button>
        <button class="btn quiet" type="submit" name="step" value="edit">
          {t.back}
        </button>
      </form>
    </Console>
  )
}
