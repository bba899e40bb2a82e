import type { Faults } from '../../src/base/input.ts'
import { civilTime } from '../../src/base/japan/civil.ts'
import { LOCALES } from '../../src/base/locale.ts'
import { type Asking, NOTHING_ASKED } from '../../src/base/questions.ts'
import { standingAt } from '../../src/base/standing.ts'
import type { Booking } from '../../src/booking/booking.ts'
import type { KnownFirm } from '../../src/booking/desk/known.ts'
import type { LedgerLine } from '../../src/booking/ledger.ts'
import type { Session } from '../../src/schedule/session.ts'
import type { BookingRow } from '../../src/store/schema.ts'
import { extraFields, extraLabels, QuestionFields, SupportFields } from '../extra-fields.tsx'
import {
  AreaField,
  ChoiceField,
  ErrorSummary,
  Meant,
  many,
  Options,
  one,
  PrefectureOptions,
  Problem,
  SelectField,
  TextField,
  type Values,
} from '../fields.tsx'
import { bracketed, Crumbs, isByDraw, Notice, prefectureName, Receipt, Whose, wordFor } from '../kit.tsx'
import { type PageContext, Sent } from '../layout.tsx'
import { mostAsked } from '../public/slots.tsx'
import { consultTexts } from '../text/consult.ts'
import { rowDay } from '../text/day.ts'
import { deskTexts } from '../text/desk.ts'
import { texts } from '../text/index.ts'
import { dayText } from '../text/when.ts'
import { Console } from './console.tsx'
import { Key, keyed } from './keys.tsx'
import { dayAndHours, Existing, placesText } from './lines.tsx'
import type { DeskView } from './view.ts'

/** In the order of the form. */
const FIELDS = ['session', 'slot', 'format', 'seats', 'phone', 'name', 'name_kana', 'company', 'email', 'topics']
const REST = ['consent', 'prefecture', 'employees', 'industry', 'locale', 'channel', 'full', 'over', 'note']

/** A booking that keeps another of the same person out of its session. `by`: what is the same. */
export type Taken = { by: 'mail' | 'phone'; booking: Pick<BookingRow, 'id' | 'number' | 'company' | 'name'> }

/** The view of the form for a booking by telephone. */
export type EnterView = DeskView & {
  /** The sessions in which the desk may still enter bookings. */
  sessions: Session[]
  session: Session | null
  /** The fingerprint of each of its places. */
  shown: string[]
  /** What the chosen session asks. */
  asked: Asking | null
  /** Whether short messages can be sent. */
  texts: boolean
  values: Values
  errors: Faults
  refusal: string | null
  /** Bookings that may be of the same person. */
  known: LedgerLine[]
  /** The booking that keeps a second one out of the session. */
  taken: Taken | null
  /** What is known of the firm by its telephone. */
  firm: KnownFirm | null
  /** Whether the page before did not show all of them yet. */
  warned: boolean
  /** What was entered just now, if the next one is to be entered. */
  entered: Booking | null
}

function sessionText(frame: PageContext, session: Session): string {
  return `${dayAndHours(frame, session)} ${prefectureName(frame.locale, session.prefecture)} ${session.title[frame.locale]}${bracketed(frame.locale, placesText(frame.locale, session))}`
}

function ChooseSession({ view }: { view: EnterView }) {
  const { frame, sessions, session, values, errors } = view
  const d = deskTexts(frame.locale).enter
  const form = session === null ? undefined : 'form'
  const { session: _, step: __, ...typed } = values
  // Only what was typed into the form goes by POST. An address that names a session stays a link.
  const isTyped = values.company !== undefined
  const choice = (
    <>
      <label for="session">{d.session}</label>
      <div class="with-unit">
        <select
          id="session"
          name="session"
          form={form}
          data-submits="choose"
          autofocus={session === null}
          aria-invalid={errors.session ? 'true' : undefined}
          aria-describedby={errors.session ? 'session-error' : undefined}
        >
          {session === null && <option value="">{d.choose}</option>}
          {sessions.map((each) => (
            <option value={each.id} selected={each.id === session?.id}>
              {sessionText(frame, each)}
            </option>
          ))}
        </select>
        <button
          id="choose"
          class="btn quiet"
          type="submit"
          {...(form && { form, name: 'step', value: 'session', formaction: '/desk/bookings/new#form' })}
        >
          {d.chosen}
        </button>
      </div>
      <Problem frame={frame} name="session" error={errors.session} label={d.session} />
    </>
  )
  // Choosing another session keeps what was typed: these controls belong to the large form below, if there is one.
  return form ? (
    <section class="card">
      <button form={form} class="sr" type="submit" tabindex={-1}>
        {d.save}
      </button>
      {choice}
    </section>
  ) : (
    <form class="card" action="/desk/bookings/new#form" method={isTyped ? 'post' : 'get'}>
      {isTyped && <Sent values={{ ...typed, step: 'session' }} />}
      {choice}
    </form>
  )
}

/** What is known of a firm: visits, absences, notes of the desk, and the newest bookings. */
function Firm({ frame, firm }: { frame: PageContext; firm: KnownFirm }) {
  const d = deskTexts(frame.locale).enter
  const t = texts(frame.locale)
  return (
    <>
      <p>
        <b>{d.firm}</b> {d.firmCounts(firm.bookings, firm.came, firm.ahead)}{' '}
        {firm.absences > 0 && <b class="num">{d.absences(firm.absences)}</b>}
      </p>
      <ul>
        {firm.newest.map((line) => (
          <li>
            <a href={`/desk/bookings/${line.id}`} target="_blank" rel="noopener">
              <Receipt number={line.number} />
            </a>{' '}
            {line.date === null ? '' : dayText(frame.locale, line.date)} <bdi>{line.company}</bdi>{' '}
            {t.standings[standingAt(line, line, frame.now)]}
          </li>
        ))}
      </ul>
      {firm.noted.map((line) => (
        <p class="memo">
          {line.date === null ? '' : dayText(frame.locale, line.date)} {line.note}
        </p>
      ))}
    </>
  )
}

/**
 * What is known of the person who calls. Similar bookings, each with a way to take over its person; and the firm by its
 * telephone. The form sends back which bookings it showed. Empty if nothing is known.
 */
export function Known(props: { frame: PageContext; known: LedgerLine[]; taken: Taken | null; firm: KnownFirm | null }) {
  const { frame, known, taken, firm } = props
  const d = deskTexts(frame.locale).enter
  return (
    <>
      {taken !== null && (
        <>
          <p>
            <b>{d.twice[taken.by].what}</b>
          </p>
          <p>{d.twice[taken.by].next}</p>
          <p>
            <Existing booking={taken.booking} />
          </p>
          {taken.by === 'mail' && (
            <p>
              <button class="btn quiet" type="submit" name="without" value="email">
                {d.without}
              </button>
            </p>
          )}
        </>
      )}
      {known.length > 0 && (
        <>
          <p>
            <b>{d.known}</b>
          </p>
          {taken === null && <p>{d.knownText}</p>}
          <ul>
            {known.map((line) => (
              <li>
                <input type="hidden" name="seen" value={line.id} />
                <a href={`/desk/bookings/${line.id}`} target="_blank" rel="noopener">
                  <Receipt number={line.number} /> <bdi>{line.company}</bdi> <bdi>{line.name}</bdi>{' '}
                  {rowDay(frame.locale, line)}
                </a>{' '}
                <Use frame={frame} line={line} />
              </li>
            ))}
          </ul>
        </>
      )}
      {firm !== null && (
        <>
          <Firm frame={frame} firm={firm} />
          {known.length === 0 && firm.newest[0] && <Use frame={frame} line={firm.newest[0]} />}
        </>
      )}
    </>
  )
}

/** Leads to the booking that is there already, and to the field that lets another person of its firm in. */
function InTheWay({ frame, taken }: { frame: PageContext; taken: Taken }) {
  return (
    <ul>
      <li>
        <Existing booking={taken.booking} />
      </li>
      {taken.by === 'mail' && (
        <li>
          <a href="#email">{deskTexts(frame.locale).persons.email}</a>
        </li>
      )}
    </ul>
  )
}

/** The fields that let a full session or time take the caller after all. */
function Solving({ frame, session }: { frame: PageContext; session: Session | null }) {
  const d = deskTexts(frame.locale).enter
  const ways: [id: string, name: string][] = [
    ...(session && session.slots.length > 0 ? [['slot', d.slot] as [string, string]] : []),
    ['session', d.session],
    ['full', d.full],
    ['over', d.over],
  ]
  return (
    <>
      <p>{d.solve}</p>
      <ul>
        {ways.map(([id, name]) => (
          <li>
            <a href={`#${id}`}>{name}</a>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Fills the form with the person of an earlier booking. */
function Use({ frame, line }: { frame: PageContext; line: { id: string; company: string } }) {
  return (
    <button class="link" type="submit" name="use" value={line.id} formaction="/desk/bookings/new#form">
      {deskTexts(frame.locale).enter.use}
      <Whose company={line.company} />
    </button>
  )
}

/**
 * The time that is chosen, or the only one with room. Of several times none is chosen before the clerk has asked.
 * Otherwise the first would be booked for people who never named it.
 */
function slotChosen(session: Session, values: Values): string | undefined {
  const typed = session.slots.find(({ id }) => id === one(values, 'slot'))
  const [only, ...others] = session.slots.filter(({ remaining }) => remaining !== 0)
  return typed?.id ?? (others.length === 0 ? only?.id : undefined)
}

/** The format that is chosen, or the only one. Of several none is chosen, as of times. */
function formatChosen({ formats }: Session, values: Values): string | undefined {
  return formats.find((each) => each === one(values, 'format')) ?? (formats.length === 1 ? formats[0] : undefined)
}

function Where({ view, session }: { view: EnterView; session: Session }) {
  const { frame, values, errors } = view
  const d = deskTexts(frame.locale).enter
  const t = texts(frame.locale)
  const slot = slotChosen(session, values)
  const byDraw = isByDraw(session)
  const format = formatChosen(session, values)
  return (
    <div class="columns" data-places={`/desk/bookings/places?session=${session.id}`}>
      {session.slots.length > 0 && (
        <ChoiceField
          frame={frame}
          name="slot"
          type="radio"
          label={d.slot}
          {...(!byDraw && { help: d.live })}
          required
          error={errors.slot}
          choices={session.slots.map((each) => ({
            value: each.id,
            label: civilTime(each.starts_at),
            checked: each.id === slot,
            note: byDraw ? (
              <span class="soft">{d.capacity(each.capacity)}</span>
            ) : (
              <span class="soft" data-left={each.id}>
                {d.left(each.remaining)}
              </span>
            ),
          }))}
        />
      )}
      <ChoiceField
        frame={frame}
        name="format"
        type="radio"
        label={t.book.labels.format}
        required
        error={errors.format}
        choices={session.formats.map((each) => ({ value: each, label: t.format[each], checked: each === format }))}
      />
      <TextField
        frame={frame}
        name="seats"
        label={t.book.labels.seats}
        inputmode="numeric"
        size="short"
        required
        value={one(values, 'seats') || '1'}
        error={errors.seats}
        most={mostAsked(session, values)}
      />
    </div>
  )
}

/** A field of the applicant. */
function PersonField(props: {
  view: EnterView
  name: 'company' | 'name' | 'name_kana' | 'phone' | 'email' | 'employees'
  required?: boolean
}) {
  const { view, name, required = false } = props
  const { frame, values, errors } = view
  const d = deskTexts(frame.locale)
  return (
    <TextField
      frame={frame}
      name={name}
      label={d.persons[name]}
      required={required}
      autocomplete="off"
      value={one(values, name)}
      error={errors[name]}
      {...(name === 'phone' && { type: 'tel' as const })}
      {...(name === 'employees' && { inputmode: 'numeric' as const, size: 'short' as const })}
      {...(name === 'email' && { help: d.enter.emailHelp })}
      {...(name === 'name_kana' && { help: d.enter.kanaHelp })}
    />
  )
}

/** Who calls, with what is known of them beside the fields, and what they want to talk about. */
function Whom({ view }: { view: EnterView }) {
  const { frame, asked, values, errors, known, taken, firm } = view
  const t = texts(frame.locale)
  const chosen = many(values, 'topics')
  return (
    <>
      <div class="whom">
        <div class="columns">
          <PersonField view={view} name="phone" required />
          <PersonField view={view} name="name" required />
          <PersonField view={view} name="name_kana" required={one(values, 'locale') !== 'en'} />
          <PersonField view={view} name="company" required />
          <PersonField view={view} name="email" />
        </div>
        <div
          id="known"
          class="notice is-warn"
          role="status"
          hidden={known.length === 0 && taken === null && firm === null}
          data-alike="/desk/bookings/alike"
        >
          <Known frame={frame} known={known} taken={taken} firm={firm} />
        </div>
      </div>
      <ChoiceField
        frame={frame}
        name="topics"
        type="checkbox"
        label={t.book.labels.topics}
        error={errors.topics}
        choices={Object.entries(t.topics).map(([value, label]) => ({ value, label, checked: chosen.includes(value) }))}
      />
      {asked && <QuestionFields frame={frame} asked={asked} values={values} errors={errors} desk />}
      <ChoiceField
        frame={frame}
        name="consent"
        type="checkbox"
        label={t.book.labels.consent}
        required
        error={errors.consent}
        choices={[
          {
            value: 'true',
            label: deskTexts(frame.locale).enter.consent,
            checked: one(values, 'consent') === 'true',
          },
        ]}
      />
    </>
  )
}

/** What is right for most callers as it is. */
function Rest({ view, session }: { view: EnterView; session: Session }) {
  const { frame, values, errors } = view
  const d = deskTexts(frame.locale)
  const t = texts(frame.locale)
  const channel = one(values, 'channel') || 'phone'
  const full = one(values, 'full') || 'refuse'
  const sure = view.warned && view.taken === null
  return (
    <>
      <div class="columns">
        <SelectField frame={frame} name="prefecture" label={d.persons.prefecture} required error={errors.prefecture}>
          <PrefectureOptions frame={frame} chosen={one(values, 'prefecture') || session.prefecture} />
        </SelectField>
        <PersonField view={view} name="employees" />
        <SelectField frame={frame} name="industry" label={t.book.labels.industry} error={errors.industry}>
          <option value="">{d.none}</option>
          <Options names={t.industries} chosen={one(values, 'industry')} />
        </SelectField>
        <ChoiceField
          frame={frame}
          name="locale"
          type="radio"
          label={d.enter.language}
          required
          error={errors.locale}
          choices={LOCALES.map((each) => ({
            value: each,
            label: d.enter.languages[each],
            checked: each === (one(values, 'locale') || 'ja'),
          }))}
        />
      </div>
      <div class="columns">
        <ChoiceField
          frame={frame}
          name="channel"
          type="radio"
          label={d.enter.channel}
          required
          error={errors.channel}
          choices={(['phone', 'counter', 'mail'] as const).map((each) => ({
            value: each,
            label: d.channel[each],
            checked: each === channel,
          }))}
        />
        <ChoiceField
          frame={frame}
          name="full"
          type="radio"
          label={d.enter.full}
          required
          error={errors.full}
          choices={(['refuse', 'wait', 'over'] as const).map((each) => ({
            value: each,
            label: d.enter.fulls[each],
            checked: each === full,
          }))}
        />
        <TextField
          frame={frame}
          name="over"
          label={d.enter.over}
          required={full === 'over'}
          condition={d.enter.overNeeded}
          help={d.enter.overHelp}
          value={one(values, 'over')}
          error={errors.over}
        />
      </div>
      <AreaField
        frame={frame}
        name="note"
        label={d.enter.note}
        help={d.enter.noteHelp}
        value={one(values, 'note')}
        error={errors.note}
      />
      <ChoiceField
        frame={frame}
        name="call"
        type="checkbox"
        label={d.enter.call}
        help={d.enter.callHelp}
        choices={[{ value: 'true', label: d.enter.callYes, checked: one(values, 'call') === 'true' }]}
      />
      {view.texts && (
        <ChoiceField
          frame={frame}
          name="sms"
          type="checkbox"
          label={d.enter.sms}
          help={d.enter.smsHelp}
          choices={[{ value: 'true', label: d.enter.smsYes, checked: one(values, 'sms') === 'true' }]}
        />
      )}
      <SupportFields frame={frame} values={values} errors={errors} />
      <p class="after">
        <button class="btn" type="submit" {...(sure && { name: 'sure', value: 'true' })}>
          {sure ? d.enter.sure : d.enter.save}
        </button>
        <button class="btn quiet" type="submit" name="more" value="true">
          {d.enter.more}
        </button>
      </p>
    </>
  )
}

/** Says what was entered just now, above the form for the next one. */
function Entered({ view }: { view: EnterView }) {
  const { frame, entered } = view
  const d = deskTexts(frame.locale).enter
  if (entered === null) return null
  const { id, number, company, name, status, session } = entered
  const who = `${number} ${company} ${name}`
  const state = texts(frame.locale).standings[standingAt(entered, session, frame.now)]
  return (
    <Notice
      what={{ what: status === 'booked' ? d.entered(who) : d.enteredAs(who, state), next: d.next }}
      tone="done"
      alert
    >
      <a href={`/desk/bookings/${id}`}>{d.openEntered}</a>
    </Notice>
  )
}

/** Enters a booking made by telephone, at the counter or by mail. The form works by keyboard alone. */
export function EnterPage(view: EnterView) {
  const { frame, staff, sessions, session, shown, values, errors, refusal, warned, taken } = view
  const asked = view.asked ?? NOTHING_ASKED
  const d = deskTexts(frame.locale)
  const { slot, over, channel, full, note } = d.enter
  const labels = {
    ...d.persons,
    session: d.enter.session,
    locale: d.enter.language,
    slot,
    over,
    channel,
    full,
    note,
    ...extraLabels(frame, asked),
  }
  const refused = refusal === 'twice' && taken !== null ? d.enter.twice[taken.by] : wordFor(d.enter.refused, refusal)
  return (
    <Console frame={frame} staff={staff} title={d.enter.title} nav="bookings">
      <Crumbs frame={frame} links={[[d.booking.back, '/desk/bookings']]} />
      <div class="head">
        <h1>{d.enter.title}</h1>
        {session !== null && (
          <div class="ways">
            <a class="btn quiet" href="/desk/bookings/new" {...keyed(frame, 'n')}>
              {d.enter.afresh}
              <Key frame={frame} name="N" />
            </a>
          </div>
        )}
      </div>
      <p class="lead">{d.enter.lead}</p>
      <p>
        <a href="/desk/requests/new">{consultTexts(frame.locale).enter.from}</a>
      </p>
      {refused && (
        <Notice what={refused} tone="stop" alert focus>
          {refusal === 'twice' && taken !== null && <InTheWay frame={frame} taken={taken} />}
          {refusal === 'full' && <Solving frame={frame} session={session} />}
        </Notice>
      )}
      {warned && (
        <Notice
          what={taken === null ? { what: d.enter.known, next: d.enter.knownText } : d.enter.twice[taken.by]}
          tone="warn"
          alert
        >
          {taken !== null && <InTheWay frame={frame} taken={taken} />}
        </Notice>
      )}
      <Entered view={view} />
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={[...FIELDS, ...extraFields(asked), ...REST]}
        labels={labels}
        most={session && mostAsked(session, values)}
      />
      {sessions.length === 0 ? <p class="card empty">{d.enter.none}</p> : <ChooseSession view={view} />}
      {session && (
        <form id="form" class="card enter" action="/desk/bookings/new" method="post" novalidate autocomplete="off">
          <input type="hidden" name="key" value={one(values, 'key')} />
          <input type="hidden" name="shown_of" value={session.id} />
          {shown.map((print) => (
            <input type="hidden" name="shown" value={print} />
          ))}
          <Meant frame={frame} values={values} />
          <Where view={view} session={session} />
          <Whom view={view} />
          <Rest view={view} session={session} />
        </form>
      )}
    </Console>
  )
}
