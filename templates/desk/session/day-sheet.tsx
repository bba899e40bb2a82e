import { type Duties, dutyAt } from '../../../src/base/duty.ts'
import { civilTime } from '../../../src/base/japan/civil.ts'
import { phoneText } from '../../../src/base/japan/phone.ts'
import { type Extras, NO_EXTRAS } from '../../../src/base/questions.ts'
import { standingAt } from '../../../src/base/standing.ts'
import type { LedgerLine } from '../../../src/booking/ledger.ts'
import type { Session } from '../../../src/schedule/session.ts'
import { extraRows } from '../../extras.ts'
import { Crumbs, joined, PersonName, PrintButton, Receipt, sessionHours, whereText } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { momentText } from '../../text/when.ts'
import { Console } from '../console.tsx'
import { dutyText } from '../duty.ts'
import { lineTime } from '../lines.tsx'
import type { DeskView } from '../view.ts'
import { titleOf } from './title.ts'

/** The topics that a party chose and what it wrote, below its line. */
function Wishes(props: { frame: PageContext; line: LedgerLine; extras: Extras | undefined; columns: number }) {
  const { frame, line, extras = NO_EXTRAS, columns } = props
  const topics = line.topics === '' ? [] : line.topics.split(',')
  const names: Readonly<Record<string, string>> = texts(frame.locale).topics
  const chosen = joined(
    frame.locale,
    topics.map((topic) => names[topic] ?? topic),
  )
  const rows = extraRows(frame.locale, extras)
  if (chosen === '' && line.message === '' && rows.length === 0) return null
  return (
    <tr class="wishes">
      <td colspan={columns}>
        {chosen !== '' && <b>{chosen}</b>} <span class="typed">{line.message}</span>
        {rows.map(([label, text]) => (
          <span class="block">
            <span class="soft">{label}</span> <span class="typed">{text}</span>
          </span>
        ))}
      </td>
    </tr>
  )
}

/** A box to tick, or when they came. Null if their state says more. */
function cameText({ status, came_at }: LedgerLine): string | null {
  if (status === 'booked') return '□'
  return status === 'attended' && came_at !== null ? civilTime(came_at) : null
}

/** The day sheet (受付簿), to print. People who are absent, or have no place yet, have a state there and no box. */
export function SheetPage(
  props: DeskView & {
    session: Session
    lines: LedgerLine[]
    extras: ReadonlyMap<string, Extras>
    duties: Duties | undefined
  },
) {
  const { frame, staff, session, lines, duties } = props
  const d = deskTexts(frame.locale)
  const t = d.session
  const c = t.sheetColumns
  const here = lines.filter((line) => line.status !== 'waiting')
  const duty = (line: LedgerLine) => dutyText(frame, dutyAt(duties, line.slot))
  const stateOf = (line: LedgerLine) => texts(frame.locale).standings[standingAt(line, line, frame.now)]
  return (
    <Console frame={frame} staff={staff} title={t.sheetTitle} nav="schedule">
      <Crumbs frame={frame} links={[[titleOf(frame, session), `/desk/sessions/${session.id}`]]} />
      <div class="head">
        <h1>{`${t.sheetTitle} ${titleOf(frame, session)}`}</h1>
        <PrintButton frame={frame} />
      </div>
      <p>
        {whereText(frame.locale, session)} {sessionHours(frame.locale, session)}{' '}
        <span class="soft">{t.printed(momentText(frame.locale, frame.now))}</span>
      </p>
      {here.length === 0 ? (
        <p class="card empty">{d.today.noLines}</p>
      ) : (
        <table class="list sheet">
          <thead>
            <tr>
              {Object.values(c).map((name) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          {here.map((line) => (
            <tbody>
              <tr>
                <td class="num" data-label={c.time}>
                  {lineTime(frame, line)}
                  {duty(line) !== '' && <span class="soft block">{duty(line)}</span>}
                </td>
                <td class="num" data-label={c.number}>
                  <Receipt number={line.number} />
                </td>
                <td data-label={c.who}>
                  <b>
                    <bdi>{line.company}</bdi>
                  </b>
                  <span class="block">
                    <PersonName who={line} />
                  </span>
                </td>
                <td class="num" data-label={c.people}>
                  {String(line.seats)}
                </td>
                <td data-label={c.format}>{texts(frame.locale).format[line.format]}</td>
                <td data-label={c.phone}>
                  <span class="phone">{phoneText(line.phone)}</span>
                </td>
                <td data-label={c.came}>{cameText(line) ?? <span class="pill">{stateOf(line)}</span>}</td>
                <td data-label={c.memo}>{line.note}</td>
              </tr>
              <Wishes frame={frame} line={line} extras={props.extras.get(line.id)} columns={Object.keys(c).length} />
            </tbody>
          ))}
        </table>
      )}
    </Console>
  )
}
