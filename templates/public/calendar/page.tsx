import { monthOf } from '../../../src/base/japan/civil.ts'
import type { Session } from '../../../src/schedule/session.ts'
import { href, Pager, PrintButton, prefectureName } from '../../kit.tsx'
import { Layout, type PageContext } from '../../layout.tsx'
import { type Texts, texts } from '../../text/index.ts'
import { dayText, monthName, monthText } from '../../text/when.ts'
import { FilterForm } from '../filter.tsx'
import { Chips, Empty } from './chips.tsx'
import { List, Months, Rows } from './list.tsx'
import { MonthGrid } from './month.tsx'
import { query, type View } from './view.ts'

function heading(t: Texts, view: View): string {
  const { kind, prefecture } = view.filter
  const named = { seminar: t.calendar.seminars, consultation: t.calendar.consultations, all: t.calendar.title }
  const ahead = {
    seminar: t.calendar.aheadSeminars,
    consultation: t.calendar.aheadConsultations,
    all: t.calendar.ahead,
  }
  const of = kind === 'seminar' || kind === 'consultation' ? kind : 'all'
  const title = view.view === 'ahead' ? ahead[of] : named[of](monthText(view.frame.locale, view.month))
  if (!prefecture) return title
  const place = prefectureName(view.frame.locale, prefecture)
  return view.frame.locale === 'ja' ? `${place} ${title}` : `${place}: ${title}`
}

function OtherView({ view }: { view: View }) {
  const t = texts(view.frame.locale)
  const other = view.view === 'month' ? 'list' : 'month'
  // A list of this month would begin with the days that are over.
  const month = other === 'list' && view.month === monthOf(view.today) ? undefined : view.month
  return (
    <a class="chip" href={href('/calendar', query(view, { month, view: other === 'list' ? 'list' : undefined }))}>
      {t.calendar[other]}
    </a>
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

/** A month of sessions as a grid or a list, or what is ahead as a list, with a filter. */
export function Calendar(view: View) {
  const { frame, month, months, today, filter } = view
  const t = texts(frame.locale)
  const ahead = view.view === 'ahead'
  const here = view.sessions.filter(({ date }) => date !== null && (ahead || monthOf(date) === month))
  const { prefecture, kind, format, series } = filter
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
        keep={{
          ...(series && { series }),
          ...(ahead ? {} : { month }),
          ...(view.view === 'month' ? {} : { view: 'list' }),
        }}
        free
        search
      />
      <Chips view={view} />
      <NextFree frame={frame} next={view.bookable?.next} />
      <div class="switches">
        {!ahead && (
          <Pager
            label={t.calendar.months}
            links={around.map((one) => ({
              href: href('/calendar', query(view, { month: one.month })),
              text: 'text' in one ? one.text : shortMonth(frame, month, one.month),
              ...('rel' in one ? { rel: one.rel } : {}),
            }))}
          />
        )}
        <OtherView view={view} />
      </div>
      {here.length === 0 && !(ahead && view.undated.length > 0) && <Empty view={view} />}
      {here.length > 0 && view.nearest.length > 0 && <p>{t.calendar.over}</p>}
      {view.nearest.length > 0 && <Nearest frame={frame} sessions={view.nearest} />}
      {view.view === 'month' && <MonthGrid {...view} />}
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
