import { civilTime } from '../../../src/base/japan/civil.ts'
import type { LedgerLine } from '../../../src/booking/ledger.ts'
import type { Session } from '../../../src/schedule/session.ts'
import { Crumbs, PersonName, PrintButton, placeText, sessionHours } from '../../kit.tsx'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { momentText } from '../../text/when.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'
import { titleOf } from './title.ts'

/** The day sheet (受付簿), to print. */
export function SheetPage(props: DeskView & { session: Session; lines: LedgerLine[] }) {
  const { frame, staff, session, lines } = props
  const d = deskTexts(frame.locale)
  const t = d.session
  const here = lines.filter((line) => line.status !== 'waiting')
  return (
    <Console frame={frame} staff={staff} title={t.sheetTitle} nav="today">
      <Crumbs frame={frame} links={[[titleOf(frame, session), `/desk/sessions/${session.id}`]]} />
      <div class="head">
        <h1>{`${t.sheetTitle} ${titleOf(frame, session)}`}</h1>
        <PrintButton frame={frame} />
      </div>
      <p>
        {placeText(frame.locale, session)} {sessionHours(frame.locale, session)}{' '}
        <span class="soft">{t.printed(momentText(frame.locale, frame.now))}</span>
      </p>
      <table class="list sheet">
        <thead>
          <tr>
            {Object.values(t.sheetColumns).map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {here.map((line) => (
            <tr>
              <td class="num">{line.starts_at === null ? '' : civilTime(line.starts_at)}</td>
              <td class="num">{line.number}</td>
              <td>
                <b>
                  <bdi>{line.company}</bdi>
                </b>
                <span class="block">
                  <PersonName who={line} />
                </span>
              </td>
              <td class="num">{String(line.seats)}</td>
              <td>{texts(frame.locale).format[line.format]}</td>
              <td class="num">{line.phone}</td>
              <td>{line.came_at === null ? '□' : civilTime(line.came_at)}</td>
              <td>{line.note}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {here.length === 0 && <p class="card empty">{d.today.noLines}</p>}
    </Console>
  )
}
