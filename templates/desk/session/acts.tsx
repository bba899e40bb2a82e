import type { Elsewhere } from '../../../src/advisers/free.ts'
import type { Faults } from '../../../src/base/input.ts'
import type { Standing } from '../../../src/base/standing.ts'
import type { SessionAct } from '../../../src/base/vocabulary.ts'
import type { SuspendedDate } from '../../../src/changes/suspended-dates.ts'
import type { Clash } from '../../../src/schedule/clashes.ts'
import type { Session } from '../../../src/schedule/session.ts'
import type { VenueRow } from '../../../src/store/schema.ts'
import {
  ChoiceField,
  ErrorSummary,
  many,
  Options,
  one,
  SelectField,
  TextField,
  type Values,
  WhenField,
} from '../../fields.tsx'
import { Crumbs, Facts, href, joined, Notice, placeText, sessionHours } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { dayText } from '../../text/when.ts'
import { ChangePreviewPage, type Preview } from '../change-preview.tsx'
import { Console } from '../console.tsx'
import { Suspended } from '../stopping/suspended.tsx'
import { Stopping } from '../stopping/table.tsx'
import type { DeskView } from '../view.ts'
import { DrawOrder, type DrawResult } from './draw-order.tsx'
import { Others } from './others.tsx'
import { titleOf } from './title.ts'

/** The acts without anything to fill in. */
export type PlainAct = 'draw' | 'announce'

/** The view of the form of one act. `shown`: the fingerprint of the session as it is. */
type ActView = DeskView & {
  session: Session
  act: Exclude<SessionAct, PlainAct>
  values: Values
  errors: Faults
  /** The sessions that have its adviser or room when the act would hold it. */
  others: Elsewhere[]
  venues: VenueRow[]
  /** How many of the people whom it would concern now read English. */
  english: number
  shown: string
}

function Reason({ frame, act, values, errors, english }: ActView) {
  const t = deskTexts(frame.locale).session
  // The first field that is empty, so that people type at once.
  const first = act === 'reschedule' ? one(values, 'date') !== '' : act !== 'venue'
  return (
    <>
      <TextField
        frame={frame}
        name="reason_ja"
        label={t.reason}
        required
        autofocus={first && Object.keys(errors).length === 0}
        help={t.reasonHelp}
        value={one(values, 'reason_ja')}
        error={errors.reason_ja}
      />
      <TextField
        frame={frame}
        name="reason_en"
        label={t.reasonEn}
        help={english > 0 ? t.reasonEnAsked(english) : t.reasonEnHelp}
        value={one(values, 'reason_en')}
        error={errors.reason_en}
      />
    </>
  )
}

/** A field for the session's date or hours. `value` is shown until something is typed. */
function When(props: {
  view: ActView
  name: 'date' | 'starts' | 'ends'
  value?: string
  help?: string
  required?: boolean
  condition?: string
}) {
  const { view, name, value = '', help, required = false, condition } = props
  return (
    <WhenField
      frame={view.frame}
      name={name}
      type={name === 'date' ? 'date' : 'time'}
      label={deskTexts(view.frame.locale).session[name]}
      help={help}
      required={required}
      {...(condition !== undefined && { condition })}
      value={one(view.values, name) || value}
      error={view.errors[name]}
    />
  )
}

function VenueOptions({ frame, session, values, venues }: ActView) {
  const names = venues.map((venue) => [venue.id, frame.locale === 'ja' ? venue.name_ja : venue.name_en] as const)
  return <Options names={Object.fromEntries(names)} chosen={one(values, 'venue') || session.venue?.id} />
}

function Reschedule(view: ActView) {
  const { frame, session, values } = view
  const t = deskTexts(frame.locale).session
  return (
    <>
      <div class="columns">
        <When view={view} name="date" condition={t.dateNeeded} />
        <When view={view} name="starts" help={t.startsHelp} />
      </div>
      <p class="soft">
        <a href={href('/desk/schedule', { date: session.date ?? undefined, move: session.id })}>
          {scheduleTexts(frame.locale).days.move.pick}
        </a>
      </p>
      <label class="choice">
        <input type="checkbox" name="postpone" value="true" checked={one(values, 'postpone') === 'true'} />
        <span class="choice-label">{t.postpone}</span>
      </label>
      <Reason {...view} />
    </>
  )
}

function Convert(view: ActView) {
  const { frame, values, errors } = view
  const into = one(values, 'into') || 'online'
  return (
    <>
      <ChoiceField
        frame={frame}
        name="into"
        type="radio"
        label={deskTexts(frame.locale).session.into}
        required
        error={errors.into}
        choices={(['online', 'phone'] as const).map((each) => ({
          value: each,
          label: texts(frame.locale).format[each],
          checked: each === into,
        }))}
      />
      <Reason {...view} />
      <TextField
        frame={frame}
        name="url"
        label={deskTexts(frame.locale).session.url}
        help={deskTexts(frame.locale).session.convertUrlHelp}
        value={one(values, 'url')}
        error={errors.url}
      />
    </>
  )
}

function ChangeVenue(view: ActView) {
  const { frame, errors } = view
  return (
    <>
      <SelectField
        frame={frame}
        name="venue"
        label={deskTexts(frame.locale).session.place}
        required
        error={errors.venue}
      >
        <VenueOptions {...view} />
      </SelectField>
      <p class="soft">
        <a href="/desk/venues/new">{deskTexts(frame.locale).session.newVenue}</a>
      </p>
      <Reason {...view} />
    </>
  )
}

function Settle(view: ActView) {
  const { frame, session, values, errors } = view
  const t = deskTexts(frame.locale).session
  const formats = texts(frame.locale).format
  const chosen = values.formats === undefined ? session.formats : many(values, 'formats')
  return (
    <>
      <div class="columns">
        <When view={view} name="date" value={session.date ?? ''} required />
        <When view={view} name="starts" help={t.settleHelp} />
        <When view={view} name="ends" />
      </div>
      <ChoiceField
        frame={frame}
        name="formats"
        type="checkbox"
        label={t.formats}
        condition={t.formatsNeeded}
        error={errors.formats}
        choices={(Object.keys(formats) as (keyof typeof formats)[]).map((format) => ({
          value: format,
          label: formats[format],
          checked: chosen.some((each) => each === format),
        }))}
      />
      <div class="columns">
        <SelectField frame={frame} name="venue" label={t.place} error={errors.venue}>
          <option value="">{t.later}</option>
          <VenueOptions {...view} />
        </SelectField>
        <TextField
          frame={frame}
          name="capacity"
          label={t.capacity}
          inputmode="numeric"
          size="short"
          value={values.capacity === undefined ? String(session.capacity ?? '') : one(values, 'capacity')}
          error={errors.capacity}
        />
      </div>
      <p class="soft">
        <a href="/desk/venues/new">{t.newVenue}</a>
      </p>
    </>
  )
}

function SendMeeting({ frame, session, values, errors }: ActView) {
  const t = deskTexts(frame.locale).session
  return (
    <TextField
      frame={frame}
      name="url"
      label={t.url}
      help={t.urlHelp}
      required
      value={one(values, 'url') || (session.meeting_url ?? '')}
      error={errors.url}
    />
  )
}

/** The fields of each act. */
const FORMS: Record<ActView['act'], (view: ActView) => ReturnType<typeof Reason>> = {
  'call-off': Reason,
  'hold-again': Reason,
  reschedule: Reschedule,
  convert: Convert,
  'convert-back': Reason,
  venue: ChangeVenue,
  settle: Settle,
  meeting: SendMeeting,
}

/** In the order of each form. */
const FIELDS = 'date starts ends formats into venue capacity reason_ja reason_en url'.split(' ')

/** The form of one act. */
export function ActPage(view: ActView) {
  const { frame, staff, session, act, errors, others, shown } = view
  const t = deskTexts(frame.locale).session
  const Fields = FORMS[act]
  return (
    <Console frame={frame} staff={staff} title={t.names[act]} nav="schedule">
      <Crumbs frame={frame} links={[[titleOf(frame, session), `/desk/sessions/${session.id}`]]} />
      <h1>{t.names[act]}</h1>
      {others.length > 0 && (
        <Notice what={{ what: t.refused.what, next: t.refused.busy }} tone="stop" alert>
          <Others frame={frame} others={others} />
        </Notice>
      )}
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={FIELDS}
        labels={{
          reason_ja: t.reason,
          reason_en: t.reasonEn,
          date: t.date,
          starts: t.starts,
          ends: t.ends,
          url: t.url,
          into: t.into,
          venue: t.place,
          formats: t.formats,
          capacity: t.capacity,
        }}
      />
      <form id="form" class="card narrow" action={`/desk/sessions/${session.id}/${act}`} method="post" novalidate>
        <input type="hidden" name="shown" value={shown} />
        <Fields {...view} />
        <button class="btn" type="submit">
          {t.preview}
        </button>
      </form>
      {act === 'call-off' && <Stopping frame={frame} here="call-off" open />}
      {act === 'reschedule' && <Stopping frame={frame} here="postpone" open />}
    </Console>
  )
}

/** How a session that was called off stands again, and the number of bookings by their standing then. */
export type Returns = {
  state: 'published' | 'skipped' | 'postponed'
  bookings: [standing: Standing, count: number][]
}

/** The view of the page before an act: what it would do now. */
export type ActLook = DeskView & {
  session: Session
  act: SessionAct
  values: Values
  errors: Faults
  preview: Preview
  clashes: Clash[]
  /** The results of a draw, before they are announced. */
  order: DrawResult[] | null
  /** The session as the act leaves it, or null if it stays as people read of it. */
  after: Session | null
  /** Its day then, if a suspension changes its form. */
  suspended: SuspendedDate[]
  /** How it stands and which bookings come back if it is held after all; null for other acts. */
  returns: Returns | null
  /** How many people wait for the date; null for other acts. */
  interested: number | null
  /** How many people who asked for the date get a letter of their own. How many of them read English. */
  following: number
  followingEnglish: number
  shown: string
  changed: boolean
  /** The letters that had left when it was found to be changed. */
  sent: number
}

/** Day and hours, or that they are not known. */
function whenOf(frame: PageContext, session: Session): string {
  if (session.date === null) return texts(frame.locale).dateUndecided
  return `${dayText(frame.locale, session.date)} ${sessionHours(frame.locale, session) ?? ''}`
}

/** What the act changes, before and after. */
function Changes({ frame, session, after }: { frame: PageContext; session: Session; after: Session }) {
  const d = deskTexts(frame.locale)
  const t = d.session
  const { format: names, tba } = texts(frame.locale)
  const { capacity: capacityName, unlimited } = texts(frame.locale).session
  const rows: [string, (of: Session) => string][] = [
    [t.when, (of) => whenOf(frame, of)],
    [t.place, (of) => placeText(frame.locale, of)],
    [
      t.formats,
      ({ formats }) =>
        joined(
          frame.locale,
          formats.map((format) => names[format]),
        ) || tba,
    ],
    [capacityName, ({ capacity }) => (capacity === null ? unlimited : d.seats(capacity))],
    [t.meeting, (of) => of.meeting_url ?? t.none],
  ]
  const changed = rows.filter(([, of]) => of(session) !== of(after))
  if (changed.length === 0) return null
  return (
    <section class="card">
      <Facts rows={changed.map(([name, of]) => [name, `${of(session)} → ${of(after)}`])} />
    </section>
  )
}

/** How a session that was called off stands again, and how many of its bookings come back in each standing. */
function Returning(props: { frame: PageContext; session: Session; returns: Returns }) {
  const { frame, session, returns } = props
  const t = deskTexts(frame.locale).session
  const { status, standings } = texts(frame.locale)
  const bookings = returns.bookings.map(([standing, count]) => `${standings[standing]} ${t.count(count)}`)
  return (
    <section class="card">
      <Facts
        rows={[
          [t.becomes, `${status[session.status]} → ${t.returnsTo[returns.state]}`],
          bookings.length > 0 ? [t.comesBack, joined(frame.locale, bookings)] : null,
        ]}
      />
    </section>
  )
}

function about({ frame, session, act, preview, order, after, returns }: ActLook) {
  const t = deskTexts(frame.locale).session
  if (after) return <Changes frame={frame} session={session} after={after} />
  if (returns) return <Returning frame={frame} session={session} returns={returns} />
  if (order) return <DrawOrder frame={frame} session={session} results={order} />
  if (act !== 'draw') return null
  return (
    <section class="card">
      <p>
        <b>{t.entries(preview.parties.length)}</b> {t.places(session.room)}
      </p>
      <p>{t.noLetterYet}</p>
    </section>
  )
}

const wayBackOf = (ways: Partial<Record<SessionAct, string>>, act: SessionAct) => ways[act]

/** Shows the people concerned by an act, and the letter, before the act is done. */
export function ActPreviewPage(view: ActLook) {
  const { frame, session, act, values, preview, suspended, interested, following } = view
  const t = deskTexts(frame.locale).session
  const people = preview.parties.reduce((sum, party) => sum + party.seats, 0)
  const path = `/desk/sessions/${session.id}`
  const postponed = act === 'reschedule' && one(values, 'postpone') === 'true'
  return (
    <ChangePreviewPage
      {...view}
      title={t.names[act]}
      from={[titleOf(frame, session), path]}
      action={`${path}/${act}`}
      {...((act === 'draw' || act === 'announce') && { back: path })}
      about={
        <>
          <Suspended frame={frame} dates={suspended} />
          {about(view)}
          {following > 0 && <p class="card">{act === 'convert' ? t.linked(following) : t.following(following)}</p>}
        </>
      }
      concerned={t.concerned(preview.parties.length, people)}
      nobody={interested === null ? t.nobody : t.told(interested)}
      listed={act !== 'draw'}
      toldEach
      wayBack={wayBackOf(t.wayBack, act)}
      go={t.go[postponed ? 'postpone' : act]}
    />
  )
}
