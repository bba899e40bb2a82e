import type { Child } from 'hono/jsx'
import type { Duty } from '../../../src/base/duty.ts'
import type { Faults } from '../../../src/base/input.ts'
import type { Hears } from '../../../src/base/letters.ts'
import { isAnonymous } from '../../../src/base/person.ts'
import type { Asking } from '../../../src/base/questions.ts'
import { givenUp, standingAt } from '../../../src/base/standing.ts'
import { STATUS } from '../../../src/base/vocabulary.ts'
import type { StaffAct } from '../../../src/booking/acts-for.ts'
import type { Booking } from '../../../src/booking/booking.ts'
import type { BookingWithheld, WithheldAct } from '../../../src/booking/desk/withheld.ts'
import type { HistoryLine } from '../../../src/booking/queries.ts'
import type { Consultation, WhyNotRecorded } from '../../../src/consultation/queries.ts'
import type { ActAbout } from '../../../src/store/acts.ts'
import type { BookingRow } from '../../../src/store/schema.ts'
import { extraFields, extraLabels, extraValues, QuestionFields, SupportFields } from '../../extra-fields.tsx'
import { extraRows } from '../../extras.ts'
import { AreaField, ChoiceField, ErrorSummary, Meant, one, TextField, type Values } from '../../fields.tsx'
import { Crumbs, Facts, joined, Notice, PersonName, Phone, partyPlaceText, Receipt, wordFor } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { placeAsked } from '../../public/booking/amend.tsx'
import { consultTexts } from '../../text/consult.ts'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { messageTexts } from '../../text/messages.ts'
import { momentText } from '../../text/when.ts'
import { Console, PageActs, Withheld } from '../console.tsx'
import { dutyText } from '../duty.ts'
import { Key, keyed } from '../keys.tsx'
import { type DeskLetterLine, faultText, LetterLink, letterState, Resend } from '../letters.tsx'
import { Existing, employeesText } from '../lines.tsx'
import { History } from '../session/history.tsx'
import type { DeskView } from '../view.ts'
import { RecordCard } from './record.tsx'
import { Told, timeText } from './summary.tsx'

/** The view of the page of one booking. */
export type BookingView = DeskView & {
  booking: Booking
  values: Values
  errors: Faults
  refusal: string | null
  /** The booking because of which it was refused, if the person has two. */
  other?: BookingRow | undefined
  done: string | undefined
  /** Whether this person may change it, or only read it. */
  mayTend: boolean
  /** What is possible now, for staff who may change it. */
  acts: ReadonlySet<StaffAct>
  /** The acts that a clerk would look for and that are not possible now, with why. */
  withheld: [WithheldAct, BookingWithheld][]
  /** What its session asks of its person. */
  asked: Asking
  /** The fingerprint of the booking for the marks of the day. */
  mark: string
  /** How its holder hears of the act that was done just now. Null if it is none of which people hear. */
  hears: Hears | null
  /** The fingerprint of the booking as shown. */
  print: string
  history: HistoryLine<ActAbout<'booking'>>[]
  /** The page of the ledger from which this page was opened. */
  from: string
  /** The newest letters and calls to the person, the oldest first. */
  letters: DeskLetterLine[]
  getsMessages: boolean
  /** Whether short messages can be sent to this person, if they agree. */
  texts: boolean
  /** Who advises, and in which room. */
  duty: Duty
  /** The record of the consultation, and why it cannot be written now. */
  record: Consultation | undefined
  whyNotRecorded: WhyNotRecorded | null
}

/** A form with one button: its address and its label. */
function Act(props: { action: string; quiet?: boolean; children: Child; hidden?: [string, string][] }) {
  return (
    <form action={props.action} method="post">
      {(props.hidden ?? []).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      <button class={props.quiet ? 'btn quiet' : 'btn'} type="submit">
        {props.children}
      </button>
    </form>
  )
}

/** The acts with a button of their own. Others have a form further below. */
const HEADED: readonly StaffAct[] = [
  'approve',
  'turn-down',
  'promote',
  'restore',
  'attended',
  'absent',
  'unmark',
  'move',
  'cancel',
]

function Acts({ view }: { view: BookingView }) {
  const { frame, booking, mayTend, acts } = view
  const t = deskTexts(frame.locale).booking
  const path = `/desk/bookings/${booking.id}`
  if (!mayTend || !HEADED.some((act) => acts.has(act))) return null
  const shown: [string, string][] = [['shown', view.mark]]
  return (
    <PageActs frame={frame}>
      {acts.has('approve') && (
        <a class="btn" href={`${path}/approve`}>
          {t.approve}
        </a>
      )}
      {acts.has('turn-down') && (
        <a class="btn quiet" href={`${path}/turn-down`}>
          {t.turnDown}
        </a>
      )}
      {acts.has('promote') && (
        <a class="btn" href={`${path}/promote`}>
          {t.promote}
        </a>
      )}
      {acts.has('restore') && (
        <a class="btn" href={`${path}/restore`}>
          {t.restore}
        </a>
      )}
      {acts.has('attended') && (
        <Act action={`${path}/attend`} hidden={[['as', 'attended'], ...shown]}>
          {t.come}
        </Act>
      )}
      {acts.has('absent') && (
        <Act action={`${path}/attend`} hidden={[['as', 'absent'], ...shown]} quiet>
          {t.absent}
        </Act>
      )}
      {acts.has('unmark') && (
        <Act action={`${path}/attend`} hidden={[['as', 'booked'], ...shown]} quiet>
          {t.unmark}
        </Act>
      )}
      {acts.has('move') && (
        <a class="btn quiet" href={`${path}/move`}>
          {t.move}
        </a>
      )}
      {acts.has('cancel') && (
        <a class="btn quiet stop" href={`${path}/cancel`}>
          {t.cancel[givenUp(booking)]}
        </a>
      )}
    </PageActs>
  )
}

/** The name of each act that is not possible now, and why. */
function withheldLines({ frame, booking, withheld }: BookingView): [string, string][] {
  const t = deskTexts(frame.locale)
  const names = { ...t.booking, cancel: t.booking.cancel[givenUp(booking)] }
  return withheld.map(([act, why]) => [names[act], t.withheld.booking[why]])
}

function About({ view }: { view: BookingView }) {
  const { frame, booking } = view
  const t = texts(frame.locale)
  const d = deskTexts(frame.locale)
  const { session } = booking
  const { employees, industry } = booking
  const firm = [
    employees === null ? null : employeesText(frame.locale, booking, employees),
    industry === null ? null : t.industries[industry as keyof typeof t.industries],
  ].filter((each) => each !== null)
  return (
    <div class="two">
      <section class="card">
        <h2>{d.booking.session}</h2>
        <Facts
          rows={[
            [d.booking.session, <a href={`/desk/sessions/${session.id}`}>{session.title[frame.locale]}</a>],
            [d.booking.time, timeText(frame, booking)],
            [d.booking.place, partyPlaceText(frame.locale, booking)],
            [d.advisers.title, dutyText(frame, view.duty) || d.advisers.none],
            [t.book.labels.format, t.format[booking.format]],
            [d.booking.seats, d.seats(booking.seats)],
            [d.booking.status, t.standings[standingAt(booking, session, frame.now)]],
            booking.position === null ? null : [d.booking.turn, d.booking.position(booking.position)],
            booking.offer_expires_at === null || !STATUS[booking.status].pending
              ? null
              : [d.booking.until, momentText(frame.locale, booking.offer_expires_at)],
          ]}
        />
      </section>
      <section class="card">
        <h2>{d.booking.who}</h2>
        <Facts
          rows={[
            ...(isAnonymous(booking)
              ? [[d.booking.name, d.booking.erased] as [string, Child]]
              : [
                  [d.booking.company, booking.company] as [string, Child],
                  [d.booking.name, <PersonName who={booking} />] as [string, Child],
                  [d.booking.phone, <Phone number={booking.phone} />] as [string, Child],
                  [
                    d.booking.email,
                    booking.email ?? (view.texts && booking.sms === 1 ? d.booking.bySms : d.booking.noEmail),
                  ] as [string, Child],
                ]),
            firm.length === 0 ? null : [d.booking.firm, joined(frame.locale, firm)],
            booking.topics.length === 0
              ? null
              : [
                  d.booking.topics,
                  joined(
                    frame.locale,
                    booking.topics.map((topic) => t.topics[topic]),
                  ),
                ],
            booking.message === '' ? null : [d.booking.message, <span class="typed">{booking.message}</span>],
            ...extraRows(frame.locale, booking.extras).map(([label, text]): [string, Child] => [
              label,
              <span class="typed">{text}</span>,
            ]),
            [d.booking.channel, d.channel[booking.channel]],
            [d.booking.made, momentText(frame.locale, booking.created_at)],
          ]}
        />
      </section>
    </div>
  )
}

/** The person's fields that a desk corrects. */
const PEOPLE = ['company', 'name', 'name_kana', 'phone', 'email'] as const

/** In the order of the page. */
const TENDED = ['note', 'seats', 'format', ...PEOPLE]

function Tending({ view }: { view: BookingView }) {
  const { frame, booking, values, errors, acts } = view
  const d = deskTexts(frame.locale).booking
  const { persons } = deskTexts(frame.locale)
  const path = `/desk/bookings/${booking.id}`
  const typed = (name: 'company' | 'name' | 'name_kana' | 'phone' | 'email') =>
    values[name] === undefined ? (booking[name] ?? '') : one(values, name)
  const revision = <input type="hidden" name="revision" value={String(booking.revision)} />
  // Nothing is left to write about anybody.
  if (isAnonymous(booking)) return null
  return (
    <>
      <form class="card" action={`${path}/note`} method="post">
        {revision}
        <AreaField
          frame={frame}
          name="note"
          label={d.note}
          value={values.note === undefined ? booking.note : one(values, 'note')}
          error={errors.note}
        />
        <button class="btn quiet" type="submit">
          {d.noteSave}
        </button>
      </form>
      <Messages view={view} />
      {view.texts && <ShortMessages view={view} />}
      {acts.has('amend') && <PlaceForm view={view} />}
      {acts.has('correct') && (
        <details
          class="card"
          open={
            one(values, 'email_meant') !== '' ||
            PEOPLE.some((name) => values[name] !== undefined || errors[name] !== undefined)
          }
        >
          <summary>{d.correct}</summary>
          <form action={`${path}/correct`} method="post" novalidate>
            {revision}
            <Meant frame={frame} values={values} />
            {PEOPLE.map((name) => (
              <TextField
                frame={frame}
                name={name}
                label={persons[name]}
                required={name !== 'email' && (name !== 'name_kana' || booking.locale !== 'en')}
                value={typed(name)}
                error={errors[name]}
              />
            ))}
            <button class="btn quiet" type="submit">
              {d.correctSave}
            </button>
          </form>
        </details>
      )}
      {acts.has('correct') && <ExtrasForm view={view} />}
      {acts.has('meeting') && (
        <form class="card" action={`${path}/meeting`} method="post" novalidate>
          <TextField
            frame={frame}
            name="url"
            label={d.meeting}
            value={
              values.url === undefined ? (booking.meeting_url ?? booking.session.meeting_url ?? '') : one(values, 'url')
            }
            error={errors.url}
          />
          <button class="btn quiet" type="submit">
            {d.meetingSend}
          </button>
        </form>
      )}
    </>
  )
}

/** Answers, companions and support, as its holder said them by telephone. Open if something is wrong with them. */
function ExtrasForm({ view }: { view: BookingView }) {
  const { frame, booking, values, errors, asked } = view
  const d = deskTexts(frame.locale).booking
  const typed = one(values, 'extras') === '1' ? values : { ...extraValues(booking.extras), ...values }
  const isFaulty = extraFields(asked).some((name) => errors[name] !== undefined)
  return (
    <details class="card" open={isFaulty || one(values, 'extras') === '1'}>
      <summary>{asked.questions.length > 0 ? d.answers : d.support}</summary>
      <form action={`/desk/bookings/${booking.id}/answers`} method="post" novalidate>
        <input type="hidden" name="revision" value={String(booking.revision)} />
        <input type="hidden" name="extras" value="1" />
        <p class="soft">{d.answersText}</p>
        <QuestionFields
          frame={frame}
          asked={asked}
          values={{ ...typed, seats: String(booking.seats) }}
          errors={errors}
          desk
        />
        <SupportFields frame={frame} values={typed} errors={errors} />
        <button class="btn quiet" type="submit">
          {d.answersSave}
        </button>
      </form>
    </details>
  )
}

/** Whether messages and the survey go to this person. */
function Messages({ view }: { view: BookingView }) {
  const { frame, booking, getsMessages } = view
  const t = messageTexts(frame.locale).own
  return (
    <form class="card" action={`/desk/bookings/${booking.id}/messages`} method="post">
      <p>{getsMessages ? t.gets : t.none}</p>
      <input type="hidden" name="messages" value={getsMessages ? 'stop' : 'want'} />
      <button class="btn quiet" type="submit">
        {getsMessages ? t.stop : t.want}
      </button>
    </form>
  )
}

/** Whether short messages go to this person, if they have no e-mail address and their telephone takes them. */
function ShortMessages({ view }: { view: BookingView }) {
  const { frame, booking } = view
  const t = messageTexts(frame.locale).own.sms
  const agreed = booking.sms === 1
  return (
    <form class="card" action={`/desk/bookings/${booking.id}/sms`} method="post">
      <p>{agreed ? t.agreed : t.none}</p>
      <input type="hidden" name="sms" value={agreed ? 'stop' : 'agree'} />
      <button class="btn quiet" type="submit">
        {agreed ? t.stop : t.agree}
      </button>
    </form>
  )
}

/** The number of people and the form, in one form. */
function PlaceForm({ view }: { view: BookingView }) {
  const { frame, booking, values, errors } = view
  const d = deskTexts(frame.locale).booking
  const t = texts(frame.locale)
  const formats = [...new Set([booking.format, ...booking.session.formats])]
  const typed = (name: 'seats' | 'format') => (values[name] === undefined ? String(booking[name]) : one(values, name))
  return (
    <details
      class="card"
      open={[errors, values].some(({ seats, format }) => seats !== undefined || format !== undefined)}
    >
      <summary>{d.amend}</summary>
      <form action={`/desk/bookings/${booking.id}/amend`} method="post" novalidate>
        <input type="hidden" name="shown" value={view.print} />
        <TextField
          frame={frame}
          name="seats"
          label={t.book.labels.seats}
          required
          value={typed('seats')}
          error={errors.seats}
          most={placeAsked(booking, errors, null).most}
          inputmode="numeric"
          size="short"
          unit={t.book.employeesUnit}
        />
        {formats.length > 1 && (
          <ChoiceField
            frame={frame}
            name="format"
            label={t.book.labels.format}
            type="radio"
            required
            error={errors.format}
            choices={formats.map((format) => ({
              value: format,
              label: t.formatLong[format],
              checked: format === typed('format'),
            }))}
          />
        )}
        {booking.email !== null && <p>{d.moveText}</p>}
        <Told frame={frame} booking={booking} texted={view.texts && booking.sms === 1} />
        <button class="btn quiet" type="submit">
          {d.amendSave}
        </button>
      </form>
    </details>
  )
}

/** What the journal says besides the act: the reason, if there is one. */
function detailText(frame: PageContext, { act, detail }: HistoryLine<ActAbout<'booking'>>): string {
  if (act === 'booking.lapsed') return detail.ended ? texts(frame.locale).standings[detail.ended] : ''
  if (act === 'booking.passed_over') return deskTexts(frame.locale).booking.passed[detail.why]
  if (act === 'booking.answers_corrected') {
    const { said } = deskTexts(frame.locale).booking
    return joined(
      frame.locale,
      detail.fields.map((field) => said[field]),
    )
  }
  return act === 'booking.over' ? (detail.reason ?? '') : ''
}

function Past({ view }: { view: BookingView }) {
  const { frame, history, letters } = view
  const d = deskTexts(frame.locale).booking
  const l = deskTexts(frame.locale).letters
  return (
    <div class="two">
      <History
        frame={frame}
        title={d.history}
        lines={history}
        happened={d.happened}
        detailOf={(line) => detailText(frame, line)}
      />
      <section class="card">
        <h2>{d.letters}</h2>
        <p>
          <a href={`/desk/bookings/${view.booking.id}/letter`}>{l.preview}</a>{' '}
          <a href={`/desk/outbox?person=${view.booking.id}`}>{l.person}</a>
        </p>
        {letters.length === 0 && <p class="soft">{d.noLetters}</p>}
        <ul class="plain">
          {letters.map((letter) => (
            <li>
              <span class="num soft">{momentText(frame.locale, letter.created_at)}</span>{' '}
              <LetterLink frame={frame} letter={letter} /> {letterState(frame, letter)}{' '}
              {letter.booking !== view.booking.id && (
                <a class="soft nowrap" href={`/desk/bookings/${letter.booking}`}>
                  {letter.number}
                </a>
              )}{' '}
              <span class="soft">{faultText(frame, letter)}</span>
              {letter.again && letter.state === 'failed' && (
                <Resend frame={frame} letter={letter} back={`/desk/outbox?person=${view.booking.id}`} />
              )}
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}

/** The acts after which the person hears of them. */
const HEARD = [
  'cancelled',
  'left',
  'declined',
  'withdrawn',
  'moved',
  'amended',
  'approved',
  'turned_down',
  'promoted',
  'restored',
  'meeting',
] satisfies (keyof ReturnType<typeof deskTexts>['booking']['done'])[]

/** Whether the person hears of what was done just now. */
export const isHeard = (done: string | undefined) => HEARD.some((act) => act === done)

/** How the person hears of the act that was done just now. Empty if they know already. */
function hearsText({ frame, hears }: BookingView): string {
  return hears === null || hears === 'known' ? '' : deskTexts(frame.locale).booking.hears[hears]
}

/** Leads to the form for an expert, with what the booking says of its firm. */
function RequestLink({ view: { frame, booking } }: { view: BookingView }) {
  if (isAnonymous(booking)) return null
  return (
    <p>
      <a href={`/desk/requests/new?booking=${booking.id}`}>{consultTexts(frame.locale).enter.from}</a>
    </p>
  )
}

/** One booking: what it is, what the desk may do, what happened to it. */
export function BookingPage(view: BookingView) {
  const { frame, staff, booking, errors, refusal, done, mayTend } = view
  const d = deskTexts(frame.locale).booking
  const said = wordFor(d.done, done)
  const { what, ...whys } = d.refused
  const why = wordFor(whys, refusal) ?? d.refused.other
  return (
    <Console frame={frame} staff={staff} title={`${booking.number} ${booking.company}`} nav="bookings">
      <Crumbs frame={frame} links={[[d.back, view.from]]} />
      <div class="head">
        <h1>
          <Receipt number={booking.number} /> <bdi>{isAnonymous(booking) ? d.erased : booking.company}</bdi>
        </h1>
        <span class="pill">{texts(frame.locale).standings[standingAt(booking, booking.session, frame.now)]}</span>
      </div>
      {said && (
        <Notice what={{ what: said, next: hearsText(view) }} tone="done" alert>
          {done === 'entered' && mayTend && (
            <a href={`/desk/bookings/new?session=${booking.session.id}#form`} {...keyed(frame, 'n')}>
              {d.enterNext}
              <Key frame={frame} name="N" />
            </a>
          )}
        </Notice>
      )}
      {refusal && (
        <Notice what={{ what, next: why }} tone="stop" alert>
          {view.other && (
            <p>
              <Existing booking={view.other} />
            </p>
          )}
        </Notice>
      )}
      <ErrorSummary
        frame={frame}
        errors={errors}
        fields={[...TENDED, ...extraFields(view.asked), 'url']}
        most={placeAsked(booking, errors, null).most}
        labels={{
          ...texts(frame.locale).book.labels,
          ...deskTexts(frame.locale).persons,
          ...extraLabels(frame, view.asked),
          note: d.note,
          url: d.meeting,
        }}
      />
      <Acts view={view} />
      {mayTend && <RequestLink view={view} />}
      {mayTend && <Withheld frame={frame} lines={withheldLines(view)} />}
      <About view={view} />
      <RecordCard frame={frame} booking={booking} record={view.record} why={view.whyNotRecorded} mayWrite={mayTend} />
      {mayTend && <Tending view={view} />}
      <Past view={view} />
    </Console>
  )
}
