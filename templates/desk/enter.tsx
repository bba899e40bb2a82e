import type { Faults } from '../../src/base/input.ts'
import { civilTime } from '../../src/base/japan/civil.ts'
import { LOCALES } from '../../src/base/locale.ts'
import { type Asking, NOTHING_ASKED } from '../../src/base/questions.ts'
import type { LedgerLine } from '../../src/booking/ledger.ts'
import type { Session } from '../../src/schedule/session.ts'
import { extraFields, extraLabels, QuestionFields, SupportFields } from '../extra-fields.tsx'
import {
  AreaField,
  ChoiceField,
  ErrorSummary,
  Meant,
  Options,
  one,
  PrefectureOptions,
  Problem,
  SelectField,
  TextField,
  type Values,
} from '../fields.tsx'
import { Crumbs, Notice, prefectureName, Receipt, wordFor } from '../kit.tsx'
import { type PageContext, Sent } from '../layout.tsx'
import { mostAsked } from '../public/slots.tsx'
import { rowDay } from '../text/day.ts'
import { deskTexts } from '../text/desk.ts'
import { texts } from '../text/index.ts'
import { dayText } from '../text/when.ts'
import { Console } from './console.tsx'
import type { DeskView } from './view.ts'

const FIELDS = [
  'session',
  'slot',
  'format',
  'seats',
  'locale',
  'company',
  'name',
  'name_kana',
  'phone',
  'email',
  'full',
  'over',
  'consent',
]

/** The view of the form for a booking by telephone. */
export type EnterView = DeskView & {
  /** The sessions in which the desk may still enter bookings. */
  sessions: Session[]
  session: Session | null
  /** The fingerprint of each of its places. */
  shown: string[]
  /** What the chosen session asks. */
  asked: Asking | null
  values: Values
  errors: Faults
  refusal: string | null
  /** Bookings that may be of the same person. */
  known: LedgerLine[]
}

function sessionText(frame: PageContext, session: Session): string {
  const d = deskTexts(frame.locale).enter
  const day = session.date === null ? '' : dayText(frame.locale, session.date)
  return `${day} ${prefectureName(frame.locale, session.prefecture)} ${session.title[frame.locale]}（${d.left(session.remaining)}）`
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

function Known({ view }: { view: EnterView }) {
  const { frame, known } = view
  const d = deskTexts(frame.locale).enter
  return (
    <div id="known" class="notice is-warn" role="status" hidden={known.length === 0} data-alike="/desk/bookings/alike">
      <p>
        <b>{d.known}</b>
      </p>
      <p>{d.knownText}</p>
      <ul>
        {known.map((line) => (
          <li>
            <a href={`/desk/bookings/${line.id}`} target="_blank" rel="noopener">
              <Receipt number={line.number} /> <bdi>{line.company}</bdi> <bdi>{line.name}</bdi>{' '}
              {rowDay(frame.locale, line)}
            </a>
          </li>
        ))}
      </ul>
    </div>
  )
}

function Where({ view, session }: { view: EnterView; session: Session }) {
  const { frame, values, errors } = view
  const d = deskTexts(frame.locale).enter
  const t = texts(frame.locale)
  const free = session.slots.find((each) => each.remaining !== 0)?.id
  const slot = session.slots.some((each) => each.id === one(values, 'slot')) ? one(values, 'slot') : free
  const format = session.formats.find((each) => each === one(values, 'format')) ?? session.formats[0]
  return (
    <div class="columns" data-places={`/desk/bookings/places?session=${session.id}`}>
      {session.slots.length > 0 && (
        <ChoiceField
          frame={frame}
          name="slot"
          type="radio"
          label={d.slot}
          help={d.live}
          required
          error={errors.slot}
          choices={session.slots.map((each) => ({
            value: each.id,
            label: civilTime(each.starts_at),
            checked: each.id === slot,
            note: (
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
      <ChoiceField
        frame={frame}
        name="locale"
        type="radio"
        label={d.language}
        required
        error={errors.locale}
        choices={LOCALES.map((each) => ({
          value: each,
          label: d.languages[each],
          checked: each === (one(values, 'locale') || 'ja'),
        }))}
      />
    </div>
  )
}

/** The applicant: first the required fields, then the optional ones. */
function Whom({ view, session }: { view: EnterView; session: Session }) {
  const { frame, values, errors } = view
  const d = deskTexts(frame.locale)
  const t = texts(frame.locale)
  const field = (name: 'company' | 'name' | 'name_kana' | 'phone' | 'email' | 'employees', required: boolean) => (
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
  return (
    <>
      <div class="columns">
        {field('phone', true)}
        {field('name_kana', one(values, 'locale') !== 'en')}
        {field('name', true)}
        {field('company', true)}
      </div>
      <Known view={view} />
      <div class="columns">
        {field('email', false)}
        <SelectField frame={frame} name="prefecture" label={d.persons.prefecture} required error={errors.prefecture}>
          <PrefectureOptions frame={frame} chosen={one(values, 'prefecture') || session.prefecture} />
        </SelectField>
        {field('employees', false)}
        <SelectField frame={frame} name="industry" label={t.book.labels.industry} error={errors.industry}>
          <option value="">{d.none}</option>
          <Options names={t.industries} chosen={one(values, 'industry')} />
        </SelectField>
      </div>
    </>
  )
}

function Rest({ view }: { view: EnterView }) {
  const { frame, asked, values, errors, known } = view
  const d = deskTexts(frame.locale)
  const channel = one(values, 'channel') || 'phone'
  const full = one(values, 'full') || 'refuse'
  return (
    <>
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
          help={d.enter.overHelp}
          value={one(values, 'over')}
          error={errors.over}
        />
      </div>
      {asked && <QuestionFields frame={frame} asked={asked} values={values} errors={errors} desk />}
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
        name="consent"
        type="checkbox"
        label={texts(frame.locale).book.labels.consent}
        required
        error={errors.consent}
        choices={[{ value: 'true', label: d.enter.consent, checked: one(values, 'consent') === 'true' }]}
      />
      <ChoiceField
        frame={frame}
        name="call"
        type="checkbox"
        label={d.enter.call}
        help={d.enter.callHelp}
        choices={[{ value: 'true', label: d.enter.callYes, checked: one(values, 'call') === 'true' }]}
      />
      <SupportFields frame={frame} values={values} errors={errors} />
      <p class="after">
        {known.length > 0 && (
          <button class="btn" type="submit" name="sure" value="true">
            {d.enter.sure}
          </button>
        )}
        {known.length === 0 && (
          <button class="btn" type="submit">
            {d.enter.save}
          </button>
        )}
      </p>
    </>
  )
}

/** Enters a booking made by telephone, at the counter or by mail. The form works by keyboard alone. */
export function EnterPage(view: EnterView) {
  const { frame, staff, sessions, session, shown, values, errors, refusal, known } = view
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
  const refused = wordFor(d.enter.refused, refusal)
  return (
    <Console frame={frame} staff={staff} title={d.enter.title} nav="bookings">
      <Crumbs frame={frame} links={[[d.booking.back, '/desk/bookings']]} />
      <h1>{d.enter.title}</h1>
      <p class="lead">{d.enter.lead}</p>
      {refused && <Notice what={refused} tone="stop" alert />}
      {known.length > 0 && <Notice what={{ what: d.enter.known, next: d.enter.knownText }} tone="warn" alert />}
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={[...FIELDS, ...extraFields(asked)]}
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
          <Whom view={view} session={session} />
          <Rest view={view} />
        </form>
      )}
    </Console>
  )
}
