import { type CivilDate, monthOf } from '../../../src/base/japan/civil.ts'
import { calendarDay } from '../../../src/base/seating.ts'
import type { Session } from '../../../src/schedule/session.ts'
import { SessionRow } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { texts } from '../../text/index.ts'
import { monthText } from '../../text/when.ts'

/** Sessions as rows of a list; `level` is the heading of each. */
export function Rows({ frame, sessions, level }: { frame: PageContext; sessions: Session[]; level: 'h2' | 'h3' }) {
  return (
    <ol class="card rows">
      {sessions.map((session) => (
        <SessionRow frame={frame} session={session} level={level} />
      ))}
    </ol>
  )
}

/** The sessions of a month as a list; those of past days are folded away. */
export function List({ frame, sessions, today }: { frame: PageContext; sessions: Session[]; today: CivilDate }) {
  const t = texts(frame.locale)
  const past = sessions.filter((session) => (calendarDay(session) ?? today) < today)
  const coming = sessions.filter((session) => (calendarDay(session) ?? '') >= today)
  return (
    <>
      {coming.length > 0 && <Rows frame={frame} sessions={coming} level="h2" />}
      {past.length > 0 && (
        <details class="past-list" open={coming.length === 0}>
          <summary>{t.calendar.past(past.length)}</summary>
          <Rows frame={frame} sessions={past} level="h2" />
        </details>
      )}
    </>
  )
}

/** Sessions of several months as a list, each month under its name. */
export function Months({ frame, sessions }: { frame: PageContext; sessions: Session[] }) {
  const months = Map.groupBy(sessions, (session) => monthOf(calendarDay(session) ?? ''))
  return [...months].map(([month, those]) => (
    <section aria-labelledby={`m-${month}`}>
      <h2 id={`m-${month}`}>{monthText(frame.locale, month)}</h2>
      <Rows frame={frame} sessions={those} level="h3" />
    </section>
  ))
}
