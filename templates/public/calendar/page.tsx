import { monthOf } from '../../../src/base/japan/civil.ts'
import { href, Pager, PrintButton, prefectureName } from '../../kit.tsx'
import { Layout, type PageContext } from '../../layout.tsx'
import { type Texts, texts } from '../../text/index.ts'
import { monthName, monthText } from '../../text/when.ts'
import { FilterForm } from '../filter.tsx'
import { Chips, Empty } from './chips.tsx'
import { List, Rows } from './list.tsx'
import { MonthGrid } from './month.tsx'
import { query, type View } from './view.ts'

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

/** The name of a month, with its year if that is not the current one. */
function shortMonth(frame: PageContext, from: string, month: string): string {
  if (from.slice(0, 4) !== month.slice(0, 4)) return monthText(frame.locale, month)
  return monthName(frame.locale, Number(month.slice(5)))
}

/** A month of sessions as a grid or a list, with a filter. */
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
