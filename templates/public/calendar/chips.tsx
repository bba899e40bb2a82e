import { href, prefectureName } from '../../kit.tsx'
import { type Texts, texts } from '../../text/index.ts'
import { monthText } from '../../text/when.ts'
import { AlertLink } from '../alerts.tsx'
import type { Filter } from '../filter.tsx'
import { query, sundayOf, type View } from './view.ts'

/** The name of the one series that is shown, if any of its sessions is. */
function seriesName(t: Texts, { frame, sessions, undated }: View): string {
  return [...sessions, ...undated][0]?.title[frame.locale] ?? t.filter.series
}

function chips(t: Texts, view: View): { name: string; without: keyof Filter }[] {
  const { prefecture, kind, format, series, status, q } = view.filter
  return [
    ...(prefecture ? [{ name: prefectureName(view.frame.locale, prefecture), without: 'prefecture' as const }] : []),
    ...(kind === 'consultation' || kind === 'seminar' ? [{ name: t.kind[kind], without: 'kind' as const }] : []),
    ...(format !== undefined && format in t.format
      ? [{ name: t.format[format as keyof Texts['format']], without: 'format' as const }]
      : []),
    ...(series ? [{ name: seriesName(t, view), without: 'series' as const }] : []),
    ...(q ? [{ name: t.filter.quoted(q), without: 'q' as const }] : []),
    ...(status ? [{ name: t.filter.free, without: 'status' as const }] : []),
  ]
}

/** The chosen filters. Each is a link that removes it. */
export function Chips({ view }: { view: View }) {
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

/** Suggestions if no session of the month, week or list passes the filter. */
export function Empty({ view }: { view: View }) {
  const t = texts(view.frame.locale)
  const sunday = sundayOf(view)
  const { empty, emptyWeek, emptyAhead } = t.calendar
  return (
    <div class="card empty">
      <p>{{ month: empty, list: empty, week: emptyWeek, ahead: emptyAhead }[view.view]}</p>
      <ul class="ways">
        {sunday !== undefined && view.weeksAround.next !== null && (
          <li>
            <a href={href('/calendar', query(view, { week: view.weeksAround.next }))}>{t.calendar.emptyNextWeek}</a>
          </li>
        )}
        {(view.view === 'month' || view.view === 'list') && view.months.next !== null && (
          <li>
            <a href={href('/calendar', query(view, { month: view.months.next }))}>
              {t.calendar.emptyNext(monthText(view.frame.locale, view.months.next))}
            </a>
          </li>
        )}
        {chips(t, view).length > 0 && (
          <li>
            <a href={href('/calendar', query({ ...view, filter: {} }))}>{t.filter.clear}</a>
          </li>
        )}
        {view.filter.format !== 'online' && (
          <li>
            <a href={href('/calendar', { view: 'list', format: 'online' })}>{t.calendar.emptyOnline}</a>
          </li>
        )}
        <li>
          <AlertLink frame={view.frame} prefecture={view.filter.prefecture} />
        </li>
        <li>
          <a href="/desks">{t.calendar.emptyDesks}</a>
        </li>
      </ul>
    </div>
  )
}
