import { type CivilDate, civilTime, monthOf, weekday } from '../../../src/base/japan/civil.ts'
import { prefectureByCode } from '../../../src/base/japan/prefecture.ts'
import { calendarDay, isOpen } from '../../../src/base/seating.ts'
import type { Session } from '../../../src/schedule/session.ts'
import { formatsText, Sign, statusWord, takesEntries } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { texts } from '../../text/index.ts'
import { dayText, monthText, weekdayName, weekText } from '../../text/when.ts'
import { ofPage, ofSession } from '../../written.ts'
import { sundayOf, type View } from './view.ts'

/** The number of sessions a day shows in a month and in a week; the others are folded. */
const SHOWN = { month: 4, week: 12 }

function Event({ frame, session }: { frame: PageContext; session: Session }) {
  return ofSession(session, `chip ${frame.locale}`, () => <Chip frame={frame} session={session} />)
}

function Chip({ frame, session }: { frame: PageContext; session: Session }) {
  const t = texts(frame.locale)
  const { status, remaining, starts_at } = session
  const place = prefectureByCode(session.prefecture)
  return (
    <li>
      <a class={`ev is-${status}`} href={`/sessions/${session.id}`}>
        <b>{frame.locale === 'ja' ? place?.short : place?.en}</b>{' '}
        {session.kind === 'seminar' && <span>{t.kind.seminar} </span>}
        {starts_at !== null && <span class="num">{civilTime(starts_at)} </span>}
        <span class="ev-mark">
          <Sign of={status} />
          {isOpen(session) && remaining !== null && !takesEntries(session)
            ? t.leftShort(remaining)
            : statusWord(t, session)}
        </span>
        {session.sample && (
          <>
            {' '}
            <span class="ev-sample">{t.sample}</span>
          </>
        )}
        <span class="ev-title">{session.title[frame.locale]}</span>
        <span class="ev-forms">{formatsText(t, session)}</span>
      </a>
    </li>
  )
}

/** The date of a day of the grid, and what it is besides: today, a holiday. */
function DayName({ frame, date, isToday, closure }: { frame: PageContext; date: CivilDate } & DayIs) {
  return ofPage(['day', frame.locale, date, isToday, closure], () => (
    <p class="day">
      <time datetime={date}>
        <span class="day-short num">{String(Number(date.slice(8)))}</span>
        <span class="day-long">{dayText(frame.locale, date)}</span>
      </time>
      {isToday && <span class="day-today">{texts(frame.locale).today}</span>}
      {closure !== undefined && <span class="day-shut">{closure}</span>}
    </p>
  ))
}

type DayIs = { isToday: boolean; closure: string | undefined }

function Day(props: View & { date: CivilDate; coming: boolean }) {
  const { frame, view, date, today, month, sessions } = props
  const t = texts(frame.locale)
  const closure = props.closures.get(date)
  const outside = view === 'month' && monthOf(date) !== month
  const shown = SHOWN[view === 'week' ? 'week' : 'month']
  const past = props.coming && date < today
  const classes = [
    ...(outside ? ['off'] : []),
    ...(past ? ['past'] : []),
    ...(date === today ? ['today'] : []),
    ...(sessions.length === 0 ? ['bare'] : []),
    ...(closure ? ['shut'] : []),
    `d${weekday(date)}`,
  ]
  return (
    <td class={classes.join(' ')} aria-current={date === today ? 'date' : undefined}>
      <DayName frame={frame} date={date} isToday={date === today} closure={closure?.[frame.locale]} />
      {sessions.length > 0 && (
        <ul>
          {sessions.slice(0, shown).map((session) => (
            <Event frame={frame} session={session} />
          ))}
        </ul>
      )}
      {sessions.length > shown && (
        <details class="ev-more">
          <summary>{t.calendar.more(sessions.length - shown)}</summary>
          <ul>
            {sessions.slice(shown).map((session) => (
              <Event frame={frame} session={session} />
            ))}
          </ul>
        </details>
      )}
    </td>
  )
}

/** A month or a week as a grid of days. */
export function MonthGrid(props: View) {
  const { frame, weeks, month, today } = props
  const sunday = sundayOf(props)
  const t = texts(frame.locale)
  // On a phone past days are left out of the list, but only if the month has days ahead.
  const coming = props.sessions.some(
    ({ date }) => date !== null && date >= today && (sunday || monthOf(date) === month),
  )
  const byDay = Map.groupBy(props.sessions, calendarDay)
  return (
    <table class={sunday ? 'month week' : 'month'}>
      <caption class="sr">{sunday ? weekText(frame.locale, sunday) : monthText(frame.locale, month)}</caption>
      {ofPage(['weekdays', frame.locale], () => (
        <thead>
          <tr>
            {t.weekdays.map((name, i) => (
              <th scope="col" class={`d${i}`}>
                <abbr title={name}>{weekdayName(frame.locale, i)}</abbr>
              </th>
            ))}
          </tr>
        </thead>
      ))}
      <tbody>
        {weeks.map((week) => (
          <tr>
            {week.map((date) => (
              <Day {...props} sessions={byDay.get(date) ?? []} date={date} coming={coming} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
