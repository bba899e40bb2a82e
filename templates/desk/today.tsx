import type { Child } from 'hono/jsx'
import { type Duties, dutyAt } from '../../src/base/duty.ts'
import { addDays, type CivilDate, civilTime } from '../../src/base/japan/civil.ts'
import type { Locale } from '../../src/base/locale.ts'
import { standingAt } from '../../src/base/standing.ts'
import { isEmptyHouse, type Setup, STATUS, TICKED_MOST } from '../../src/base/vocabulary.ts'
import type { LedgerLine, Unlinked, Unrecorded } from '../../src/booking/ledger.ts'
import type { Call } from '../../src/changes/queries.ts'
import type { Unwritten } from '../../src/consultation/unwritten.ts'
import type { MissedDraw } from '../../src/lottery/queries.ts'
import type { Ending, Postponed, Unsettled } from '../../src/planning/queries.ts'
import type { ErasedAhead } from '../../src/retention/erased-ahead.ts'
import type { Session } from '../../src/schedule/session.ts'
import type { Freed, ToPhone } from '../../src/waitlist/freed.ts'
import type { PhonedAbout } from '../../src/waitlist/mark-phoned.ts'
import type { Pending } from '../../src/waitlist/queries.ts'
import type { Stranded } from '../../src/waitlist/without-offer.ts'
import { Mark, Notice, Phone, prefectureName, Receipt, sessionHours, Whose, whereText } from '../kit.tsx'
import { rowDay } from '../text/day.ts'
import { deskTexts } from '../text/desk.ts'
import { texts } from '../text/index.ts'
import { dateText, dayText, momentText } from '../text/when.ts'
import { CallBack, type CallView } from './call.tsx'
import { Console } from './console.tsx'
import { dutyText } from './duty.ts'
import { SetupList } from './house/setup.tsx'
import { Key, keyed } from './keys.tsx'
import { DayLines, MarkButtons, RecordLink } from './lines.tsx'
import { TICKED_ACTS } from './ticked/acts.ts'
import type { DeskView } from './view.ts'

/** A visit that was recorded just now. */
export type Marked = Pick<LedgerLine, 'id' | 'company' | 'name' | 'number'> & {
  status: 'attended' | 'absent'
  /** The fingerprint of what is recorded. */
  mark: string
}

/** The view of the page of today. */
export type TodayView = DeskView & {
  today: CivilDate
  /** Tomorrow, or the next day with a session. */
  next: CivilDate
  /** Of both days. */
  sessions: Session[]
  /** The ids of the sessions that this person may change. */
  tended: ReadonlySet<string>
  lines: LedgerLine[]
  /** Who advises in the sessions, and in which room. */
  duties: ReadonlyMap<string, Duties>
  /** The states of the records of those who came. */
  records: ReadonlyMap<string, 'draft' | 'final'>
  /** Consultations of the last days that are not recorded yet. */
  unwritten: { lines: Unwritten[]; total: number }
  /** Whether only the own consultations are shown. Null if this person advises nowhere on these days. */
  mine: { only: boolean } | null
  /** Bookings of the last days without a record of attendance. */
  unrecorded: Unrecorded
  /** Sessions of today and tomorrow with people on the web who have no meeting link. */
  unlinked: Unlinked[]
  /** The fingerprint of each line that can be marked. */
  marks: ReadonlyMap<string, string>
  calls: Call[]
  /** The call that was marked as called just now. */
  called: CallView | null
  /** Lotteries that are closed and wait for the draw or its announcement. */
  draws: Session[]
  /** Lotteries of the last days that were over before their entries heard a result. */
  missed: MissedDraw[]
  pending: Pending[]
  /** Places that came free after the booking deadline, with those to call. */
  freed: Freed[]
  /** Bookings of coming days that ended because their people erased their data. */
  erased: ErasedAhead[]
  /** Sessions without a free place, in which people wait whom no offer reaches any more. */
  stranded: Stranded[]
  /** The visit of a past day that was recorded just now. */
  marked: Marked | null
  /** The end of the last programme, if it is near. */
  ending: Ending | null
  /** Letters that failed in the last seven days. */
  failed: number
  unsettled: Unsettled[]
  /** How far a house is set up that nobody booked in yet, for the secretariat. */
  setup: Setup | null
  /** Sessions without a day for now. */
  postponed: Postponed[]
}

function Tile(props: { name: string; value: string; note?: Child }) {
  return (
    <li class="tile">
      <span class="small soft">{props.name}</span>
      <b class="num">{props.value}</b>
      <span class="small soft">{props.note}</span>
    </li>
  )
}

/** The largest number of places drawn as dots. Larger numbers are written. */
const DOTS = 15

function Dots({ taken, capacity }: { taken: number; capacity: number }) {
  return (
    <span class="dots" aria-hidden="true">
      {'●'.repeat(taken)}
      {'○'.repeat(Math.max(0, capacity - taken))}
    </span>
  )
}

/** The two figures of today: people booked, and people who came. */
function Tiles({ view, here }: { view: TodayView; here: Session[] }) {
  const { frame } = view
  const d = deskTexts(frame.locale).today
  const ids = new Set(here.map((one) => one.id))
  const lines = view.lines.filter((line) => ids.has(line.session))
  const taken = lines.filter((line) => STATUS[line.status].holds).reduce((sum, line) => sum + line.seats, 0)
  const unlimited = here.some((one) => one.capacity === null)
  const capacity = unlimited ? null : here.reduce((sum, one) => sum + (one.capacity ?? 0), 0)
  const next = lines.find((line) => line.status === 'booked' && line.starts_at !== null && line.starts_at > frame.now)
  const later = next?.starts_at ? d.next(civilTime(next.starts_at)) : lines.length > 0 ? d.nobody : ''
  const begun = begunOf(frame, lines)
  return (
    <ul class="tiles">
      <Tile
        name={d.tiles.booked}
        value={d.of(taken, capacity)}
        note={capacity !== null && capacity <= DOTS && <Dots taken={taken} capacity={capacity} />}
      />
      <Tile
        name={d.tiles.came}
        value={String(lines.filter((line) => line.status === 'attended').length)}
        note={begun.length > 0 ? d.unmarked(begun.length) : later}
      />
    </ul>
  )
}

/** The bookings whose time has begun and whose visit nobody recorded. */
function begunOf(frame: DeskView['frame'], lines: readonly LedgerLine[]): LedgerLine[] {
  return lines.filter((line) => line.status === 'booked' && line.starts_at !== null && line.starts_at <= frame.now)
}

/** Whether no call has reached this person yet. */
const isToPhone = ({ phoned }: ToPhone) => !phoned?.reached

/** What is to be done, with a way to each. Nothing if all is done. */
function Tasks({ view }: { view: TodayView }) {
  const { frame, calls, failed, draws, unrecorded, stranded } = view
  const t = deskTexts(frame.locale).today.tasks
  const requests = view.pending.filter(({ status }) => status === 'requested')
  const until = requests[0]?.offer_expires_at
  const tasks: [name: string, count: number, href: string, note?: string | false | null | undefined][] = [
    [t.requested, requests.length, '#requested', until && t.until(momentText(frame.locale, until))],
    [t.calls, calls.length, '#calls', calls.some((call) => call.undelivered) && t.undelivered],
    [t.freed, view.freed.filter(({ parties }) => parties.some(isToPhone)).length, '#freed'],
    [t.unlinked, view.unlinked.reduce((sum, { bookings }) => sum + bookings, 0), '#unlinked'],
    [t.draws, draws.length, '#draws'],
    [t.unrecorded, unrecorded.total, '#unrecorded'],
    [t.unwritten, view.unwritten.total, '#unwritten'],
    [t.failed, failed, '/desk/outbox?state=failed', t.week],
    [t.stranded, stranded.flatMap(({ parties }) => parties).filter(isToPhone).length, '#stranded'],
  ]
  const due = tasks.filter(([, count]) => count > 0)
  return (
    <section class={due.length > 0 ? 'card tasks' : 'sr'} aria-labelledby="tasks">
      <h2 id="tasks">{t.title}</h2>
      {due.length === 0 && <p>{t.none}</p>}
      <ul class="plain">
        {due.map(([name, count, href, note]) => (
          <li>
            <a href={href}>
              {name} <b class="num">{t.count(count)}</b>
            </a>
            {note && <span class="soft small"> {note}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}

function Held({ view, session }: { view: TodayView; session: Session }) {
  const { frame, lines, tended } = view
  const d = deskTexts(frame.locale).today
  return (
    <section class="held">
      <div class="head">
        <h3>
          <a href={`/desk/sessions/${session.id}`}>{session.title[frame.locale]}</a>
        </h3>
        <span class="soft">{whereText(frame.locale, session)}</span>
        <span class="soft num">{sessionHours(frame.locale, session)}</span>
        <Mark frame={frame} session={session} />
        <a class="btn quiet small-btn" href={`/desk/sessions/${session.id}/sheet`}>
          {d.sheet}
        </a>
      </div>
      <DayLines
        frame={frame}
        lines={lines.filter((line) => line.session === session.id)}
        label={session.title[frame.locale]}
        back="today"
        mayTend={tended.has(session.id)}
        marks={view.marks}
        duties={view.duties.get(session.id)}
        records={view.records}
      />
      {tended.has(session.id) && <TheRest view={view} lines={lines.filter((line) => line.session === session.id)} />}
    </section>
  )
}

/** Leads to a look at all who did not come though their time has begun, to mark them together. */
function TheRest({ view, lines }: { view: TodayView; lines: LedgerLine[] }) {
  const { frame } = view
  const left = begunOf(frame, lines).slice(0, TICKED_MOST)
  if (left.length < 2) return null
  return (
    <form class="rest" action={TICKED_ACTS.absent} method="post">
      <input type="hidden" name="back" value="/desk" />
      {left.map((line) => (
        <input type="hidden" name="ids" value={line.id} />
      ))}
      <button class="btn quiet small-btn" type="submit" name="act" value="absent">
        {deskTexts(frame.locale).ledger.ticked.rest(left.length)}
      </button>
    </form>
  )
}

/** A button of a row. A screen reader also says whose row it is. */
function ToWhom({ company, children }: { company: string; children: Child }) {
  return (
    <button class="btn quiet small-btn" type="submit">
      {children}
      <Whose company={company} />
    </button>
  )
}

/** What a call is about, in a few words. */
function callName(locale: Locale, kind: Call['kind']): string {
  const names: Partial<Record<Call['kind'], string>> = deskTexts(locale).today.callKinds
  return names[kind] ?? texts(locale).letters.kinds[kind]
}

function Calls({ view }: { view: TodayView }) {
  const { frame, calls } = view
  const d = deskTexts(frame.locale).today
  if (calls.length === 0) return null
  return (
    <section class="card" id="calls">
      <h2>{d.calls}</h2>
      <p>{d.callsText}</p>
      <ul class="plain">
        {calls.map((call) => (
          <li class="call">
            <div class="acts">
              <b>
                <bdi>{call.company}</bdi> <bdi>{call.name}</bdi>
              </b>
              <Phone number={call.phone} />
              <span>
                <a href={`/desk/calls/${call.id}`}>{callName(frame.locale, call.kind)}</a>
                {call.undelivered && ` ${d.undelivered}`}
              </span>
              <span class="soft num">
                <Receipt number={call.number} /> {rowDay(frame.locale, call)}
              </span>
              {call.attempts > 0 && (
                <span class="soft">{d.tried(call.attempts, momentText(frame.locale, call.updated_at))}</span>
              )}
              <div class="acts">
                <form action={`/desk/calls/${call.id}`} method="post">
                  <ToWhom company={call.company}>{d.called}</ToWhom>
                </form>
                <form action={`/desk/calls/${call.id}/unreached`} method="post">
                  <input type="hidden" name="tries" value={String(call.attempts)} />
                  <ToWhom company={call.company}>{d.unreached}</ToWhom>
                </form>
              </div>
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

/**
 * The calls to somebody who waits, and the buttons for the next. After a call that was answered, the other takes it
 * back.
 */
function Phoned({ view, party, about }: { view: TodayView; party: ToPhone; about: PhonedAbout }) {
  const { frame, staff } = view
  const d = deskTexts(frame.locale).today
  const { phoned } = party
  const name = <Whose company={party.company} />
  return (
    <>
      {phoned?.reached && <span class="pill ok">{d.phoned(momentText(frame.locale, phoned.at))}</span>}
      {phoned && !phoned.reached && (
        <span class="soft">{d.tried(phoned.tries, momentText(frame.locale, phoned.at))}</span>
      )}
      {staff.role !== 'viewer' && (
        <form class="acts" action={`/desk/freed/${party.id}`} method="post">
          <input type="hidden" name="about" value={about} />
          {!phoned?.reached && (
            <button class="btn quiet small-btn" type="submit" name="as" value="called">
              {d.called}
              {name}
            </button>
          )}
          <button class="btn quiet small-btn" type="submit" name="as" value="unreached">
            {d.unreached}
            {name}
          </button>
        </form>
      )}
    </>
  )
}

/** Those who wait in a session, in their order, each with the buttons for a call. */
function ToPhoneList(props: { view: TodayView; session: Session; parties: ToPhone[]; about: PhonedAbout }) {
  const { view, session, parties, about } = props
  const t = texts(view.frame.locale)
  return (
    <ol class="plain">
      {parties.map((party) => {
        const slot = session.slots.find((one) => one.id === party.slot)
        return (
          <li class="call">
            <div class="acts">
              <b>
                <a href={`/desk/bookings/${party.id}`}>
                  <bdi>{party.company}</bdi> <bdi>{party.name}</bdi>
                </a>
              </b>
              <Phone number={party.phone} />
              <span class="soft num">
                <Receipt number={party.number} />{' '}
                {[slot && civilTime(slot.starts_at), t.format[party.format], t.people(party.seats)]
                  .filter(Boolean)
                  .join(' ')}
              </span>
              <Phoned view={view} party={party} about={about} />
            </div>
          </li>
        )
      })}
    </ol>
  )
}

/** Places that came free after the deadline: no offer leaves any more, so the desk calls those who wait. */
function FreedPlaces({ view }: { view: TodayView }) {
  const { frame, freed } = view
  const d = deskTexts(frame.locale).today
  if (freed.length === 0) return null
  return (
    <section class="card" id="freed">
      <h2>{d.freed}</h2>
      <p>{d.freedText}</p>
      {freed.map(({ session, places, parties }) => (
        <>
          <h3>
            <a href={`/desk/sessions/${session.id}`}>
              {`${session.date === null ? '' : dayText(frame.locale, session.date)} ${session.title[frame.locale]}`}
            </a>{' '}
            <span class="soft">{prefectureName(frame.locale, session.prefecture)}</span>{' '}
            {places !== null && <b class="num">{d.freedPlaces(places)}</b>}
          </h3>
          <ToPhoneList view={view} session={session} parties={parties} about="freed" />
        </>
      ))}
    </section>
  )
}

/** The bookings of coming days that ended because their people erased their data. Nobody can be asked about them. */
function Erased({ view }: { view: TodayView }) {
  const { frame, erased } = view
  const d = deskTexts(frame.locale).today
  if (erased.length === 0) return null
  return (
    <section class="card" id="erased">
      <h2>{d.erased}</h2>
      <p>{d.erasedText}</p>
      <ul class="plain">
        {erased.map(({ id, number, seats, cancelled_at, session, date, ...row }) => (
          <li>
            {cancelled_at && <span class="num soft">{momentText(frame.locale, cancelled_at)}</span>}{' '}
            <a href={`/desk/bookings/${id}`}>
              <Receipt number={number} />
            </a>{' '}
            <a href={`/desk/sessions/${session}`}>
              {`${date === null ? '' : dayText(frame.locale, date)} ${row[`title_${frame.locale}`]}`}
            </a>{' '}
            <span class="soft">{prefectureName(frame.locale, row.prefecture)}</span>{' '}
            <b class="num">{texts(frame.locale).people(seats)}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The sessions of today and tomorrow with people on the web who do not know yet where to join. */
function WithoutLink({ view }: { view: TodayView }) {
  const { frame, unlinked } = view
  const d = deskTexts(frame.locale).today
  if (unlinked.length === 0) return null
  return (
    <section class="card" id="unlinked">
      <h2>{d.unlinked}</h2>
      <p>{d.unlinkedText}</p>
      <ul class="plain">
        {unlinked.map((session) => (
          <li>
            <a href={`/desk/sessions/${session.id}`}>
              {`${session.date === null ? '' : dayText(frame.locale, session.date)} ${frame.locale === 'ja' ? session.title_ja : session.title_en}`}
            </a>{' '}
            <span class="soft">{prefectureName(frame.locale, session.prefecture)}</span>{' '}
            <b class="num">{d.unlinkedBookings(session.bookings)}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The sessions in which people wait whom no offer reaches any more. */
function StrandedSessions({ view }: { view: TodayView }) {
  const { frame, stranded } = view
  const d = deskTexts(frame.locale).today
  if (stranded.length === 0) return null
  return (
    <section class="card" id="stranded">
      <h2>{d.stranded}</h2>
      <p>{d.strandedText}</p>
      {stranded.map(({ session, parties }) => (
        <>
          <h3>
            <a href={`/desk/sessions/${session.id}`}>
              {`${session.date === null ? '' : dayText(frame.locale, session.date)} ${session.title[frame.locale]}`}
            </a>{' '}
            <span class="soft">{prefectureName(frame.locale, session.prefecture)}</span>{' '}
            <b class="num">{d.strandedParties(parties.length)}</b>
          </h3>
          <ToPhoneList view={view} session={session} parties={parties} about="stranded" />
        </>
      ))}
    </section>
  )
}

/** The sessions that wait for a new day, and how many people wait with them. */
function PostponedSessions({ view }: { view: TodayView }) {
  const { frame, postponed } = view
  const d = deskTexts(frame.locale).today
  if (postponed.length === 0) return null
  return (
    <section class="card" id="postponed">
      <h2>{d.postponed}</h2>
      <p>{d.postponedText}</p>
      <ul class="plain">
        {postponed.map((session) => (
          <li>
            <a href={`/desk/sessions/${session.id}`}>{frame.locale === 'ja' ? session.title_ja : session.title_en}</a>{' '}
            <span class="soft">{prefectureName(frame.locale, session.prefecture)}</span>{' '}
            <span class="num">{rowDay(frame.locale, session)}</span>{' '}
            <b class="num">{d.postponedPeople(session.people)}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Names the person of the call that was just marked as made, and offers a way back. */
function Called({ view }: { view: TodayView }) {
  const { frame, called } = view
  if (called?.standing !== 'called') return null
  const { company, name } = called.booking
  const what = deskTexts(frame.locale).today.calledNow(`${company} ${name}`)
  return (
    <Notice what={{ what, next: '' }} tone="done" alert>
      <CallBack frame={frame} id={called.id} />
    </Notice>
  )
}

/** The lotteries that the desk has to draw or to announce. */
function Draws({ view }: { view: TodayView }) {
  const { frame, draws } = view
  const d = deskTexts(frame.locale).today
  if (draws.length === 0) return null
  return (
    <section class="card" id="draws">
      <h2>{d.draws}</h2>
      <p>{d.drawsText}</p>
      <ul class="plain">
        {draws.map((session) => (
          <li>
            <a href={`/desk/sessions/${session.id}`}>
              {`${session.date === null ? '' : dayText(frame.locale, session.date)} ${session.title[frame.locale]}`}
            </a>{' '}
            <span class="soft">{prefectureName(frame.locale, session.prefecture)}</span>{' '}
            <b>{session.draw === 'drawn' ? d.drawStates.drawn : d.drawStates.undrawn}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The lotteries whose entries never heard a result. What the desk owes them is on the telephone. */
function Missed({ view }: { view: TodayView }) {
  const { frame, missed } = view
  const d = deskTexts(frame.locale).today
  if (missed.length === 0) return null
  return (
    <section class="card" id="missed">
      <h2>{d.missed}</h2>
      <p>{d.missedText}</p>
      <ul class="plain">
        {missed.map(({ id, date, prefecture, entries, ...titles }) => (
          <li>
            <a href={`/desk/sessions/${id}`}>
              {`${date === null ? '' : dayText(frame.locale, date)} ${titles[`title_${frame.locale}`]}`}
            </a>{' '}
            <span class="soft">{prefectureName(frame.locale, prefecture)}</span> <b>{d.missedEntries(entries)}</b>
          </li>
        ))}
      </ul>
    </section>
  )
}

/** Warns that the last programme ends soon, and its series with it. */
function EndingNotice({ view }: { view: TodayView }) {
  const { frame, staff, ending } = view
  const d = deskTexts(frame.locale).today
  if (ending === null) return null
  const what = d.ending(dateText(frame.locale, ending.ends_on), ending.series)
  if (staff.role !== 'secretariat') return <Notice what={{ what, next: d.endingAsk }} tone="warn" />
  return (
    <Notice what={{ what, next: '' }} tone="warn">
      <p>
        <a href="/desk/programme">{d.endingOpen}</a>
      </p>
    </Notice>
  )
}

/** Requests that the desk must answer, or offers that the applicant must answer. */
function Waiting({ view, status }: { view: TodayView; status: 'requested' | 'offered' }) {
  const { frame } = view
  const pending = view.pending.filter((booking) => booking.status === status)
  const d = deskTexts(frame.locale).today
  const c = d.pendingColumns
  if (pending.length === 0) return null
  return (
    <section class="card" id={status}>
      <h2>{d[status]}</h2>
      <table class="list">
        <thead>
          <tr>
            {Object.values(c).map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {pending.map((booking) => (
            <tr>
              <td class="num" data-label={c.until}>
                {booking.offer_expires_at && momentText(frame.locale, booking.offer_expires_at)}
              </td>
              <td class="num" data-label={c.number}>
                <a href={`/desk/bookings/${booking.id}`}>
                  <Receipt number={booking.number} />
                </a>
              </td>
              <td data-label={c.who}>
                <bdi>{booking.company}</bdi> <bdi>{booking.name}</bdi>
              </td>
              <td data-label={c.state}>{texts(frame.locale).standings[standingAt(booking, booking, frame.now)]}</td>
              <td data-label={c.contact}>
                <Phone number={booking.phone} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Says what was recorded just now, with its way back. */
function MarkedNow({ view }: { view: TodayView }) {
  const { frame, marked } = view
  const d = deskTexts(frame.locale).today
  if (marked === null) return null
  const what = d.markedNow[marked.status](`${marked.company} ${marked.name}`)
  return (
    <Notice what={{ what, next: '' }} tone="done" alert>
      <form action={`/desk/bookings/${marked.id}/attend`} method="post">
        <input type="hidden" name="back" value="today" />
        <input type="hidden" name="shown" value={marked.mark} />
        <button class="link" type="submit" name="as" value="booked">
          {d.takeBack}
        </button>
      </form>
    </Notice>
  )
}

/** The attendance of past days that nobody recorded. */
function ToRecord({ view }: { view: TodayView }) {
  const { frame, staff, unrecorded, marked } = view
  const d = deskTexts(frame.locale).today
  const { lines, total, from } = unrecorded
  const until = addDays(view.today, -1)
  if (lines.length === 0 && marked === null) return null
  return (
    <section class="card" id="unrecorded">
      <h2>{d.unrecorded}</h2>
      <MarkedNow view={view} />
      <p>{lines.length > 0 ? d.unrecordedText(total) : d.unrecordedNone}</p>
      <ul class="plain">
        {lines.map((line) => (
          <li class="call">
            <form class="marks" action={`/desk/bookings/${line.id}/attend`} method="post">
              <input type="hidden" name="back" value="today" />
              <input type="hidden" name="shown" value={view.marks.get(line.id)} />
              <span class="whose">
                <span class="num">{line.date && dayText(frame.locale, line.date)}</span>{' '}
                <a class="num" href={`/desk/bookings/${line.id}`}>
                  <Receipt number={line.number} />
                </a>{' '}
                <bdi>{line.company}</bdi> <bdi>{line.name}</bdi>
              </span>
              {staff.role !== 'viewer' && <MarkButtons frame={frame} line={line} />}
            </form>
          </li>
        ))}
      </ul>
      {total > lines.length && (
        <p>
          <a href={`/desk/bookings?status=booked&from=${from}&to=${until}`}>{d.unrecordedAll(total)}</a>
        </p>
      )}
    </section>
  )
}

/** The consultations of the last days whose record is missing or still a draft. */
function ToWrite({ view }: { view: TodayView }) {
  const { frame, unwritten, duties } = view
  const d = deskTexts(frame.locale).today
  const { lines, total } = unwritten
  if (lines.length === 0) return null
  return (
    <section class="card" id="unwritten">
      <h2>{d.unwritten}</h2>
      <p>{d.unwrittenText(total)}</p>
      <ul class="plain">
        {lines.map((line) => (
          <li>
            <span class="num">{line.date && dayText(frame.locale, line.date)}</span>{' '}
            <a class="num" href={`/desk/bookings/${line.id}`}>
              <Receipt number={line.number} />
            </a>{' '}
            <bdi>{line.company}</bdi> <bdi>{line.name}</bdi>{' '}
            <span class="soft">{dutyText(frame, dutyAt(duties.get(line.session), line.slot))}</span>
            <RecordLink frame={frame} line={line} state={line.record ?? undefined} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** The own consultations of somebody who advises on these days, or everything again. */
function Mine({ view: { frame, mine } }: { view: TodayView }) {
  const t = deskTexts(frame.locale).advisers.mine
  if (mine === null) return null
  return (
    <p class="acts">
      <a class="btn quiet small-btn" href={mine.only ? '/desk' : '/desk?mine=1'}>
        {mine.only ? t.all : t.only}
      </a>
      <a class="btn quiet small-btn" href="/desk/mine">
        {t.title}
      </a>
    </p>
  )
}

/** Today and the next day on one page. */
export function TodayPage(view: TodayView) {
  const { frame, staff, today, sessions, unsettled } = view
  const d = deskTexts(frame.locale).today
  const here = sessions.filter((one) => one.date === today)
  const next = sessions.filter((one) => one.date === view.next)
  const nextName = view.next === addDays(today, 1) ? d.tomorrow : d.nextHeld
  return (
    <Console frame={frame} staff={staff} title={d.title} nav="today">
      <div class="head">
        <h1>{dayText(frame.locale, today)}</h1>
        {staff.role !== 'viewer' && (
          <a class="btn" href="/desk/bookings/new" {...keyed(frame, 'n')}>
            {d.enter}
            <Key frame={frame} name="N" />
          </a>
        )}
      </div>
      <Mine view={view} />
      <Called view={view} />
      {view.setup && (
        <section class="card">
          <Notice
            what={deskTexts(frame.locale).setup[isEmptyHouse(view.setup) ? 'onToday' : 'inUse']}
            tone={isEmptyHouse(view.setup) ? 'warn' : 'calm'}
          />
          <SetupList frame={frame} setup={view.setup} />
        </section>
      )}
      <EndingNotice view={view} />
      <Tasks view={view} />
      {here.length > 0 && <Tiles view={view} here={here} />}
      <h2 class="sr">{d.title}</h2>
      {here.length === 0 && <p class="card empty">{d.empty}</p>}
      {here.map((session) => (
        <Held view={view} session={session} />
      ))}
      <ToRecord view={view} />
      <ToWrite view={view} />
      <Calls view={view} />
      <FreedPlaces view={view} />
      <Erased view={view} />
      <WithoutLink view={view} />
      <Draws view={view} />
      <Missed view={view} />
      <StrandedSessions view={view} />
      <PostponedSessions view={view} />
      <Waiting view={view} status="requested" />
      <Waiting view={view} status="offered" />
      <h2>{`${nextName} ${dayText(frame.locale, view.next)}`}</h2>
      {next.length === 0 && <p class="card empty">{d.tomorrowEmpty}</p>}
      {next.map((session) => (
        <Held view={view} session={session} />
      ))}
      {unsettled.length > 0 && (
        <section class="card" id="unsettled">
          <h2>{d.unsettled}</h2>
          <ul class="plain">
            {unsettled.map((session) => (
              <li>
                <a href={`/desk/sessions/${session.id}`}>
                  {`${session.date === null ? '' : dayText(frame.locale, session.date)} ${frame.locale === 'ja' ? session.title_ja : session.title_en}`}
                </a>{' '}
                <span class="soft">{prefectureName(frame.locale, session.prefecture)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </Console>
  )
}
