import type { Elsewhere } from '../../src/advisers/free.ts'
import type { Faults } from '../../src/base/input.ts'
import type { Affected } from '../../src/planning/affected.ts'
import type { Effect } from '../../src/planning/edit-series.ts'
import type { Planned } from '../../src/planning/queries.ts'
import type { Clash } from '../../src/schedule/clashes.ts'
import type { VenueRow } from '../../src/store/schema.ts'
import { ErrorSummary, one as typed, type Values } from '../fields.tsx'
import { Crumbs, Notice, Receipt, wordFor } from '../kit.tsx'
import { deskTexts } from '../text/desk.ts'
import { scheduleTexts } from '../text/schedule.ts'
import { dayText } from '../text/when.ts'
import { Clashes } from './change-preview.tsx'
import { Console } from './console.tsx'
import { Carried, HOURS_NAMES, HoursFields, Line, OFFER_NAMES, OfferFields } from './offer-fields.tsx'
import { Differences } from './series/differences.tsx'
import type { Names } from './series/offer-rows.ts'
import { Others } from './session/others.tsx'
import { Stopping } from './stopping/table.tsx'
import type { DeskView } from './view.ts'

type View = DeskView & { session: Planned; values: Values; errors: Faults }

function titleOf({ frame, session }: Pick<View, 'frame' | 'session'>): string {
  const title = frame.locale === 'ja' ? session.title_ja : session.title_en
  return `${session.date === null ? '' : dayText(frame.locale, session.date)} ${title}`.trim()
}

/** Edits what one session offers. */
export function SessionFormPage(
  view: View & { venues: VenueRow[]; refusal: string | null; who: Affected[]; clashes: Clash[]; others: Elsewhere[] },
) {
  const { frame, staff, session, values, errors, venues, refusal, who, clashes, others } = view
  const t = scheduleTexts(frame.locale).session
  const { what, ...whys } = t.refused
  const why = wordFor(whys, refusal) ?? t.refused.closed
  return (
    <Console frame={frame} staff={staff} title={t.editTitle} nav="schedule">
      <Crumbs frame={frame} links={[[titleOf(view), `/desk/sessions/${session.id}`]]} />
      <h1>{t.editTitle}</h1>
      {refusal && (
        <Notice what={{ what, next: why }} tone="stop" alert>
          {who.length > 0 && (
            <ul>
              {who.map((one) => (
                <li>
                  <a href={`/desk/bookings/${one.id}`}>
                    <Receipt number={one.number} />
                  </a>{' '}
                  <bdi>{one.company}</bdi> <bdi>{one.name}</bdi>
                </li>
              ))}
            </ul>
          )}
          <Others frame={frame} others={others} />
        </Notice>
      )}
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={[...HOURS_NAMES, ...OFFER_NAMES, 'beside']}
        labels={{ ...scheduleTexts(frame.locale).series.labels, beside: deskTexts(frame.locale).session.beside }}
      />
      <form id="form" class="card enter" action={`/desk/sessions/${session.id}/edit`} method="post" novalidate>
        <input type="hidden" name="revision" value={typed(values, 'revision') || String(session.revision)} />
        {session.date !== null && <HoursFields frame={frame} values={values} errors={errors} />}
        <OfferFields frame={frame} values={values} errors={errors} venues={venues} />
        <Clashes frame={frame} clashes={clashes} values={values} errors={errors} />
        <button class="btn" type="submit">
          {t.save}
        </button>
      </form>
    </Console>
  )
}

/** Before a session is edited: what changes, and how many people who asked for its date hear of them. */
export function SessionEditLookPage(
  view: Omit<View, 'errors'> & {
    /** The columns and slots of the session before and after the edit. */
    edit: Omit<Effect, 'becomes'>
    venues: Names
    following: number
    shown: string
    changed: boolean
  },
) {
  const { frame, staff, session, values, edit, venues, following, shown, changed } = view
  const t = scheduleTexts(frame.locale).session
  const words = deskTexts(frame.locale)
  return (
    <Console frame={frame} staff={staff} title={t.editTitle} nav="schedule">
      <Crumbs frame={frame} links={[[titleOf(view), `/desk/sessions/${session.id}`]]} />
      <h1>{t.editTitle}</h1>
      {changed && <Notice what={words.session.changedSince} tone="stop" alert />}
      <Notice what={{ what: words.session.previewTitle, next: words.session.nothingYet }} tone="warn" />
      <section class="card">
        <Differences frame={frame} effect={edit} venues={venues} />
        {following > 0 && <p>{words.session.following(following)}</p>}
      </section>
      <form id="form" action={`/desk/sessions/${session.id}/edit`} method="post" novalidate>
        <Carried values={values} />
        <input type="hidden" name="shown" value={shown} />
        <div class="acts">
          <button class="btn" type="submit" name="step" value="do">
            {t.save}
          </button>
          <button class="btn quiet" type="submit" name="step" value="edit">
            {words.session.edit}
          </button>
        </div>
      </form>
    </Console>
  )
}

/** Holds a skipped date again although its desk or venue has something else then, for a reason. */
export function OpenPage(view: View & { clashes: Clash[] }) {
  const { frame, staff, session, values, errors, clashes } = view
  const t = scheduleTexts(frame.locale).session
  return (
    <Console frame={frame} staff={staff} title={t.open} nav="schedule">
      <Crumbs frame={frame} links={[[titleOf(view), `/desk/sessions/${session.id}`]]} />
      <h1>{t.open}</h1>
      <form id="form" action={`/desk/sessions/${session.id}/open`} method="post" novalidate>
        <Clashes frame={frame} clashes={clashes} values={values} errors={errors} />
        <button class="btn" type="submit">
          {t.open}
        </button>
      </form>
    </Console>
  )
}

/** Skips one date, for a reason. */
export function SkipPage(view: View & { following: number; english: number }) {
  const { frame, staff, session, values, errors, following, english } = view
  const { reasonEnAsked, reasonEnHelp } = deskTexts(frame.locale).session
  const t = scheduleTexts(frame.locale).session
  return (
    <Console frame={frame} staff={staff} title={t.skip} nav="schedule">
      <Crumbs frame={frame} links={[[titleOf(view), `/desk/sessions/${session.id}`]]} />
      <h1>{t.skip}</h1>
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={['reason_ja', 'reason_en']}
        labels={scheduleTexts(frame.locale).series.labels}
      />
      {following > 0 && <p class="card narrow">{deskTexts(frame.locale).session.following(following)}</p>}
      <form id="form" class="card narrow" action={`/desk/sessions/${session.id}/skip`} method="post" novalidate>
        <Line frame={frame} values={values} errors={errors} name="reason_ja" required />
        <Line
          frame={frame}
          values={values}
          errors={errors}
          name="reason_en"
          help={english > 0 ? reasonEnAsked(english) : reasonEnHelp}
        />
        <button class="btn" type="submit">
          {t.skip}
        </button>
      </form>
      <Stopping frame={frame} here="skip" open />
    </Console>
  )
}
