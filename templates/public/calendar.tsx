import { type CivilDate, civilTime, monthOf, weekday } from '../../src/base/japan/civil.ts'
import { prefectureByCode } from '../../src/base/japan/prefecture.ts'
import type { Both, Session } from '../../src/schedule/session.ts'
import { href, Pager, PrintButton, prefectureName, SessionRow, Sign, statusWord } from '../kit.tsx'
import { type Frame, Layout } from '../layout.tsx'
import { type Texts, texts } from '../text/index.ts'
import { dayText, monthName, monthText, weekdayName } from '../text/when.ts'
import { type Filter, FilterForm } from './filter.tsx'

type View = {
  frame: Frame
  view: 'month' | 'list'
  /** `YYYY-MM`. */
  month: string
  months: { prev: string | null; next: string | null }
  weeks: CivilDate[][]
  today: CivilDate
  filter: Filter
  /** Of the days of the grid, in order. */
  sessions: Session[]
  undated: Session[]
  closures: ReadonlyMap<CivilDate, Both>
}

/** More than this a day folds away. */
const SHOWN = 4

function Event({ frame, session }: { frame: Frame; session: Session }) {
  const t = texts(frame.locale)
  const { status, remaining, starts_at } = session
  const place = prefectureByCode(session.prefecture)
  const open = status === 'open' || status === 'few'
  return (
    <li>
      <a class={`ev is-${status}`} href={`/sessions/${session.id}`}>
        <b>{frame.locale === 'ja' ? place?.short : place?.en}</b>{' '}
        {session.kind === 'seminar' && <span>{t.kind.seminar} </span>}
        {starts_at !== null && <span class="num">{civilTime(starts_at)} </span>}
        <span class="ev-mark">
          <Sign of={status} />
          {open && remaining !== null ? t.leftShort(remaining) : statusWord(t, session)}
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
  const sessions = props.sessions.filter((session) => session.date === date)
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

function MonthGrid(props: View) {
  const { frame, weeks, month, today } = props
  const t = texts(frame.locale)
  // Days gone by are left out of a phone's list, but only while there is something ahead to show in their place.
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

function Rows({ frame, sessions, level }: { frame: Frame; sessions: Session[]; level: 'h2' | 'h3' }) {
  return (
    <ol class="card rows">
      {sessions.map((session) => (
        <SessionRow frame={frame} session={session} level={level} />
      ))}
    </ol>
  )
}

function List({ frame, sessions, today }: { frame: Frame; sessions: Session[]; today: CivilDate }) {
  const t = texts(frame.locale)
  const past = sessions.filter((session) => session.date !== null && session.date < today)
  const coming = sessions.filter((session) => session.date !== null && session.date >= today)
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

function query(view: View, change: Record<string, string | undefined> = {}): Record<string, string | undefined> {
  const shown = view.view === 'list' ? 'list' : undefined
  return { month: view.month, view: shown, ...view.filter, ...change }
}

function chips(t: Texts, view: View): { name: string; without: keyof Filter }[] {
  const { prefecture, kind, format, status } = view.filter
  return [
    ...(prefecture ? [{ name: prefectureName(view.frame.locale, prefecture), without: 'prefecture' as const }] : []),
    ...(kind === 'consultation' || kind === 'seminar' ? [{ name: t.kind[kind], without: 'kind' as const }] : []),
    ...(format !== undefined && format in t.format
      ? [{ name: t.format[format as keyof Texts['format']], without: 'format' as const }]
      : []),
    ...(status ? [{ name: t.filter.free, without: 'status' as const }] : []),
  ]
}

function Chips({ view }: { view: View }) {
  const t = texts(view.frame.locale)
  const active = chips(t, view)
  if (active.length === 0) return null
  return (
    <ul class="chips" aria-label={t.filter.active}>
      {active.map((chip) => (
        <li>
          <a class="chip on" href={href('/calendar', query(view, { [chip.without]: undefined }))}>
            {chip.name}
            <span aria-hidden="true">×</span>
            <span class="sr">{t.filter.remove}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

function Empty({ view }: { view: View }) {
  const t = texts(view.frame.locale)
  return (
    <div class="card empty">
      <p>{t.calendar.empty}</p>
      <ul class="ways">
        {view.months.next !== null && (
          <li>
            <a href={href('/calendar', query(view, { month: view.months.next }))}>
              {t.calendar.emptyNext(monthText(view.frame.locale, view.months.next))}
            </a>
          </li>
        )}
        {chips(t, view).length > 0 && (
          <li>
            <a href={href('/calendar', { month: view.month, view: view.view === 'list' ? 'list' : undefined })}>
              {t.filter.clear}
            </a>
          </li>
        )}
        {view.filter.format !== 'online' && (
          <li>
            <a href={href('/calendar', { month: view.month, format: 'online' })}>{t.calendar.emptyOnline}</a>
          </li>
        )}
        <li>
          <a href="/desks">{t.calendar.emptyDesks}</a>
        </li>
      </ul>
    </div>
  )
}

function heading(t: Texts, view: View): string {
  const { kind, prefecture } = view.filter
  const month = monthText(view.frame.locale, view.month)
  const named = { seminar: t.calendar.seminars, consultation: t.calendar.consultations }
  const title = (kind === 'seminar' || kind === 'consultation' ? named[kind] : t.calendar.title)(month)
  if (!prefecture) return title
  const place = prefectureName(view.frame.locale, prefecture)
  return view.frame.locale === 'ja' ? `${place} ${title}` : `${place}: ${title}`
}

function OtherView({ view }: { view: View }) {
  const t = texts(view.frame.locale)
  const other = view.view === 'list' ? 'month' : 'list'
  return (
    <a class="chip" href={href('/calendar', query(view, { view: other === 'list' ? 'list' : undefined }))}>
      {t.calendar[other]}
    </a>
  )
}

/** The name of a month, with its year where that is another. */
function shortMonth(frame: Frame, from: string, month: string): string {
  if (from.slice(0, 4) !== month.slice(0, 4)) return monthText(frame.locale, month)
  return monthName(frame.locale, Number(month.slice(5)))
}

/** A month of sessions as a grid or a list, narrowed down by a filter. */
export function Calendar(view: View) {
  const { frame, month, months, today, filter } = view
  const t = texts(frame.locale)
  const here = view.sessions.filter((session) => session.date !== null && monthOf(session.date) === month)
  const { prefecture, kind, format } = filter
  const around = [
    ...(months.prev === null ? [] : [{ month: months.prev, rel: 'prev' as const }]),
    ...(month === monthOf(today) ? [] : [{ month: monthOf(today), text: t.calendar.thisMonth }]),
    ...(months.next === null ? [] : [{ month: months.next, rel: 'next' as const }]),
  ]
  return (
    <Layout frame={frame} title={heading(t, view)} nav={kind === 'seminar' ? 'seminar' : 'calendar'}>
      <h1>{heading(t, view)}</h1>
      <FilterForm
        frame={frame}
        action="/calendar"
        filter={filter}
        submit={t.filter.submit}
        keep={{ month, ...(view.view === 'list' ? { view: 'list' } : {}) }}
        free
      />
      <Chips view={view} />
      <div class="switches">
        <Pager
          label={t.calendar.months}
          links={around.map((one) => ({
            href: href('/calendar', query(view, { month: one.month })),
            text: 'text' in one ? one.text : shortMonth(frame, month, one.month),
            ...('rel' in one ? { rel: one.rel } : {}),
          }))}
        />
        <OtherView view={view} />
      </div>
      {here.length === 0 && <Empty view={view} />}
      {view.view === 'month' && <MonthGrid {...view} />}
      {view.view === 'list' && here.length > 0 && <List frame={frame} sessions={here} today={today} />}
      {view.undated.length > 0 && (
        <section aria-labelledby="undated">
          <h2 id="undated">{t.calendar.undated}</h2>
          <p class="soft">{t.calendar.undatedText}</p>
          <Rows frame={frame} sessions={view.undated} level="h3" />
        </section>
      )}
      <div class="feed-line">
        <p>
          <a href={href('/subscribe', { prefecture, kind, format })}>{t.calendar.subscribe}</a>
        </p>
        <p>
          <a href={href('/calendar.ics', { prefecture, kind, format, lang: frame.locale === 'en' ? 'en' : undefined })}>
            {t.calendar.feed}
          </a>
        </p>
        <PrintButton frame={frame} />
      </div>
    </Layout>
  )
}
