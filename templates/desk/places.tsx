import type { Faults } from '../../src/base/input.ts'
import type { Concerned } from '../../src/changes/queries.ts'
import type { Account } from '../../src/people/account.ts'
import type { Copied } from '../../src/planning/copy-programme.ts'
import type { Planned } from '../../src/planning/queries.ts'
import type { ClosureRow, SuspensionRow, VenueRow } from '../../src/store/schema.ts'
import { ErrorSummary, many, Options, one, PrefectureOptions, SelectField, type Values } from '../fields.tsx'
import { Crumbs, Notice, prefectureName } from '../kit.tsx'
import type { Frame } from '../layout.tsx'
import { deskTexts } from '../text/desk.ts'
import { texts } from '../text/index.ts'
import { scheduleTexts } from '../text/schedule.ts'
import { dateText, dayText } from '../text/when.ts'
import { Console } from './console.tsx'
import { Carried, Line } from './offer-fields.tsx'
import { ScheduleWays } from './schedule.tsx'

type Base = { frame: Frame; staff: Account }

/** The venues of one's prefectures. */
export function VenuesPage(props: Base & { venues: VenueRow[]; mayPlan: boolean; done: boolean }) {
  const { frame, staff, venues, mayPlan, done } = props
  const t = scheduleTexts(frame.locale).venues
  return (
    <Console frame={frame} staff={staff} title={t.title} nav="schedule">
      <div class="head">
        <h1>{t.title}</h1>
        {mayPlan && (
          <a class="btn" href="/desk/venues/new">
            {t.add}
          </a>
        )}
      </div>
      <ScheduleWays frame={frame} staff={staff} />
      {done && <Notice what={{ what: t.saved, next: '' }} tone="done" alert />}
      {venues.length === 0 ? (
        <p class="card empty">{t.none}</p>
      ) : (
        <table class="list">
          <thead>
            <tr>
              {Object.values(t.columns).map((name) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {venues.map((venue) => (
              <tr>
                <td>
                  <a href={`/desk/venues/${venue.id}`}>{frame.locale === 'ja' ? venue.name_ja : venue.name_en}</a>
                </td>
                <td>{prefectureName(frame.locale, venue.prefecture)}</td>
                <td>{venue.address}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Console>
  )
}

/** One venue. */
export function VenueFormPage(
  props: Base & { venue: VenueRow | null; values: Values; errors: Faults; changed: boolean },
) {
  const { frame, staff, venue, values, errors, changed } = props
  const t = scheduleTexts(frame.locale)
  const title = venue ? t.venues.edit : t.venues.add
  const form = { frame, values, errors }
  return (
    <Console frame={frame} staff={staff} title={title} nav="schedule">
      <Crumbs frame={frame} links={[[t.venues.title, '/desk/venues']]} />
      <h1>{title}</h1>
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={['prefecture', 'name_ja', 'name_en', 'address']}
        labels={t.series.labels}
      />
      {changed && <Notice what={{ what: t.session.refused.what, next: t.session.refused.changed }} tone="stop" alert />}
      <form
        id="form"
        class="card narrow"
        action={venue ? `/desk/venues/${venue.id}` : '/desk/venues/new'}
        method="post"
        novalidate
      >
        {venue === null && <input type="hidden" name="key" value={one(values, 'key')} />}
        {venue && <input type="hidden" name="revision" value={String(venue.revision)} />}
        <SelectField
          frame={frame}
          name="prefecture"
          label={t.series.labels.prefecture}
          required
          error={errors.prefecture}
        >
          <PrefectureOptions frame={frame} chosen={one(values, 'prefecture')} />
        </SelectField>
        <Line {...form} name="name_ja" required />
        <Line {...form} name="name_en" />
        <Line {...form} name="address" />
        <label class="choice">
          <input type="checkbox" name="area_only" value="true" checked={one(values, 'area_only') === 'true'} />
          <span class="choice-label">{t.venues.area}</span>
        </label>
        <p class="after">
          <button class="btn" type="submit">
            {t.series.save}
          </button>
        </p>
      </form>
    </Console>
  )
}

function ClosureAct({ frame, closure }: { frame: Frame; closure: ClosureRow }) {
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
          <span class="sr"> {date}</span>
        </button>
      ))}
    </form>
  )
}

/** The days on which a desk is shut, proposed or decided. */
export function ClosuresPage(
  props: Base & {
    closures: ClosureRow[]
    values: Values
    errors: Faults
    followed: number | null
    left: Planned[]
    mayPlan: boolean
  },
) {
  const { frame, staff, closures, values, errors, followed, left, mayPlan } = props
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
      <ErrorSummary frame={frame} errors={errors} fields={['date', 'scope', 'reason_ja']} labels={t.series.labels} />
      {mayPlan && (
        <form id="form" class="card" action="/desk/closures" method="post" novalidate>
          <h2>{t.closures.add}</h2>
          <div class="columns">
            <Line {...form} name="date" type="date" required />
            <SelectField frame={frame} name="scope" label={t.series.labels.scope} required error={errors.scope}>
              {secretariat && <option value="all">{t.closures.scopeAll}</option>}
              <PrefectureOptions frame={frame} chosen={one(values, 'scope') || staff.prefectures[0]} />
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
                <td class="num">{dateText(frame.locale, closure.date)}</td>
                <td>{closure.scope === 'all' ? t.closures.scopeAll : prefectureName(frame.locale, closure.scope)}</td>
                <td>{frame.locale === 'ja' ? closure.reason_ja : closure.reason_en}</td>
                <td>{t.closures.states[closure.state]}</td>
                <td>
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

/** Where and when nothing is held in person, and a form to order it. */
export function SuspensionsPage(
  props: Base & {
    suspensions: SuspensionRow[]
    liftable: string[]
    values: Values
    errors: Faults
    mayPlan: boolean
    done: string | undefined
  },
) {
  const { frame, staff, suspensions, liftable, values, errors, mayPlan, done } = props
  const t = scheduleTexts(frame.locale)
  const format = texts(frame.locale).format
  const form = { frame, values, errors }
  const said = done === 'ordered' ? t.suspensions.ordered : done === 'lifted' ? t.suspensions.lifted : null
  const chosen = many(values, 'prefectures')
  const labels = t.series.labels
  return (
    <Console frame={frame} staff={staff} title={t.suspensions.title} nav="schedule">
      <h1>{t.suspensions.title}</h1>
      <p class="lead">{t.suspensions.lead}</p>
      <ScheduleWays frame={frame} staff={staff} />
      {said !== null && <Notice what={{ what: said, next: '' }} tone="done" alert />}
      <section class="card">
        {suspensions.length === 0 && <p class="soft">{t.suspensions.none}</p>}
        <ul class="plain">
          {suspensions.map((one_) => (
            <li>
              <form class="acts" action={`/desk/suspensions/${one_.id}/lift`} method="post">
                <span class="num">{`${one_.starts_on} – ${one_.ends_on}`}</span>
                <span>
                  {one_.prefectures
                    .split(',')
                    .map((code) => prefectureName(frame.locale, code))
                    .join(frame.locale === 'ja' ? '、' : ', ')}
                </span>
                <span>{format[one_.format]}</span>
                <span class="pill">{t.suspensions.states[one_.state]}</span>
                {one_.state === 'in_force' && liftable.includes(one_.id) && (
                  <button class="btn quiet small-btn" type="submit">
                    {t.suspensions.lift}
                  </button>
                )}
              </form>
            </li>
          ))}
        </ul>
      </section>
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={['prefectures', 'starts_on', 'ends_on', 'reason_ja']}
        labels={t.series.labels}
      />
      {mayPlan && (
        <form id="form" class="card" action="/desk/suspensions" method="post" novalidate>
          <input type="hidden" name="key" value={one(values, 'key')} />
          <SelectField
            frame={frame}
            name="prefectures"
            lines={6}
            label={labels.prefectures}
            required
            help={deskTexts(frame.locale).several}
            error={errors.prefectures}
          >
            <PrefectureOptions frame={frame} chosen={chosen.length > 0 ? chosen : staff.prefectures} />
          </SelectField>
          <div class="columns">
            <Line {...form} name="starts_on" type="date" required />
            <Line {...form} name="ends_on" type="date" required />
            <SelectField frame={frame} name="into" label={labels.into} required error={errors.into}>
              <Options
                names={{ online: format.online, phone: format.phone }}
                chosen={one(values, 'into') || 'online'}
              />
            </SelectField>
          </div>
          <div class="columns">
            <Line {...form} name="reason_ja" required />
            <Line {...form} name="reason_en" />
          </div>
          <button class="btn" type="submit">
            {t.suspensions.look}
          </button>
        </form>
      )}
    </Console>
  )
}

type Preview = { parties: Concerned[]; calls: Concerned[]; letter: { subject: string; text: string } | null }

/** Whom a suspension concerns, before anything happens. */
export function SuspensionPreviewPage(props: Base & { values: Values; sessions: number; preview: Preview }) {
  const { frame, staff, values, sessions, preview } = props
  const t = scheduleTexts(frame.locale).suspensions
  const d = deskTexts(frame.locale).session
  const { parties, calls, letter } = preview
  return (
    <Console frame={frame} staff={staff} title={d.previewTitle} nav="schedule">
      <Crumbs frame={frame} links={[[t.title, '/desk/suspensions']]} />
      <h1>{t.title}</h1>
      <Notice what={{ what: d.previewTitle, next: d.nothingYet }} tone="warn" />
      <section class="card">
        <p>
          <b>{t.concerned(sessions, parties.length)}</b>
        </p>
        <ul class="plain">
          <li>{d.byMail(parties.length - calls.length)}</li>
          <li>{d.byPhone(calls.length)}</li>
          {calls.map((party) => (
            <li>{`${party.number} ${party.company} ${party.name} ${party.phone}`}</li>
          ))}
        </ul>
      </section>
      {letter && (
        <section class="card">
          <h2>{d.letter}</h2>
          <p>
            <b>{letter.subject}</b>
          </p>
          <pre class="typed">{letter.text}</pre>
        </section>
      )}
      <form class="acts" action="/desk/suspensions" method="post">
        <Carried values={values} />
        <button class="btn stop" type="submit" name="step" value="do">
          {t.go}
        </button>
        <button class="btn quiet" type="submit" name="step" value="edit">
          {d.edit}
        </button>
      </form>
    </Console>
  )
}

/** What goes on in the next fiscal year, and how. */
export function ProgrammePage(props: Base & { year: number; copies: Copied[]; done: boolean }) {
  const { frame, staff, year, copies, done } = props
  const t = scheduleTexts(frame.locale).programme
  return (
    <Console frame={frame} staff={staff} title={t.title(year)} nav="schedule">
      <h1>{t.title(year)}</h1>
      <p class="lead">{t.lead}</p>
      <ScheduleWays frame={frame} staff={staff} />
      {done && <Notice what={{ what: t.done, next: '' }} tone="done" alert />}
      {copies.length === 0 ? (
        <p class="card empty">{t.none}</p>
      ) : (
        <form class="card" action="/desk/programme" method="post">
          <ul class="plain">
            {copies.map(({ series, goes_on, dates }) => (
              <li>
                <a href={`/desk/series/${series.id}`}>{frame.locale === 'ja' ? series.title_ja : series.title_en}</a>{' '}
                <span class="soft">{prefectureName(frame.locale, series.prefecture)}</span>{' '}
                <span class="pill">{goes_on ? t.goesOn : t.anew}</span>{' '}
                <span class="num">{dates.map((date) => dayText(frame.locale, date)).join('、')}</span>
              </li>
            ))}
          </ul>
          <button class="btn" type="submit">
            {t.go}
          </button>
        </form>
      )}
    </Console>
  )
}
