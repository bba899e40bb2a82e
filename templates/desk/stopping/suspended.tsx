import type { SuspendedDate } from '../../../src/changes/suspended-dates.ts'
import { joined, Notice } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { texts } from '../../text/index.ts'
import { scheduleTexts } from '../../text/schedule.ts'
import { dayText } from '../../text/when.ts'

/** Warns that sessions of these days will be held in another form. Nothing without any. */
export function Suspended({ frame, dates }: { frame: PageContext; dates: readonly SuspendedDate[] }) {
  const { reaches } = scheduleTexts(frame.locale).suspensions
  return (
    <>
      {[...Map.groupBy(dates, ({ into }) => into)].map(([into, days]) => {
        const named = joined(
          frame.locale,
          days.map(({ date }) => dayText(frame.locale, date)),
        )
        return <Notice what={reaches(named, texts(frame.locale).format[into])} tone="warn" />
      })}
    </>
  )
}
