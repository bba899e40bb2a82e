import type { Faults } from '../../../src/base/input.ts'
import type { SeriesEnd } from '../../../src/planning/ending/end-series.ts'
import type { SeriesRow } from '../../../src/store/schema.ts'
import { ErrorSummary, one, type Values, WhenField } from '../../fields.tsx'
import { Crumbs, Notice } from '../../kit.tsx'
import { deskTexts } from '../../text/desk.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { dateText, dayText } from '../../text/when.ts'
import { Console } from '../console.tsx'
import { Carried } from '../offer-fields.tsx'
import type { DeskView } from '../view.ts'

type View = DeskView & { series: SeriesRow; values: Values; errors: Faults }

const linkTo = ({ frame, series }: View): [string, string] => [
  frame.locale === 'ja' ? series.title_ja : series.title_en,
  `/desk/series/${series.id}`,
]

/** Asks for the last day of a series. */
export function EndSeriesPage(view: View) {
  const { frame, staff, series, values, errors } = view
  const t = scheduleTexts(frame.locale).ending.end
  return (
    <Console frame={frame} staff={staff} title={t.title} nav="schedule">
      <Crumbs frame={frame} links={[linkTo(view)]} />
      <h1>{t.title}</h1>
      <ErrorSummary frame={frame} errors={errors} fields={['until']} labels={{ until: t.last }} />
      <p class="lead">{t.lead}</p>
      <form id="form" class="card narrow" action={`/desk/series/${series.id}/end`} method="post" novalidate>
        <WhenField
          frame={frame}
          name="until"
          type="date"
          label={t.last}
          required
          help={t.lastHelp}
          value={one(values, 'until')}
          error={errors.until}
        />
        <button class="btn" type="submit">
          {t.look}
        </button>
      </form>
    </Console>
  )
}

/** Shows which sessions are skipped and which stay, before a series ends. */
export function EndSeriesLookPage(view: View & { end: SeriesEnd; shown: string; changed: boolean }) {
  const { frame, staff, series, values, end, shown, changed } = view
  const { end: t } = scheduleTexts(frame.locale).ending
  const { effects: words, noEffects, back } = scheduleTexts(frame.locale).series
  const d = deskTexts(frame.locale)
  const booked = end.effects.some(({ session }) => session.bookings > 0)
  return (
    <Console frame={frame} staff={staff} title={t.lookTitle} nav="schedule">
      <Crumbs frame={frame} links={[linkTo(view)]} />
      <h1>{t.lookTitle}</h1>
      {changed && <Notice what={d.session.changedSince} tone="stop" alert />}
      <Notice what={{ what: t.on(dateText(frame.locale, end.until)), next: d.session.nothingYet }} tone="warn" />
      <section class="card">
        {end.effects.length === 0 && <p class="soft">{noEffects}</p>}
        <ul class="plain">
          {end.effects.map(({ session, becomes }) => (
            <li>
              <a class="num" href={`/desk/sessions/${session.id}`}>
                {session.date === null ? session.id : dayText(frame.locale, session.date)}
              </a>{' '}
              <span class={becomes === 'skipped' ? 'pill tel' : 'pill'}>{words[becomes]}</span>{' '}
              {session.bookings > 0 && <a href={`/desk/sessions/${session.id}/call-off`}>{t.callOff}</a>}
            </li>
          ))}
        </ul>
        {booked && <p>{t.stays}</p>}
      </section>
      <form id="form" class="acts" action={`/desk/series/${series.id}/end`} method="post">
        <Carried values={values} />
        <input type="hidden" name="shown" value={shown} />
        <button class="btn stop" type="submit" name="step" value="do">
          {t.do}
        </button>
        <button class="btn quiet" type="submit" name="step" value="edit">
          {back}
        </button>
      </form>
    </Console>
  )
}
