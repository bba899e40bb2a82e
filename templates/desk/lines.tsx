import type { Instant } from '../../src/base/clock.ts'
import { type Duties, dutyAt } from '../../src/base/duty.ts'
import { settledHours } from '../../src/base/hours.ts'
import { civilTime } from '../../src/base/japan/civil.ts'
import type { Locale } from '../../src/base/locale.ts'
import { isAnonymous } from '../../src/base/person.ts'
import { supportOf } from '../../src/base/questions.ts'
import { isDayHere } from '../../src/base/seating.ts'
import { sizeOf } from '../../src/base/size.ts'
import { standingAt } from '../../src/base/standing.ts'
import type { LedgerLine } from '../../src/booking/ledger.ts'
import type { Session } from '../../src/schedule/session.ts'
import { supportText } from '../extras.ts'
import { bracketed, isByDraw, joined, PersonName, Phone, Receipt, Whose, whereText } from '../kit.tsx'
import type { PageContext } from '../layout.tsx'
import { deskTexts } from '../text/desk.ts'
import { figuresTexts } from '../text/figures.ts'
import { texts } from '../text/index.ts'
import { dayText, hoursText } from '../text/when.ts'
import { dutyText } from './duty.ts'

/** The places left in a session. Before the results of a draw none are taken: its capacity and its entries. */
export function placesText(locale: Locale, session: Session): string {
  const { left, capacity, entries } = deskTexts(locale).enter
  return isByDraw(session) ? entries(capacity(session.capacity), session.waiting) : left(session.remaining)
}

/** A number of employees. Of an erased booking only the band is known. */
export function employeesText(locale: Locale, booking: { phone: string }, employees: number): string {
  return isAnonymous(booking) ? figuresTexts(locale).size[sizeOf(employees)] : deskTexts(locale).employees(employees)
}

/** A booking that is there already, with a way to it that keeps the page with its form. */
export function Existing({ booking }: { booking: { id: string; number: string; company: string; name: string } }) {
  return (
    <a href={`/desk/bookings/${booking.id}`} target="_blank" rel="noopener">
      <Receipt number={booking.number} /> <bdi>{booking.company}</bdi> <bdi>{booking.name}</bdi>
    </a>
  )
}

/** Company, name with kana, industry and employees, one below the other. */
export function Who({ frame, line }: { frame: PageContext; line: LedgerLine }) {
  const t = texts(frame.locale)
  const { industry, employees } = line
  const firm = [
    industry === null ? null : t.industries[industry as keyof typeof t.industries],
    employees === null ? null : employeesText(frame.locale, line, employees),
  ].filter((one) => one !== null)
  return (
    <>
      <a class="who" href={`/desk/bookings/${line.id}`}>
        <bdi>{isAnonymous(line) ? line.number : line.company}</bdi>
      </a>
      <span class="soft block">
        {!isAnonymous(line) && <PersonName who={line} />} {joined(frame.locale, firm)}
        {line.note !== '' && <span class="memo">{line.note}</span>}
        <Needs frame={frame} line={line} />
      </span>
    </>
  )
}

/** The support that somebody needs, with a mark. */
function Needs({ frame, line }: { frame: PageContext; line: Pick<LedgerLine, 'support'> }) {
  const needs = supportText(frame.locale, supportOf(line))
  if (needs === '') return null
  return (
    <span class="memo">
      <b class="pill">{deskTexts(frame.locale).ledger.needs}</b> <bdi>{needs}</bdi>
    </span>
  )
}

/** The day of a session in a list, with its hours if they are set. */
export function dayAndHours({ locale }: Pick<PageContext, 'locale'>, session: Session): string {
  const time = settledHours(session)
  const day = session.date === null ? '' : dayText(locale, session.date)
  return time === null ? day : `${day} ${hoursText(locale, time)}`
}

/** A session in a list to choose from: its day and hours, its place and how many places are left. */
export function dayChoice(frame: Pick<PageContext, 'locale'>, session: Session): string {
  const { locale } = frame
  return `${dayAndHours(frame, session)} ${whereText(locale, session)}${bracketed(locale, placesText(locale, session))}`
}

/** When somebody comes: the hour, any time, or null. */
export function lineTime(frame: PageContext, line: Pick<LedgerLine, 'any_time' | 'starts_at'>): string | null {
  if (line.any_time === 1) return deskTexts(frame.locale).today.anyTime
  return line.starts_at === null ? null : civilTime(line.starts_at)
}

/** The contact of a person, and whether it is by telephone only. */
export function Contact({ frame, line }: { frame: PageContext; line: Pick<LedgerLine, 'phone' | 'email'> }) {
  if (isAnonymous(line)) return <span class="soft">{deskTexts(frame.locale).booking.erased}</span>
  return (
    <>
      {line.email === null && (
        <span class="pill tel">
          <span aria-hidden="true">☎ </span>
          {deskTexts(frame.locale).today.phoneOnly}
        </span>
      )}{' '}
      <Phone number={line.phone} />
    </>
  )
}

/** What was recorded of a visit, with its way back. */
function Recorded({ frame, line, mark }: { frame: PageContext; line: LedgerLine; mark: string | undefined }) {
  const d = deskTexts(frame.locale).today
  const came = line.came_at === null ? d.come : d.came(civilTime(line.came_at))
  return (
    <>
      <span class={line.status === 'attended' ? 'pill ok' : 'pill'}>
        {line.status === 'attended' ? came : d.absent}
      </span>
      {mark !== undefined && (
        <button class="link" type="submit" name="as" value="booked">
          {d.takeBack}
          <Whose company={line.company} />
        </button>
      )}
    </>
  )
}

/** Records by one tap that somebody came or did not, or shows what is recorded, with its way back. */
function Came(props: { frame: PageContext; line: LedgerLine; back: Back; mayTend: boolean; mark: string | undefined }) {
  const { frame, line, back, mayTend, mark } = props
  const isRecorded = line.status === 'attended' || line.status === 'absent'
  if (line.status !== 'booked' && !isRecorded) {
    return <span class="pill">{texts(frame.locale).standings[standingAt(line, line, frame.now)]}</span>
  }
  if (!mayTend || !isDayHere(line, frame.now)) {
    return isRecorded ? <Recorded frame={frame} line={line} mark={undefined} /> : null
  }
  return (
    <form class="marks" action={`/desk/bookings/${line.id}/attend`} method="post">
      <input type="hidden" name="back" value={back} />
      {mark !== undefined && <input type="hidden" name="shown" value={mark} />}
      {isRecorded ? (
        <Recorded frame={frame} line={line} mark={mark ?? ''} />
      ) : (
        <MarkButtons frame={frame} line={line} />
      )}
    </form>
  )
}

/** The buttons that record a visit: the person came, or did not. */
export function MarkButtons({ frame, line }: { frame: PageContext; line: Pick<LedgerLine, 'company' | 'number'> }) {
  const d = deskTexts(frame.locale).today
  return (
    <>
      {(['attended', 'absent'] as const).map((as) => (
        <button class="btn quiet small-btn" type="submit" name="as" value={as}>
          {as === 'attended' ? d.come : d.absent}
          <span class="sr">
            {' '}
            <bdi>{line.company}</bdi> {line.number}
          </span>
        </button>
      ))}
    </>
  )
}

type Recording = 'draft' | 'final'

/** Whether a consultation has a record, or should get one: it has begun, and somebody came to an adviser. */
function isToRecord(
  line: LedgerLine,
  duties: Duties | undefined,
  records: ReadonlyMap<string, Recording>,
  now: Instant,
): boolean {
  if (line.status !== 'attended') return false
  const hasBegun = line.starts_at === null || line.starts_at <= now
  return records.has(line.id) || (hasBegun && dutyAt(duties, line.slot).adviser !== null)
}

/** Leads to the record of a consultation, and says whether it is there. */
export function RecordLink(props: {
  frame: PageContext
  line: Pick<LedgerLine, 'id' | 'company'>
  state: Recording | undefined
}) {
  const { frame, line, state } = props
  const t = deskTexts(frame.locale).consultation
  return (
    <a class="block small" href={`/desk/bookings/${line.id}/record`}>
      {state === undefined ? t.write : `${t.title} (${t.states[state]})`}
      <Whose company={line.company} />
    </a>
  )
}

/** The page that a mark of a visit leads back to. */
export type Back = 'today' | 'session'

/** The parties of a session with their times, one row for each party. */
export function DayLines(props: {
  frame: PageContext
  lines: LedgerLine[]
  label: string
  back: Back
  mayTend: boolean
  /** The fingerprint of each line that can be marked. */
  marks: ReadonlyMap<string, string>
  /** Who advises in the session, and in which room. */
  duties: Duties | undefined
  /** The states of the records of those who came. */
  records: ReadonlyMap<string, Recording>
}) {
  const { frame, lines, label, back, mayTend, marks, duties, records } = props
  const d = deskTexts(frame.locale)
  const t = texts(frame.locale)
  const c = d.today.columns
  if (lines.length === 0) return <p class="card empty">{d.today.noLines}</p>
  return (
    <section class="scroll" tabindex={0} aria-label={label}>
      <table class="list day-lines">
        <thead>
          <tr>
            {Object.values(c).map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line) => (
            <tr id={`b-${line.id}`}>
              <td class="num" data-label={c.time}>
                {lineTime(frame, line) ?? d.none}
                <span class="soft block small">{dutyText(frame, dutyAt(duties, line.slot))}</span>
              </td>
              <td class="num" data-label={c.number}>
                <Receipt number={line.number} />
              </td>
              <td data-label={c.who}>
                <Who frame={frame} line={line} />
              </td>
              <td data-label={c.format}>
                {t.format[line.format]}
                {line.seats > 1 && <span class="soft block">{d.seats(line.seats)}</span>}
              </td>
              <td data-label={c.contact}>
                <Contact frame={frame} line={line} />
              </td>
              <td data-label={c.channel}>{d.channel[line.channel]}</td>
              <td class="act" data-label={c.act}>
                <Came frame={frame} line={line} back={back} mayTend={mayTend} mark={marks.get(line.id)} />
                {mayTend && isToRecord(line, duties, records, frame.now) && (
                  <RecordLink frame={frame} line={line} state={records.get(line.id)} />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
