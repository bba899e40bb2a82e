import type { ConsultationFigures } from '../../../src/figures/consultations.ts'
import type { ExportFilter } from '../../../src/figures/exports/rows.ts'
import type { Days, Figures, Part, Waits } from '../../../src/figures/queries.ts'
import { Options } from '../../fields.tsx'
import { Facts, Notice, prefectureName } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { deskTexts } from '../../text/desk.ts'
import { figuresTexts } from '../../text/figures.ts'
import { texts } from '../../text/index.ts'
import { dateText, monthName, monthText } from '../../text/when.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'
import { BarChart, ColumnChart, type Point, TileMap } from './charts.tsx'
import { ExportForm, PrefectureChoice } from './export.tsx'

/** The filter of the figures. null means everything that the account may read. */
export type Asked = Pick<ExportFilter, 'from' | 'to' | 'prefecture' | 'kind'>

function FilterForm({ frame, staff, asked }: DeskView & { asked: Asked }) {
  const t = texts(frame.locale)
  const f = figuresTexts(frame.locale).filter
  return (
    <form class="filter figures-filter" method="get" action="/desk/figures" aria-label={f.label}>
      <div class="filter-field">
        <label for="from">{f.from}</label>
        <input id="from" name="from" type="date" value={asked.from} />
      </div>
      <div class="filter-field">
        <label for="to">{f.to}</label>
        <input id="to" name="to" type="date" value={asked.to} />
      </div>
      <div class="filter-field">
        <label for="prefecture">{f.prefecture}</label>
        <select id="prefecture" name="prefecture">
          <PrefectureChoice frame={frame} staff={staff} every={f.every} chosen={asked.prefecture} />
        </select>
      </div>
      <div class="filter-field">
        <label for="kind">{f.kind}</label>
        <select id="kind" name="kind">
          <option value="">{f.every}</option>
          <Options names={t.kind} chosen={asked.kind ?? undefined} />
        </select>
      </div>
      <button class="btn" type="submit">
        {f.submit}
      </button>
    </form>
  )
}

const DAYS = [
  'held',
  'ahead',
  'unsettled',
  'called_off',
  'postponed',
  'skipped',
  'elsewhere',
] as const satisfies (keyof Days)[]
const WAITS = ['joined', 'offered', 'accepted', 'promoted'] as const satisfies (keyof Waits)[]

function Summary(props: { frame: PageContext; found: Figures; consultations: ConsultationFigures }) {
  const { frame, found, consultations } = props
  const f = figuresTexts(frame.locale)
  const names = { made: f.made, unrecorded: f.unrecorded, ...texts(frame.locale).statuses }
  const { days, room, outcomes, waits } = found
  const tallies = Object.entries(outcomes) as [keyof typeof outcomes, (typeof outcomes)['made']][]
  return (
    <section aria-labelledby="summary">
      <h2 id="summary">{f.summary}</h2>
      <div class="figures-grid figures-sums">
        <div class="card">
          <h3>{f.sessions}</h3>
          <Facts rows={DAYS.map((how): [string, string] => [f.days[how], f.count(days[how])])} />
        </div>
        <div class="card">
          <h3>{f.outcomes}</h3>
          <Facts
            rows={tallies.map(([state, tally]): [string, string] => [
              names[state],
              f.tally(tally.bookings, tally.people),
            ])}
          />
        </div>
        <div class="card">
          <h3>{f.room}</h3>
          <p>{f.roomText(room.used, room.offered)}</p>
          {room.unlimited > 0 && <p class="soft small">{f.unlimited(room.unlimited)}</p>}
          <h3>{f.consultations.title}</h3>
          <p>{f.consultations.text(consultations.records, consultations.minutes)}</p>
          <h3>{f.waits.title}</h3>
          <Facts rows={WAITS.map((step): [string, string] => [f.waits[step], f.waits.text(waits[step])])} />
          <p class="soft small">{f.waits.which}</p>
        </div>
      </div>
    </section>
  )
}

const pointsOf = (parts: readonly Part[], label: (key: string) => string): Point[] =>
  parts.map(({ key, outcomes }) => ({
    key,
    label: label(key),
    value: outcomes.made.bookings,
    more: [outcomes.made.people, outcomes.attended.people],
  }))

function Charts({ frame, found }: { frame: PageContext; found: Figures }) {
  const t = texts(frame.locale)
  const f = figuresTexts(frame.locale)
  const { by, lead } = found
  const named = (names: Readonly<Record<string, string>>) => (key: string) => names[key] ?? key
  const heads = [f.charts.bookings, f.charts.people, f.charts.attended]
  const industry = (key: string) => (key === '' ? f.unanswered : `${key} ${named(t.industries)(key)}`)
  const months = pointsOf(by.month, (month) => monthText(frame.locale, month)).map((point, i) => {
    const [year = '', month = ''] = point.key.split('-')
    const tick = monthName(frame.locale, Number(month))
    return i === 0 || month === '01' ? { ...point, tick, under: year } : { ...point, tick }
  })
  const leads = Object.entries(lead.bands).map(([key, value]) => ({ key, label: named(f.lead_time.bands)(key), value }))
  const bars: [id: keyof Figures['by'], points: Point[]][] = [
    ['industry', pointsOf(by.industry, industry)],
    ['size', pointsOf(by.size, named(f.size))],
    ['format', pointsOf(by.format, named(t.format))],
    ['channel', pointsOf(by.channel, named(deskTexts(frame.locale).channel))],
  ]
  return (
    <div class="figures-grid">
      <section class="card figures-wide" aria-labelledby="by-month">
        <h2 id="by-month">{f.charts.month}</h2>
        <ColumnChart t={f} id="month" title={f.charts.month} points={months} heads={heads} />
      </section>
      <section class="card figures-wide" aria-labelledby="by-prefecture">
        <h2 id="by-prefecture">{f.charts.prefecture}</h2>
        <TileMap
          t={f}
          id="prefecture-map"
          locale={frame.locale}
          title={f.charts.prefecture}
          points={pointsOf(by.prefecture, (code) => prefectureName(frame.locale, code))}
          heads={heads}
        />
      </section>
      {bars.map(([id, points]) => (
        <section class="card" aria-labelledby={`by-${id}`}>
          <h2 id={`by-${id}`}>{f.charts[id]}</h2>
          <BarChart t={f} id={`${id}-chart`} title={f.charts[id]} points={points} heads={heads} />
        </section>
      ))}
      <section class="card" aria-labelledby="by-lead">
        <h2 id="by-lead">{f.lead_time.title}</h2>
        <p>{f.lead_time.median(lead.median)}</p>
        <BarChart t={f} id="lead-chart" title={f.lead_time.title} points={leads} heads={[f.charts.bookings]} />
      </section>
    </div>
  )
}

/** The figures of a period, with charts and links to reports. People who may export the ledger get that form too. */
export function FiguresPage(
  props: DeskView & {
    asked: Asked
    /** The last day that the form of the export proposes. */
    until: string
    bad: boolean
    found: Figures
    consultations: ConsultationFigures
    mayExport: boolean
  },
) {
  const { frame, staff, asked, found } = props
  const f = figuresTexts(frame.locale)
  return (
    <Console frame={frame} staff={staff} title={f.title} nav="figures">
      <div class="head">
        <h1>{f.title}</h1>
        <span class="ways">
          <a class="btn quiet" href="/desk/survey">
            {deskTexts(frame.locale).survey.title}
          </a>
          <a class="btn quiet" href="/desk/figures/report">
            {f.report.link}
          </a>
        </span>
      </div>
      <p>{f.lead}</p>
      {props.bad && <Notice what={f.filter.bad} tone="warn" />}
      <FilterForm frame={frame} staff={staff} asked={asked} />
      <p class="figures-period">
        <b>{f.period(dateText(frame.locale, asked.from), dateText(frame.locale, asked.to))}</b>
      </p>
      <Summary frame={frame} found={found} consultations={props.consultations} />
      {found.outcomes.made.bookings === 0 ? (
        <p class="card empty">{f.empty}</p>
      ) : (
        <Charts frame={frame} found={found} />
      )}
      <section class="card" aria-labelledby="export">
        <h2 id="export">{f.export.title}</h2>
        {props.mayExport ? (
          <ExportForm
            frame={frame}
            staff={staff}
            values={{ ...asked, to: props.until, format: 'xlsx', status: null }}
          />
        ) : (
          <p>{f.export.viewer}</p>
        )}
      </section>
    </Console>
  )
}
