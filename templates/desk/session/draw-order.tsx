import { standingAt } from '../../../src/base/standing.ts'
import { STATUS } from '../../../src/base/vocabulary.ts'
import type { forecast } from '../../../src/lottery/forecast.ts'
import type { DrawnEntry } from '../../../src/lottery/queries.ts'
import type { Session } from '../../../src/schedule/session.ts'
import { Receipt } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { texts } from '../../text/index.ts'
import { hoursText } from '../../text/when.ts'

/** An entry of a draw with its result. */
export type DrawResult = ReturnType<typeof forecast<DrawnEntry>>[number]

/** How an entry with a result ended, or null if it did not. */
function endText(frame: PageContext, session: Session, { entry, result }: DrawResult): string | null {
  if (result.kind === 'withdrawn' || !STATUS[entry.status].over) return null
  return texts(frame.locale).standings[standingAt(entry, session, frame.now)]
}

function resultText(frame: PageContext, session: Session, { result }: DrawResult): string {
  const t = deskTexts(frame.locale).session.results
  if (result.kind === 'reserve') return t.reserve(result.rank)
  if (result.kind === 'withdrawn') return t.withdrawn
  const slot = session.slots.find(({ id }) => id === result.slot)
  return slot ? `${t.won} ${hoursText(frame.locale, slot)}` : t.won
}

/** The entries in the order of the draw, each with its result: a place, or a rank among the reserves. */
export function DrawOrder(props: { frame: PageContext; session: Session; results: readonly DrawResult[] }) {
  const { frame, session, results } = props
  const d = deskTexts(frame.locale)
  return (
    <section class="scroll" tabindex={0} aria-label={d.session.order}>
      <table class="list">
        <caption>{d.session.order}</caption>
        <thead>
          <tr>
            {Object.values(d.session.orderColumns).map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {results.map((one) => (
            <tr>
              <td class="num">{one.entry.draw_order}</td>
              <td>
                <span class={one.result.kind === 'won' && !STATUS[one.entry.status].over ? 'pill ok' : 'pill'}>
                  {resultText(frame, session, one)}
                </span>{' '}
                {endText(frame, session, one)}
              </td>
              <td class="num">
                <a href={`/desk/bookings/${one.entry.id}`}>
                  <Receipt number={one.entry.number} />
                </a>
              </td>
              <td>
                <bdi>{one.entry.company}</bdi> {one.entry.seats > 1 && d.seats(one.entry.seats)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
