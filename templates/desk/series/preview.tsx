import type { Child } from 'hono/jsx'
import type { Duty } from '../../../src/base/duty.ts'
import type { Faults } from '../../../src/base/input.ts'
import type { SuspendedDate } from '../../../src/changes/suspended-dates.ts'
import type { Effect } from '../../../src/planning/edit-series.ts'
import type { Outlook } from '../../../src/planning/preview-series.ts'
import type { Clash } from '../../../src/schedule/clashes.ts'
import type { SeriesRow } from '../../../src/store/schema.ts'
import { ErrorSummary, type Values } from '../../fields.tsx'
import { Crumbs, Facts, joined, Notice } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { questionTexts } from '../../text/questions.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { dateText, dayText } from '../../text/when.ts'
import { Clashes } from '../change-preview.tsx'
import { Console } from '../console.tsx'
import { dutyText } from '../duty.ts'
import { Carried } from '../offer-fields.tsx'
import { Suspended } from '../stopping/suspended.tsx'
import type { DeskView } from '../view.ts'
import { Differences } from './differences.tsx'
import { type Names, type SeriesShown, seriesRows } from './offer-rows.ts'

/** A series before and after it is saved; `before` is null if it is new. `questions`: what it asks, in words. */
export type Offer = {
  before: SeriesShown | null
  after: SeriesShown
  questions: string[]
  /** Who advises on the dates of a copy, and where; null for another series. */
  duty: Duty | null
  desks: Names
}

/** All that is saved. What an edit changes has its value before beside it. */
function OfferFacts({ frame, offer, venues }: { frame: PageContext; offer: Offer; venues: Names }) {
  const { before, after, questions, duty, desks } = offer
  const { none } = deskTexts(frame.locale).session
  const t = scheduleTexts(frame.locale).series
  const values = seriesRows(frame, desks, venues).map(([name, of]): [string, Child] | null => {
    const [from, to] = [before === null ? of(after) : of(before), of(after)]
    if (from === to) return to === '' ? null : [name, <span class="typed">{to}</span>]
    return [
      name,
      <span class="typed">
        {from || none} → <b>{to || none}</b>
      </span>,
    ]
  })
  const { title } = questionTexts(frame.locale).editor
  const asked = questions.length === 0 ? (before === null ? t.noQuestionsYet : none) : joined(frame.locale, questions)
  const { advisers } = deskTexts(frame.locale)
  const advised: [string, Child] | null = duty && [advisers.title, dutyText(frame, duty) || advisers.none]
  return (
    <section class="card" id="saved">
      <Facts rows={[...values, [title, asked], advised]} />
    </section>
  )
}

/** Shows the sessions a series would make, and what would happen to those that exist. */
export function SeriesPreviewPage(
  props: DeskView & {
    series: SeriesRow | null
    values: Values
    offer: Offer
    dates: Outlook[]
    suspended: SuspendedDate[]
    effects: Effect[]
    /** What else its desk and venue have at these times. */
    clashes: Clash[]
    errors: Faults
    /** How many people who asked for a date get a letter about its hours. */
    following: number
    /** The fingerprint of what the page shows; null for a new series. */
    shown: string | null
    /** Whether it is not as it was shown before. */
    changed: boolean
    /** The names of the venues, by id. */
    venues: Names
  },
) {
  const { frame, staff, series, values, offer, dates, suspended, effects, clashes, errors } = props
  const { following, shown, changed, venues } = props
  const { beside: _, ...carried } = values
  const t = scheduleTexts(frame.locale).series
  const words = deskTexts(frame.locale).session
  return (
    <Console frame={frame} staff={staff} title={t.lookTitle} nav="schedule">
      <Crumbs frame={frame} links={[[t.title, '/desk/series']]} />
      <h1>{t.lookTitle}</h1>
      {changed && <Notice what={words.changedSince} tone="stop" alert />}
      <Notice what={{ what: t.notYet, next: '' }} tone="warn" />
      <ErrorSummary frame={frame} errors={errors} fields={['beside']} labels={{ beside: words.beside }} />
      <Suspended frame={frame} dates={suspended} />
      <OfferFacts frame={frame} offer={offer} venues={venues} />
      <section class="card">
        {dates.length === 0 && <p>{t.noDates}</p>}
        <ol class="plain">
          {dates.map(({ date, closed, off }) => (
            <li>
              <span class="num">{dateText(frame.locale, date)}</span>{' '}
              {closed && <span class="pill tel">{t.closed(closed[frame.locale])}</span>}
              {off && !closed && <span class="pill">{texts(frame.locale).status[off]}</span>}
            </li>
          ))}
        </ol>
      </section>
      {series && (
        <section class="card">
          <h2>{t.effectsTitle}</h2>
          {effects.length === 0 && <p class="soft">{t.noEffects}</p>}
          <ul class="plain">
            {effects.map((effect) => {
              const { session, becomes } = effect
              return (
                <li>
                  <span class="num">{session.date === null ? session.id : dayText(frame.locale, session.date)}</span>{' '}
                  <span class={becomes === 'changed' ? 'pill ok' : 'pill'}>{t.effects[becomes]}</span>
                  {becomes === 'changed' && <Differences frame={frame} effect={effect} venues={venues} />}
                </li>
              )
            })}
          </ul>
        </section>
      )}
      {following > 0 && <p class="card">{words.following(following)}</p>}
      <form id="form" action={series ? `/desk/series/${series.id}` : '/desk/series/new'} method="post" novalidate>
        <Carried values={carried} />
        {shown !== null && <input type="hidden" name="shown" value={shown} />}
        <Clashes frame={frame} clashes={clashes} values={values} errors={errors} />
        <div class="acts">
          <button class="btn" type="submit" name="step" value="do">
            {t.save}
          </button>
          <button class="btn quiet" type="submit" name="step" value="edit">
            {t.back}
          </button>
        </div>
      </form>
    </Console>
  )
}
