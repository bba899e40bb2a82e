import { type CivilDate, civilTime, monthOf, weekday } from '../../../src/base/japan/civil.ts'
import { prefectureByCode } from '../../../src/base/japan/prefecture.ts'
import { calendarDay, isOpen } from '../../../src/base/seating.ts'
import type { Session } from '../../../src/schedule/session.ts'
import { Sign, statusWord, takesEntries } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { texts } from '../../text/index.ts'
import { dayText, monthText, weekdayName } from '../../text/when.ts'
import type { View } from './view.ts'

/** The number of sessions a day shows; the others are folded. */
const SHOWN = 4

function Event({ frame, session }: { frame: PageContext; session: Session }) {
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
      </a>
    </li>
  )
}

function Day(props: View & { date: CivilDate; coming: boolean }) {
  const { frame, date, today, month } = props
  const t = texts(frame.locale)
  const sessions = props.sessions.filter((session) => calendarDay(session) === date)
  const closure = props.closures.get(date)
  const outside = monthOf(date) !== month
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
      <p class="day">
        <time datetime={date}>
          <span class="day-short num">{String(Number(date.slice(8)))}</span>
          <span class="day-long">{dayText(frame.locale, date)}</span>
        </time>
        {date === today && <span class="day-today">{t.today}</span>}
        {closure && <span class="day-shut">{closure[frame.locale]}</span>}
      </p>
      {sessions.length > 0 && (
        <ul>
          {sessions.slice(0, SHOWN).map((session) => (
            <Event frame={frame} session={session} />
          ))}
        </ul>
      )}
      {sessions.length > SHOWN && (
        <details class="ev-more">
          <summary>{t.calendar.more(sessions.length - SHOWN)}</summary>
          <ul>
            {sessions.slice(SHOWN).map((session) => (
              <Event frame={frame} session={session} />
            ))}
          </ul>
        </details>
      )}
    </td>
  )
}

/** A month as a grid of days. */
export function MonthGrid(props: View) {
  const { frame, weeks, month, today } = props
  const t = texts(frame.locale)
  // On a phone past days are left out of the list, but only if the month has days ahead.
  const coming = props.sessions.some(({ date }) => date !== null && date >= today && monthOf(date) === month)
  return (
    <table class="month">
      <caption class="sr">{monthText(frame.locale, props.month)}</caption>
      <thead>
        <tr>
          {t.weekdays.map((name, i) => (
            <th scope="col" class={`d${i}`}>
              <abbr title={name}>{weekdayName(frame.locale, i)}</abbr>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr>
            {week.map((date) => (
              <Day {...props} date={date} coming={coming} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
