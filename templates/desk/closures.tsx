import type { Faults } from '../../src/base/input.ts'
import type { Affected } from '../../src/planning/affected.ts'
import type { HeldOnClosedDay } from '../../src/planning/closures/closure-ahead.ts'
import type { Planned } from '../../src/planning/queries.ts'
import type { Clash } from '../../src/schedule/clashes.ts'
import type { ClosureRow } from '../../src/store/schema.ts'
import { ErrorSummary, one, PrefectureOptions, SelectField, type Values } from '../fields.tsx'
import { Facts, Notice, prefectureName, Receipt } from '../kit.tsx'
import type { PageContext } from '../layout.tsx'
import { scheduleTexts } from '../text/schedule.ts'
import { dateText } from '../text/when.ts'
import { ChangePreviewPage } from './change-preview.tsx'
import { Console } from './console.tsx'
import { Line } from './offer-fields.tsx'
import { ScheduleWays } from './schedule.tsx'
import { Stopping } from './stopping/table.tsx'
import { choosable, type DeskView } from './view.ts'

/** What a decision on a day is called, by what it leaves. */
const NAMES = { confirmed: 'confirm', lifted: 'lift', removed: 'remove' } as const

/** A session by its day, prefecture and title. */
function SessionLink({ frame, session }: { frame: PageContext; session: HeldOnClosedDay | Planned }) {
  const { id, date, prefecture, title_ja, title_en } = session
  const day = date === null ? '' : dateText(frame.locale, date)
  return (
    <a href={`/desk/sessions/${id}`}>
      {day} {prefectureName(frame.locale, prefecture)} {frame.locale === 'ja' ? title_ja : title_en}
    </a>
  )
}

function ClosureAct(props: { frame: PageContext; closure: ClosureRow; removable?: boolean }) {
  const { frame, closure, removable = false } = props
  const t = scheduleTexts(frame.locale).closures
  const { date, scope, reason_ja, reason_en, state } = closure
  const acts = (
    [['confirmed', t.confirm], ['lifted', t.lift], ...(removable ? ([['removed', t.remove]] as const) : [])] as const
  ).filter(([to]) => to !== state)
  return (
    <form class="acts" action="/desk/closures" method="post">
      {Object.entries({ date, scope, reason_ja, reason_en }).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {acts.map(([to, text]) => (
        <button class="btn quiet small-btn" type="submit" name="state" value={to}>
          {text}
          <span class="sr"> {dateText(frame.locale, date)}</span>
        </button>
      ))}
    </form>
  )
}

/** The sessions that are held on the day of a closure in force. */
function heldOn(held: readonly HeldOnClosedDay[], { date, scope, state }: ClosureRow): HeldOnClosedDay[] {
  if (state === 'lifted') return []
  return held.filter((session) => session.date === date && (scope === 'all' || scope === session.prefecture))
}

function Held({ frame, sessions }: { frame: PageContext; sessions: HeldOnClosedDay[] }) {
  if (sessions.length === 0) return null
  return (
    <details>
      <summary>{scheduleTexts(frame.locale).closures.held(sessions.length)}</summary>
      <ul class="plain">
        {sessions.map((session) => (
          <li>
            <SessionLink frame={frame} session={session} />{' '}
            <span class="soft">{scheduleTexts(frame.locale).closures.booked(session.bookings)}</span>
          </li>
        ))}
      </ul>
    </details>
  )
}

/** What a decision on a day changes and what it leaves. `who`: the people booked, by session. */
type Ahead = {
  followers: Planned[]
  left: Planned[]
  who: ReadonlyMap<string, readonly Affected[]>
  /** Whether the day is closed by it. */
  isClosing: boolean
}

function Days({ frame, followers, left, who, isClosing }: Ahead & { frame: PageContext }) {
  const t = scheduleTexts(frame.locale).closures
  return (
    <>
      {left.length > 0 && (
        <section class="card">
          <h2>{(isClosing ? t.staysOpen : t.staysClosed)(left.length)}</h2>
          {isClosing && <Notice what={{ what: t.stays, next: '' }} tone="stop" />}
          <ul class="plain">
            {left.map((session) => (
              <li>
                <SessionLink frame={frame} session={session} />{' '}
                {isClosing && (
                  <a class="btn quiet small-btn" href={`/desk/sessions/${session.id}/call-off`}>
                    {t.callOff}
                  </a>
                )}
                <ul class="plain">
                  {(who.get(session.id) ?? []).map((party) => (
                    <li>
                      <Receipt number={party.number} /> <bdi>{party.company}</bdi> <bdi>{party.name}</bdi>
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section class="card">
        <h2>{(isClosing ? t.closing : t.opening)(followers.length)}</h2>
        <ul class="plain">
          {followers.map((session) => (
            <li>
              <SessionLink frame={frame} session={session} />
            </li>
          ))}
        </ul>
      </section>
    </>
  )
}

/** Shows the sessions and people concerned, before a day is closed, opened or its closure removed. */
export function ClosureLookPage(
  view: DeskView & Ahead & { values: Values; clashes: Clash[]; errors: Faults; shown: string; changed: boolean },
) {
  const { frame, values } = view
  const t = scheduleTexts(frame.locale).closures
  const date = one(values, 'date')
  const state = one(values, 'state')
  const scope = one(values, 'scope')
  const name = t[state === 'lifted' || state === 'removed' ? NAMES[state] : 'confirm']
  const reason = one(values, 'reason_ja')
  return (
    <ChangePreviewPage
      {...view}
      title={name}
      from={[t.title, '/desk/closures']}
      action="/desk/closures"
      preview={{ parties: [], calls: [], letters: [], spoken: [] }}
      concerned=""
      listed={false}
      about={
        <>
          <Facts
            rows={[
              [t.columns.date, dateText(frame.locale, date)],
              [t.columns.scope, scope === 'all' ? t.scopeAll : prefectureName(frame.locale, scope)],
              [t.columns.reason, reason],
            ]}
          />
          <Days {...view} />
        </>
      }
      go={name}
    />
  )
}

/** The days on which a desk is closed, proposed or decided. */
export function ClosuresPage(
  props: DeskView & {
    closures: ClosureRow[]
    values: Values
    errors: Faults
    followed: number | null
    left: Planned[]
    /** The ids of the closures that may be removed. */
    removable: string[]
    /** The sessions that are held although their day is closed. */
    held: HeldOnClosedDay[]
    mayPlan: boolean
  },
) {
  const { frame, staff, closures, values, errors, followed, left, removable, held, mayPlan } = props
  const t = scheduleTexts(frame.locale)
  const form = { frame, values, errors }
  const secretariat = staff.role === 'secretariat'
  return (
    <Console frame={frame} staff={staff} title={t.closures.title} nav="schedule">
      <h1>{t.closures.title}</h1>
      <p class="lead">{t.closures.lead}</p>
      <ScheduleWays frame={frame} staff={staff} />
      <Stopping frame={frame} here="skip" />
      {followed !== null && (
        <Notice
          what={{ what: t.closures.saved(followed), next: left.length > 0 ? t.closures.left : '' }}
          tone="done"
          alert
        >
          <ul>
            {left.map((session) => (
              <li>
                <SessionLink frame={frame} session={session} />
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
              <PrefectureOptions
                frame={frame}
                chosen={one(values, 'scope') || staff.prefectures[0]}
                only={choosable(staff)}
              />
            </SelectField>
            <Line {...form} name="reason_ja" required />
            <Line {...form} name="reason_en" />
          </div>
          <button class="btn" type="submit" name="state" value="confirmed">
            {t.closures.look}
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
                <td class="num" data-label={t.closures.columns.date}>
                  {dateText(frame.locale, closure.date)}
                </td>
                <td data-label={t.closures.columns.scope}>
                  {closure.scope === 'all' ? t.closures.scopeAll : prefectureName(frame.locale, closure.scope)}
                </td>
                <td data-label={t.closures.columns.reason}>
                  {frame.locale === 'ja' ? closure.reason_ja : closure.reason_en}
                </td>
                <td data-label={t.closures.columns.state}>
                  {t.closures.states[closure.state]}
                  <Held frame={frame} sessions={heldOn(held, closure)} />
                </td>
                <td data-label="">
                  {mayPlan && (secretariat || closure.scope !== 'all') && (
                    <ClosureAct frame={frame} closure={closure} removable={removable.includes(closure.id)} />
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
