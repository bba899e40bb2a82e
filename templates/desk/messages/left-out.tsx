import type { LeftOut } from '../../../src/messages/left-out.ts'
import { Receipt, Whole } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { messageTexts } from '../../text/messages.ts'
import { timeText } from '../booking/summary.tsx'
import { stateText } from '../ticked/page.tsx'

/** The ticked bookings whose holders get no message, each with its reason. Nothing without any. */
export function LeftOutRows({ frame, rows }: { frame: PageContext; rows: readonly LeftOut[] }) {
  const { leftOut: t } = messageTexts(frame.locale)
  const { columns: c, ticked } = deskTexts(frame.locale).ledger
  if (rows.length === 0) return null
  return (
    <section class="card">
      <h2>{t.title(rows.length)}</h2>
      <table class="list">
        <thead>
          <tr>
            <th scope="col">{c.number}</th>
            <th scope="col">{c.who}</th>
            <th scope="col">{ticked.from}</th>
            <th scope="col">{t.why}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ booking, why, other }) => (
            <tr class="ended">
              <td class="num" data-label={c.number}>
                <a href={`/desk/bookings/${booking.id}`}>
                  <Receipt number={booking.number} />
                </a>
              </td>
              <td data-label={c.who}>
                <bdi>{booking.company}</bdi> <bdi>{booking.name}</bdi>
              </td>
              <td data-label={ticked.from}>
                <Whole text={timeText(frame, booking)} />
              </td>
              <td data-label={t.why}>
                {why === 'ended' || why === 'pending' ? (
                  <Whole text={stateText(frame, booking, 'move')} />
                ) : (
                  t.whys[why]
                )}{' '}
                {other && (
                  <a href={`/desk/bookings/${other.id}`}>
                    <Receipt number={other.number} />
                  </a>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}
