import { type Duties, dutyAt } from '../../src/base/duty.ts'
import { civilTime } from '../../src/base/japan/civil.ts'
import { isAnonymous } from '../../src/base/person.ts'
import { isDayHere } from '../../src/base/seating.ts'
import { standingOf } from '../../src/base/standing.ts'
import type { LedgerLine } from '../../src/booking/ledger.ts'
import { joined, PersonName, Phone, Receipt } from '../kit.tsx'
import type { PageContext } from '../layout.tsx'
import { deskTexts } from '../text/desk.ts'
import { texts } from '../text/index.ts'
import { dutyText } from './duty.ts'

/** Company, name with kana, industry and employees, one below the other. */
export function Who({ frame, line }: { frame: PageContext; line: LedgerLine }) {
  const t = texts(frame.locale)
  const { industry, employees } = line
  const firm = [
    industry === null ? null : t.industries[industry as keyof typeof t.industries],
    employees === null ? null : deskTexts(frame.locale).employees(employees),
  ].filter((one) => one !== null)
  return (
    <>
      <a class="who" href={`/desk/bookings/${line.id}`}>
        <bdi>{isAnonymous(line) ? line.number : line.company}</bdi>
      </a>
      <span class="soft block">
        {!isAnonymous(line) && <PersonName who={line} />} {joined(frame.locale, firm)}
        {line.note !== '' && <span class="memo">{line.note}</span>}
      </span>
    </>
  )
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

/** Checks a person in by one tap, or shows that they are checked in. */
function Came(props: { frame: PageContext; line: LedgerLine; mayTend: boolean; mark: string | undefined }) {
  const { frame, line, mayTend, mark } = props
  const d = deskTexts(frame.locale).today
  if (line.status === 'attended') {
    return <span class="pill ok">{line.came_at === null ? d.come : d.came(civilTime(line.came_at))}</span>
  }
  if (line.status === 'absent') return <span class="pill">{d.absent}</span>
  if (line.status !== 'booked') return <span class="pill">{texts(frame.locale).standings[standingOf(line, line)]}</span>
  if (!mayTend || !isDayHere(line, frame.now)) return null
  return (
    <form action={`/desk/bookings/${line.id}/attend`} method="post">
      <input type="hidden" name="back" value="today" />
      {mark !== undefined && <input type="hidden" name="shown" value={mark} />}
      <button class="btn quiet small-btn" type="submit">
        {d.come}
        <span class="sr">
          {' '}
          <bdi>{line.company}</bdi>
        </span>
      </button>
    </form>
  )
}

/** The parties of a session with their times, one row for each party. */
export function DayLines(props: {
  frame: PageContext
  lines: LedgerLine[]
  label: string
  mayTend: boolean
  /** The fingerprint of each line that can be marked. */
  marks: ReadonlyMap<string, string>
  /** Who advises in the session, and in which room. */
  duties: Duties | undefined
}) {
  const { frame, lines, label, mayTend, marks, duties } = props
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
            <tr>
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
              <td data-label={c.act}>
                <Came frame={frame} line={line} mayTend={mayTend} mark={marks.get(line.id)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
