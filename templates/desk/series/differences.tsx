import { civilTime } from '../../../src/base/japan/civil.ts'
import type { Effect } from '../../../src/planning/edit-series.ts'
import type { SessionRow } from '../../../src/store/schema.ts'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { hoursText } from '../../text/when.ts'
import { type Names, offerRows } from './offer-rows.ts'

/** The hours of a session and its slots. */
function timesText(frame: PageContext, row: SessionRow, slots: Effect['times']): string {
  const { starts_at, ends_at } = row
  if (starts_at === null || ends_at === null) return ''
  const whole = hoursText(frame.locale, { starts_at, ends_at })
  const each = slots.map((slot) => `${civilTime(slot.starts_at)}${slot.capacity === null ? '' : `(${slot.capacity})`}`)
  return [whole, ...each].join(' ')
}

/** What an edit changes of one session: each value before and after it. */
export function Differences(props: { frame: PageContext; effect: Omit<Effect, 'becomes'>; venues: Names }) {
  const { frame, effect, venues } = props
  const { session, set, slots, times } = effect
  const { none } = deskTexts(frame.locale).session
  const after = { ...session, ...set }
  const hours = scheduleTexts(frame.locale).days.hours
  const rows = [
    [hours, timesText(frame, session, slots), timesText(frame, after, times)] as const,
    ...offerRows(frame, venues).map(([name, of]) => [name, of(session), of(after)] as const),
  ]
  return (
    <ul class="differences">
      {rows
        .filter(([, from, to]) => from !== to)
        .map(([name, from, to]) => (
          <li>
            {name} {from || none} → <b>{to || none}</b>
          </li>
        ))}
    </ul>
  )
}
