import type { Faults } from '../../src/base/input.ts'
import { addDays, civilDate, fiscalYear, fiscalYearDays } from '../../src/base/japan/civil.ts'
import { venueIn, venueScope } from '../../src/base/japan/closure-scope.ts'
import { PREFECTURES } from '../../src/base/japan/prefecture.ts'
import { WEEKDAYS } from '../../src/base/vocabulary.ts'
import type { Affected } from '../../src/planning/affected.ts'
import type { BatchCorrected, ClosureCorrected } from '../../src/planning/closures/close-day.ts'
import type { Decision, HeldOnClosedDay } from '../../src/planning/closures/closure-ahead.ts'
import type { Planned } from '../../src/planning/queries.ts'
import type { Clash } from '../../src/schedule/clashes.ts'
import type { ClosureRow, VenueRow } from '../../src/store/schema.ts'
import {
  ErrorSummary,
  many,
  Options,
  one,
  PrefectureOptions,
  Problem,
  SelectField,
  TextField,
  type Values,
} from '../fields.tsx'
import { Facts, Notice, prefectureName, Receipt } from '../kit.tsx'
import type { PageContext } from '../layout.tsx'
import { scheduleTexts } from '../text/schedule.ts'
import { dateText, weekdayName } from '../text/when.ts'
import { ChangePreviewPage } from './change-preview.tsx'
import { Console } from './console.tsx'
import { BeforeAfter } from './look/before-after.tsx'
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

/** The name of a scope: everywhere, in a prefecture, or at a venue. */
function scopeName({ locale }: PageContext, scope: string, venues: ReadonlyMap<string, string>): string {
  if (scope === 'all') return scheduleTexts(locale).closures.scopeAll
  const venue = venueIn(scope)
  return venue === null ? prefectureName(locale, scope) : (venues.get(venue) ?? '')
}

/** A closure in one line: its day, scope and reason. */
function rowText(frame: PageContext, row: ClosureRow, venues: ReadonlyMap<string, string>): string {
  return [dateText(frame.locale, row.date), scopeName(frame, row.scope, venues), row.reason_ja].join(' ')
}

/** What stays open although its day is closed, because somebody booked it, and the way to call it off. */
function StaysBooked({ frame, session }: { frame: PageContext; session: { id: string; bookings: number } }) {
  const t = scheduleTexts(frame.locale).closures
  return (
    <Notice what={{ what: t.staysBooked(session.bookings), next: '' }} tone="warn">
      <a href={`/desk/sessions/${session.id}/call-off`}>{t.callOff}</a>
    </Notice>
  )
}

/** Corrects or removes all days that were entered together. */
function BatchAct({ frame, closure, count }: { frame: PageContext; closure: ClosureRow; count: number }) {
  return (
    <form class="acts after" action="/desk/closures" method="post">
      <input type="hidden" name="batch" value={closure.batch ?? ''} />
      <button class="btn quiet small-btn" type="submit" name="state" value="removed">
        {scheduleTexts(frame.locale).closures.removeBatch(count)}
      </button>
      <a class="btn quiet small-btn" href={`/desk/closures?edit=${encodeURIComponent(`batch:${closure.batch}`)}#form`}>
        {scheduleTexts(frame.locale).closures.correctBatch(count)}
      </a>
    </form>
  )
}

function ClosureAct(props: {
  frame: PageContext
  closure: ClosureRow
  revision: string
  removable?: boolean
  editable?: boolean
}) {
  const { frame, closure, revision, removable = false, editable = false } = props
  const t = scheduleTexts(frame.locale).closures
  const { date, scope, reason_ja, reason_en, state } = closure
  const acts = (
    [['confirmed', t.confirm], ['lifted', t.lift], ...(removable ? ([['removed', t.remove]] as const) : [])] as const
  ).filter(([to]) => to !== state)
  return (
    <form class="acts" action="/desk/closures" method="post">
      {Object.entries({ date, scope, reason_ja, reason_en, revision }).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {acts.map(([to, text]) => (
        <button class="btn quiet small-btn" type="submit" name="state" value={to}>
          {text}
          <span class="sr"> {dateText(frame.locale, date)}</span>
        </button>
      ))}
      {editable && state !== 'proposed' && (
        <a class="btn quiet small-btn" href={`/desk/closures?edit=${encodeURIComponent(closure.id)}#form`}>
          {t.edit}
          <span class="sr"> {dateText(frame.locale, date)}</span>
        </a>
      )}
    </form>
  )
}

/** The sessions that are held on the day of a closure in force. */
function heldOn(held: readonly HeldOnClosedDay[], { date, scope, state }: ClosureRow): HeldOnClosedDay[] {
  if (state === 'lifted') return []
  const venue = venueIn(scope)
  const isIn = (session: HeldOnClosedDay) =>
    venue === null ? scope === 'all' || scope === session.prefecture : venue === session.venue
  return held.filter((session) => session.date === date && isIn(session))
}

function Held({ frame, sessions }: { frame: PageContext; sessions: HeldOnClosedDay[] }) {
  if (sessions.length === 0) return null
  return (
    <details open={sessions.some(({ bookings }) => bookings > 0)}>
      <summary>{scheduleTexts(frame.locale).closures.held(sessions.length)}</summary>
      <ul class="plain">
        {sessions.map((session) => (
          <li>
            <SessionLink frame={frame} session={session} />
            {session.bookings > 0 && <StaysBooked frame={frame} session={session} />}
          </li>
        ))}
      </ul>
    </details>
  )
}

/** The people booked, by session. */
type Who = ReadonlyMap<string, readonly Affected[]>

/** What a decision changes and what it leaves. `isClosing`: days are closed by it, otherwise they open. */
type Part = { followers: Planned[]; left: Planned[]; isClosing: boolean }

function Days({ frame, followers, left, who, isClosing }: Part & { frame: PageContext; who: Who }) {
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
                {isClosing && session.bookings > 0 && <StaysBooked frame={frame} session={session} />}
                {isClosing && session.bookings === 0 && (
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

type Replaced = { known: ClosureRow; decision: Decision }[]

/** The days that have a closure already, with its state and reason and what they become. */
function Replacing({ frame, replaced, kept }: { frame: PageContext; replaced: Replaced; kept: boolean }) {
  const { closures: t } = scheduleTexts(frame.locale)
  if (replaced.length === 0) return null
  const said = ({ state, reason_ja, reason_en }: Pick<ClosureRow, 'state' | 'reason_ja' | 'reason_en'>) =>
    t.stateReason(t.states[state], reason_en === reason_ja ? reason_ja : `${reason_ja} / ${reason_en}`)
  const rows = replaced.map(({ known, decision }) => {
    const state = decision.state === 'lifted' ? 'lifted' : 'confirmed'
    return [dateText(frame.locale, known.date), said(known), said({ ...decision, state })] as const
  })
  return (
    <section class="card">
      <h2>{t.replaced(replaced.length)}</h2>
      {!kept && <Notice what={t.replacing} tone="warn" />}
      <BeforeAfter frame={frame} rows={rows} head={t.columns.date} />
    </section>
  )
}

/** The closures of a batch as they are and as they become, also with another day or scope. */
function Moving(props: {
  frame: PageContext
  batch: { before: ClosureRow; after: Decision }[]
  venues: ReadonlyMap<string, string>
}) {
  const { frame, batch, venues } = props
  const { closures: t } = scheduleTexts(frame.locale)
  const text = ({ date, scope, reason_ja }: Pick<ClosureRow, 'date' | 'scope' | 'reason_ja'>) =>
    [dateText(frame.locale, date), scopeName(frame, scope, venues), reason_ja].join(' ')
  const rows = batch.map(
    ({ before, after }) => [dateText(frame.locale, before.date), text(before), text(after)] as const,
  )
  return (
    <section class="card">
      <h2>{t.batchMoves(rows.length)}</h2>
      <BeforeAfter frame={frame} rows={rows} head={t.columns.date} />
    </section>
  )
}

/** Says that days are closed already, by which closures. Nothing without any. */
function Covered(props: { frame: PageContext; by: readonly ClosureRow[]; venues: ReadonlyMap<string, string> }) {
  const { frame, by, venues } = props
  if (by.length === 0) return null
  return (
    <Notice what={scheduleTexts(frame.locale).closures.covered} tone="warn" alert>
      <ul>
        {by.map((row) => (
          <li>
            <a href={`/desk/closures#${row.id}`}>{rowText(frame, row, venues)}</a>
          </li>
        ))}
      </ul>
    </Notice>
  )
}

/** The first and the last of several days, and how many they are. */
function daysText(frame: PageContext, decided: readonly Pick<ClosureRow, 'date'>[]): string {
  const dates = decided.map(({ date }) => date).toSorted()
  const [first = '', last = ''] = [dates[0], dates.at(-1)]
  const inARow = addDays(first, dates.length - 1) === last
  const { days } = scheduleTexts(frame.locale).closures
  return days(dateText(frame.locale, first), dateText(frame.locale, last), dates.length, inARow)
}

/** Shows the sessions and people concerned, before a day is closed, opened or its closure removed. */
export function ClosureLookPage(
  view: DeskView & {
    values: Values
    /** What is closed and what opens. A correction may do both. */
    parts: Part[]
    who: Who
    clashes: Clash[]
    errors: Faults
    shown: string
    changed: boolean
    decided: Pick<ClosureRow, 'date' | 'scope' | 'reason_ja'>[]
    /** The closure before its correction, or null. */
    before: ClosureRow | null
    /** The closures that get another reason. */
    replaced: Replaced
    /** The closures of a batch that are corrected, as they are and as they become. */
    batch: { before: ClosureRow; after: Decision }[]
    /** The closures for which days are closed already, so that nothing is added. */
    covered: ClosureRow[]
    venues: ReadonlyMap<string, string>
  },
) {
  const { frame, values, decided, before, replaced, batch, covered, parts, who, venues } = view
  const t = scheduleTexts(frame.locale).closures
  const state = one(values, 'state')
  const isUndo = state === 'restored' || one(values, 'undo') !== ''
  const corrects = before !== null || state === 'corrected'
  const act = corrects ? t.correct : t[state === 'lifted' || state === 'removed' ? NAMES[state] : 'confirm']
  const name = isUndo ? (corrects ? t.takeBack : t.putBack) : act
  const moves = batch.some(({ before: from, after }) => from.date !== after.date || from.scope !== after.scope)
  const days = decided.map(({ date }) => dateText(frame.locale, date))
  const [first] = decided
  return (
    <ChangePreviewPage
      {...view}
      title={name}
      from={[t.title, '/desk/closures']}
      action="/desk/closures"
      preview={{ parties: [], calls: [], texted: [], letters: [], spoken: [], messages: [] }}
      concerned=""
      listed={false}
      about={
        <>
          <Facts
            rows={[
              [
                t.columns.date,
                days.length === 1 ? (
                  days[0]
                ) : (
                  <details open={one(values, 'batch') !== ''}>
                    <summary>{daysText(frame, decided)}</summary>
                    <ul class="plain">
                      {days.map((day) => (
                        <li>{day}</li>
                      ))}
                    </ul>
                  </details>
                ),
              ],
              [t.columns.scope, first && scopeName(frame, first.scope, venues)],
              [t.columns.reason, first?.reason_ja],
              ...(before ? [[t.before, rowText(frame, before, venues)] satisfies [string, string]] : []),
            ]}
          />
          <Covered frame={frame} by={covered} venues={venues} />
          {moves ? (
            <Moving frame={frame} batch={batch} venues={venues} />
          ) : (
            <Replacing frame={frame} replaced={replaced} kept={state === 'corrected'} />
          )}
          {parts.map((part) => (
            <Days frame={frame} who={who} {...part} />
          ))}
        </>
      }
      go={name}
    />
  )
}

/** How many days were entered together, by the id of the first of them. Of two days or more. */
function firstOfBatches(closures: readonly ClosureRow[]): Map<string, number> {
  const batches = Map.groupBy(
    closures.filter(({ batch }) => batch !== null),
    ({ batch }) => batch,
  )
  return new Map(
    [...batches.values()].flatMap((rows) => (rows.length > 1 && rows[0] ? [[rows[0].id, rows.length]] : [])),
  )
}

type Form = { frame: PageContext; values: Values; errors: Faults }

/**
 * Chooses the scope of a closure. `here`: the name of a venue that is closed and may not be chosen otherwise. `same`: the
 * words for no choice.
 */
function ScopeField(
  props: Form & Pick<DeskView, 'staff'> & { toClose: VenueRow[]; here?: [string, string] | null; same?: string },
) {
  const { frame, values, errors, staff, toClose, here = null, same } = props
  const { closures: t, series } = scheduleTexts(frame.locale)
  const chosen = one(values, 'scope') || (same === undefined ? staff.prefectures[0] : '')
  const venues = Object.fromEntries([
    ...(here ? [here] : []),
    ...toClose.map((venue) => [
      venueScope(venue.id),
      `${prefectureName(frame.locale, venue.prefecture)} ${frame.locale === 'ja' ? venue.name_ja : venue.name_en}`,
    ]),
  ])
  const codes = choosable(staff) ?? PREFECTURES.map(({ code }) => code)
  const prefectures = Object.fromEntries(codes.map((code) => [code, prefectureName(frame.locale, code)]))
  return (
    <SelectField
      frame={frame}
      name="scope"
      label={series.labels.scope}
      required={same === undefined}
      error={errors.scope}
      value={chosen ?? ''}
      words={{ all: t.scopeAll, ...prefectures, ...venues }}
    >
      {same !== undefined && <option value="">{same}</option>}
      {staff.role === 'secretariat' && (
        <option value="all" selected={chosen === 'all'}>
          {t.scopeAll}
        </option>
      )}
      <PrefectureOptions frame={frame} chosen={chosen} only={choosable(staff)} />
      {Object.keys(venues).length > 0 && (
        <optgroup label={t.venues}>
          <Options names={venues} chosen={chosen} />
        </optgroup>
      )}
    </SelectField>
  )
}

/** The form by which days are closed: one, all of a range, or one weekday. */
function AddForm({ staff, toClose, ...form }: Form & Pick<DeskView, 'staff'> & { toClose: VenueRow[] }) {
  const { frame, values, errors } = form
  const { closures: t, series } = scheduleTexts(frame.locale)
  const weekdays = Object.fromEntries(WEEKDAYS.map((day, i) => [day, weekdayName(frame.locale, i)]))
  return (
    <form id="form" class="card" action="/desk/closures" method="post" novalidate>
      <h2>{t.add}</h2>
      <div class="columns">
        <Line {...form} name="date" type="date" required />
        <ScopeField {...form} staff={staff} toClose={toClose} />
        <Line {...form} name="reason_ja" required />
        <Line {...form} name="reason_en" />
      </div>
      <details open={['until', 'nth', 'weekday'].some((name) => one(values, name) !== '')}>
        <summary>{t.several}</summary>
        <p class="soft">{t.severalHelp}</p>
        <div class="columns">
          <Line {...form} name="until" type="date" />
          <SelectField frame={frame} name="nth" label={series.labels.nth} error={errors.nth}>
            <option value="">{t.everyDay}</option>
            <Options names={t.nths} chosen={one(values, 'nth')} />
          </SelectField>
          <SelectField frame={frame} name="weekday" label={series.labels.weekday} error={errors.weekday}>
            <option value="">{t.noWeekday}</option>
            <Options names={weekdays} chosen={one(values, 'weekday')} />
          </SelectField>
        </div>
      </details>
      <button class="btn" type="submit" name="state" value="confirmed">
        {t.look}
      </button>
    </form>
  )
}

/** The form by which one closure is corrected: its day, scope and reason. A holiday keeps its day and scope. */
function EditForm({
  editing,
  venues,
  staff,
  toClose,
  movable,
  ...form
}: Form &
  Pick<DeskView, 'staff'> & {
    editing: ClosureRow
    venues: ReadonlyMap<string, string>
    toClose: VenueRow[]
    movable: boolean
  }) {
  const { frame, values } = form
  const t = scheduleTexts(frame.locale).closures
  const { id, date, scope } = editing
  const venue = venueIn(scope)
  const here: [string, string] | null = venue === null ? null : [scope, venues.get(venue) ?? '']
  const hidden = { edit: id, revision: one(values, 'revision'), ...(!movable && { date, scope }) }
  return (
    <form id="form" class="card" action="/desk/closures" method="post" novalidate>
      <h2>{t.editing}</h2>
      {!movable && (
        <Facts
          rows={[
            [t.columns.date, dateText(frame.locale, date)],
            [t.columns.scope, scopeName(frame, scope, venues)],
          ]}
        />
      )}
      <p class="soft">{movable ? t.editHelp : t.fixed}</p>
      {Object.entries(hidden).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <div class="columns">
        {movable && <Line {...form} name="date" type="date" required />}
        {movable && <ScopeField {...form} staff={staff} toClose={toClose} here={here} />}
        <Line {...form} name="reason_ja" required />
        <Line {...form} name="reason_en" />
      </div>
      <p class="acts">
        <button class="btn" type="submit">
          {t.save}
        </button>
        <a class="btn quiet" href="/desk/closures">
          {scheduleTexts(frame.locale).series.back}
        </a>
      </p>
    </form>
  )
}

/** The form by which closures are corrected that were entered together: their days, scope and reason. */
function BatchForm({
  rows,
  venues,
  staff,
  toClose,
  removable,
  ...form
}: Form &
  Pick<DeskView, 'staff'> & {
    rows: ClosureRow[]
    venues: ReadonlyMap<string, string>
    toClose: VenueRow[]
    removable: readonly string[]
  }) {
  const { frame, values, errors } = form
  const { closures: t, series } = scheduleTexts(frame.locale)
  const typed = many(values, 'to')
  const movable = rows.every(({ id }) => removable.includes(id))
  return (
    <form id="form" class="card" action="/desk/closures" method="post" novalidate>
      <h2>{t.correctBatch(rows.length)}</h2>
      <p class="soft">{movable ? t.batchHelp : t.fixed}</p>
      {!movable && (
        <ul class="plain">
          {rows.map((row) => (
            <li>{rowText(frame, row, venues)}</li>
          ))}
        </ul>
      )}
      {movable && (
        <fieldset>
          <legend>{series.labels.date}</legend>
          {rows.map((row, i) => (
            <p class="field">
              <input type="hidden" name="row" value={row.id} />
              <label for={i === 0 ? 'to' : `to-${i}`}>{rowText(frame, row, venues)}</label>
              <input
                id={i === 0 ? 'to' : `to-${i}`}
                type="date"
                name="to"
                aria-label={t.batchDay(dateText(frame.locale, row.date))}
                value={typed[i] ?? row.date}
                aria-invalid={errors.to ? 'true' : undefined}
                aria-describedby={errors.to ? 'to-error' : undefined}
              />
            </p>
          ))}
          <Problem frame={frame} name="to" error={errors.to} label={series.labels.date} />
        </fieldset>
      )}
      <input type="hidden" name="batch" value={rows[0]?.batch ?? ''} />
      <div class="columns">
        {movable && (
          <TextField frame={frame} name="shift" label={t.shift} value={one(values, 'shift')} error={errors.shift} />
        )}
        {movable && <ScopeField {...form} staff={staff} toClose={toClose} same={t.sameScope} />}
        <Line {...form} name="reason_ja" required />
        <Line {...form} name="reason_en" />
      </div>
      <p class="acts">
        <button class="btn" type="submit" name="state" value="corrected">
          {t.look}
        </button>
        <a class="btn quiet" href="/desk/closures">
          {scheduleTexts(frame.locale).series.back}
        </a>
      </p>
    </form>
  )
}

/** Leads back to what a batch was before its correction, through a look if something booked is concerned. */
function TakeBackBatch({ frame, id, before }: BatchCorrected & { frame: PageContext }) {
  return (
    <form action="/desk/closures" method="post">
      <input type="hidden" name="batch" value={id} />
      <input type="hidden" name="undo" value="1" />
      {before.map((row) => (
        <input type="hidden" name="back" value={JSON.stringify(row)} />
      ))}
      <button class="btn quiet small-btn" type="submit" name="state" value="corrected">
        {scheduleTexts(frame.locale).closures.takeBack}
      </button>
    </form>
  )
}

/** Puts closures back that were removed just now, through a look if something booked is concerned. */
function PutBack({ frame, removed }: { frame: PageContext; removed: ClosureRow[] }) {
  return (
    <form action="/desk/closures" method="post">
      {removed.map(({ date, scope, state, reason_ja, reason_en }) => (
        <input type="hidden" name="day" value={JSON.stringify({ date, scope, state, reason_ja, reason_en })} />
      ))}
      <button class="btn quiet small-btn" type="submit" name="state" value="restored">
        {scheduleTexts(frame.locale).closures.putBack}
      </button>
    </form>
  )
}

/** Leads back to what a closure was before its correction, through a look if something booked is concerned. */
function TakeBack({ frame, before, id, revision }: ClosureCorrected & { frame: PageContext; revision: string }) {
  const { date, scope, reason_ja, reason_en } = before
  return (
    <form action="/desk/closures" method="post">
      {Object.entries({ edit: id, revision, date, scope, reason_ja, reason_en, undo: '1' }).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button class="btn quiet small-btn" type="submit">
        {scheduleTexts(frame.locale).closures.takeBack}
      </button>
    </form>
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
    /** The names of venues, by id. */
    venues: ReadonlyMap<string, string>
    /** The venues that may be closed. */
    toClose: VenueRow[]
    /** The closure that is corrected, or null. */
    editing: ClosureRow | null
    /** The revisions of closures, by id. */
    revisions: ReadonlyMap<string, string>
    refusal: 'changed' | 'known' | 'covered' | null
    /** The closures for which days are closed already. */
    covered?: ClosureRow[]
    /** What has just been corrected. */
    corrected: ClosureCorrected | null
    /** The closures of a batch that are corrected together, and the batch that was just now. */
    together: ClosureRow[]
    batch: BatchCorrected | null
    /** What has just been removed, as it was. */
    removed?: ClosureRow[]
  },
) {
  const { frame, staff, closures, values, errors, followed, left, removable, held, mayPlan, venues, toClose } = props
  const { editing, revisions, refusal, covered = [], corrected, together, batch, removed = [] } = props
  const t = scheduleTexts(frame.locale)
  const form = { frame, values, errors }
  const secretariat = staff.role === 'secretariat'
  const firsts = firstOfBatches(closures)
  const revision = (scope: string, date: string) => revisions.get(`${scope}-${date}`) ?? ''
  const typed = one(values, 'reason_ja') !== ''
  const changed = editing ? t.series.kept : typed ? t.closures.gone : t.closures.stale
  const [, ends] = fiscalYearDays(fiscalYear(civilDate(frame.now)))
  const [thisYear, later] = [closures.filter(({ date }) => date <= ends), closures.filter(({ date }) => date > ends)]
  const isHeldLater = held.some(({ date, bookings }) => bookings > 0 && (date ?? '') > ends)
  const list = (rows: readonly ClosureRow[]) => (
    <section class="scroll" tabindex={0} aria-label={t.closures.title}>
      <table class="list compact">
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
          {rows.map((closure) => (
            <tr id={closure.id}>
              <td class="num" data-label={t.closures.columns.date}>
                {dateText(frame.locale, closure.date)}
              </td>
              <td data-label={t.closures.columns.scope}>{scopeName(frame, closure.scope, venues)}</td>
              <td data-label={t.closures.columns.reason}>
                {frame.locale === 'ja' ? closure.reason_ja : closure.reason_en}
              </td>
              <td data-label={t.closures.columns.state}>
                {t.closures.states[closure.state]}
                <Held frame={frame} sessions={heldOn(held, closure)} />
              </td>
              <td data-label="">
                {mayPlan && (secretariat || closure.scope !== 'all') && (
                  <ClosureAct
                    frame={frame}
                    closure={closure}
                    revision={revision(closure.scope, closure.date)}
                    removable={removable.includes(closure.id)}
                    editable
                  />
                )}
                {mayPlan && (secretariat || closure.scope !== 'all') && firsts.has(closure.id) && (
                  <BatchAct frame={frame} closure={closure} count={firsts.get(closure.id) ?? 0} />
                )}
                {mayPlan &&
                  !secretariat &&
                  closure.scope === 'all' &&
                  staff.prefectures.map((scope) => (
                    <ClosureAct
                      frame={frame}
                      closure={{ ...closure, scope }}
                      revision={revision(scope, closure.date)}
                    />
                  ))}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
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
                {session.state === 'published' && session.bookings > 0 && (
                  <StaysBooked frame={frame} session={session} />
                )}
              </li>
            ))}
          </ul>
          {corrected && <TakeBack frame={frame} {...corrected} revision={revisions.get(corrected.id) ?? ''} />}
          {batch && <TakeBackBatch frame={frame} {...batch} />}
          {removed.length > 0 && <PutBack frame={frame} removed={removed} />}
        </Notice>
      )}
      <Covered frame={frame} by={covered} venues={venues} />
      {refusal && refusal !== 'covered' && (
        <Notice what={refusal === 'known' ? t.closures.known : changed} tone="stop" alert />
      )}
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={['date', 'to', 'shift', 'scope', 'reason_ja', 'reason_en', 'until', 'nth', 'weekday']}
        labels={{ ...t.series.labels, to: t.series.labels.date, shift: t.closures.shift }}
      />
      {mayPlan && editing && (
        <EditForm
          {...form}
          staff={staff}
          editing={editing}
          venues={venues}
          toClose={toClose}
          movable={removable.includes(editing.id)}
        />
      )}
      {mayPlan && together.length > 0 && (
        <BatchForm {...form} staff={staff} rows={together} venues={venues} toClose={toClose} removable={removable} />
      )}
      {mayPlan && !editing && together.length === 0 && <AddForm {...form} staff={staff} toClose={toClose} />}
      {thisYear.length > 0 && list(thisYear)}
      {later.length > 0 && (
        <details
          class="card later"
          open={thisYear.length === 0 || followed !== null || refusal !== null || isHeldLater}
        >
          <summary>{t.closures.later(later.length)}</summary>
          {list(later)}
        </details>
      )}
    </Console>
  )
}
