import { type CivilDate, monthOf, weekOf } from '../../../src/base/japan/civil.ts'
import type { Session } from '../../../src/schedule/session.ts'
import { href, Pager, PrintButton, prefectureName } from '../../kit.tsx'
import { Layout, type PageContext } from '../../layout.tsx'
import { type Texts, texts } from '../../text/index.ts'
import { dayText, monthName, monthText, weekText } from '../../text/when.ts'
import { AlertLink } from '../alerts.tsx'
import { FilterForm } from '../filter.tsx'
import { RememberButton } from '../prefecture.tsx'
import { Chips, Empty } from './chips.tsx'
import { List, Months, Rows } from './list.tsx'
import { MonthGrid } from './month.tsx'
import { query, sundayOf, type View } from './view.ts'

function heading(t: Texts, view: View): string {
  const { kind, prefecture } = view.filter
  const named = { seminar: t.calendar.seminars, consultation: t.calendar.consultations, all: t.calendar.title }
  const ahead = {
    seminar: t.calendar.aheadSeminars,
    consultation: t.calendar.aheadConsultations,
    all: t.calendar.ahead,
  }
  const of = kind === 'seminar' || kind === 'consultation' ? kind : 'all'
  const sunday = sundayOf(view)
  const title =
    view.view === 'ahead'
      ? ahead[of]
      : sunday
        ? t.calendar.ofWeek[of](weekText(view.frame.locale, sunday))
        : named[of](monthText(view.frame.locale, view.month))
  if (!prefecture) return title
  const place = prefectureName(view.frame.locale, prefecture)
  return view.frame.locale === 'ja' ? `${place} ${title}` : `${place}: ${title}`
}

/** The links to the same sessions in the other views. */
function OtherViews({ view }: { view: View }) {
  const t = texts(view.frame.locale)
  const { month, today } = view
  const sunday = sundayOf(view)
  const isNow = sunday ? weekOf(sunday).includes(today) : month === monthOf(today)
  const ways = {
    month: { view: undefined, month: sunday && isNow ? monthOf(today) : month, week: undefined },
    week: { view: 'week', month: undefined, week: isNow ? undefined : `${month}-01` },
    // A list of this month would begin with the days that are over.
    list: { view: 'list', month: isNow ? undefined : month, week: undefined },
  }
  const shown = view.view === 'ahead' ? 'list' : view.view
  return (
    <nav class="pager" aria-label={t.calendar.views}>
      {(['month', 'week', 'list'] as const)
        .filter((way) => way !== shown)
        .map((way) => (
          <a class="chip" href={href('/calendar', query(view, ways[way]))}>
            {t.calendar[way]}
          </a>
        ))}
    </nav>
  )
}

/** The links to the weeks around the one that begins on a Sunday. */
function Weeks({ view, sunday }: { view: View; sunday: CivilDate }) {
  const t = texts(view.frame.locale)
  const to = (week: CivilDate | undefined) => href('/calendar', query(view, { week }))
  const isNow = weekOf(sunday).includes(view.today)
  const { prev, next } = view.weeksAround
  return (
    <Pager
      label={t.calendar.weeks}
      links={[
        ...(prev === null ? [] : [{ href: to(prev), text: t.calendar.prevWeek, rel: 'prev' as const }]),
        ...(isNow ? [] : [{ href: to(undefined), text: t.calendar.thisWeek }]),
        ...(next === null ? [] : [{ href: to(next), text: t.calendar.nextWeek, rel: 'next' as const }]),
      ]}
    />
  )
}

/** The name of a month, with its year if that is not the current one. */
function shortMonth(frame: PageContext, from: string, month: string): string {
  if (from.slice(0, 4) !== month.slice(0, 4)) return monthText(frame.locale, month)
  return monthName(frame.locale, Number(month.slice(5)))
}

/** The nearest sessions to book, if nothing shown is ahead. */
function Nearest({ frame, sessions }: { frame: PageContext; sessions: Session[] }) {
  return (
    <section aria-labelledby="nearest">
      <h2 id="nearest">{texts(frame.locale).calendar.nearest}</h2>
      <Rows frame={frame} sessions={sessions} level="h3" />
    </section>
  )
}

/** The next free day of the prefecture. */
function NextFree({ frame, next }: { frame: PageContext; next: Session | null | undefined }) {
  if (!next?.date) return null
  const t = texts(frame.locale)
  return (
    <p class="next-free">
      {t.calendar.nextFree}{' '}
      <a href={`/sessions/${next.id}`}>
        <strong>{dayText(frame.locale, next.date)}</strong>
      </a>
    </p>
  )
}

/** Sessions of other prefectures that people may attend on the web. */
function FromAnywhere({ frame, sessions }: { frame: PageContext; sessions: Session[] }) {
  const t = texts(frame.locale)
  if (sessions.length === 0) return null
  return (
    <section aria-labelledby="web">
      <h2 id="web">{t.calendar.web}</h2>
      <p class="soft">{t.calendar.webText}</p>
      <Rows frame={frame} sessions={sessions} level="h3" />
      <p class="after">
        <a href="/calendar?view=list&format=online">{t.calendar.emptyOnline}</a>
      </p>
    </section>
  )
}

/** The links to the following and the first page of a list. */
function Pages({ view }: { view: View }) {
  const t = texts(view.frame.locale)
  if (!view.next && !view.after) return null
  return (
    <p class="after">
      {view.after && (
        <a class="btn quiet" href={href('/calendar', query(view))}>
          {t.calendar.first}
        </a>
      )}
      {view.next && (
        <a class="btn quiet" rel="next" href={href('/calendar', query(view, { after: view.next }))}>
          {t.calendar.following}
        </a>
      )}
    </p>
  )
}

/** The links to the months around the one that is shown. */
function MonthsAround({ view }: { view: View }) {
  const { frame, month, months, today } = view
  const t = texts(frame.locale)
  const around = [
    ...(months.prev === null ? [] : [{ month: months.prev, rel: 'prev' as const }]),
    ...(month === monthOf(today) ? [] : [{ month: monthOf(today), text: t.calendar.thisMonth }]),
    ...(months.next === null ? [] : [{ month: months.next, rel: 'next' as const }]),
  ]
  return (
    <Pager
      label={t.calendar.months}
      links={around.map((one) => ({
        href: href('/calendar', query(view, { month: one.month })),
        text: 'text' in one ? one.text : shortMonth(frame, month, one.month),
        ...('rel' in one ? { rel: one.rel } : {}),
      }))}
    />
  )
}

/** The links to what is before and after, and to the other views. */
function Switches({ view }: { view: View }) {
  const sunday = sundayOf(view)
  return (
    <div class="switches">
      {sunday && <Weeks view={view} sunday={sunday} />}
      {(view.view === 'month' || view.view === 'list') && <MonthsAround view={view} />}
      <OtherViews view={view} />
    </div>
  )
}

/** The sessions of the days that are asked for. A month as a grid also has days of the months beside it. */
function own({ view, month, sessions }: View): Session[] {
  const whole = view === 'ahead' || view === 'week'
  return sessions.filter(({ date }) => date !== null && (whole || monthOf(date) === month))
}

/** The hidden fields by which a search stays in the same view. */
function kept(view: View): Record<string, string> {
  const { month, week, view: shown, series } = query(view)
  const fields = Object.entries({ month, week, view: shown, series })
  return Object.fromEntries(fields.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])))
}

/** A month or week as a grid, or a month or what is ahead as a list, with a filter. */
export function Calendar(view: View) {
  const { frame, today, filter } = view
  const t = texts(frame.locale)
  const ahead = view.view === 'ahead'
  const inGrid = view.view === 'month' || view.view === 'week'
  const here = own(view)
  const { prefecture, kind, format } = filter
  return (
    <Layout frame={frame} title={heading(t, view)} nav={kind === 'seminar' ? 'seminar' : 'calendar'}>
      <h1>{heading(t, view)}</h1>
      <FilterForm
        frame={frame}
        action="/calendar"
        filter={filter}
        submit={t.filter.submit}
        keep={kept(view)}
        free
        search
      />
      <Chips view={view} />
      <NextFree frame={frame} next={view.bookable?.next} />
      <Switches view={view} />
      {here.length === 0 && !(ahead && view.undated.length > 0) && <Empty view={view} />}
      {here.length > 0 && view.nearest.length > 0 && (
        <p>{view.view === 'week' ? t.calendar.overWeek : t.calendar.over}</p>
      )}
      {view.nearest.length > 0 && <Nearest frame={frame} sessions={view.nearest} />}
      {inGrid && <MonthGrid {...view} />}
      {view.view === 'list' && here.length > 0 && <List frame={frame} sessions={here} today={today} />}
      {ahead && <Months frame={frame} sessions={here} />}
      <Pages view={view} />
      <FromAnywhere frame={frame} sessions={view.bookable?.web ?? []} />
      {view.undated.length > 0 && (
        <section aria-labelledby="undated">
          <h2 id="undated">{t.calendar.undated}</h2>
          <p class="soft">{t.calendar.undatedText}</p>
          <Rows frame={frame} sessions={view.undated} level="h3" />
        </section>
      )}
      <div class="feed-line">
        {kind === 'seminar' && (
          <p>
            <a href="/archive">{t.outline.archiveLink}</a>
          </p>
        )}
        <p>
          <AlertLink frame={frame} prefecture={prefecture} />
        </p>
        <p>
          <a href={href('/subscribe', { prefecture, kind, format })}>{t.calendar.subscribe}</a>
        </p>
        <p>
          <a href={href('/calendar.ics', { prefecture, kind, format, lang: frame.locale === 'en' ? 'en' : undefined })}>
            {t.calendar.feed}
          </a>
        </p>
        {prefecture && <RememberButton frame={frame} prefecture={prefecture} />}
        <PrintButton frame={frame} />
      </div>
    </Layout>
  )
}
