import { addMonths, civilDate, monthOf } from '../../../src/base/japan/civil.ts'
import type { Locale } from '../../../src/base/locale.ts'
import { BECAME, FORMATS } from '../../../src/base/vocabulary.ts'
import type { Report, ReportLine } from '../../../src/figures/report.ts'
import type { Cell, Sheet } from '../../../src/sheets/sheet.ts'
import { href, Notice, Pager, PrintButton, prefectureName } from '../../kit.tsx'
import type { PageContext } from '../../layout.tsx'
import { figuresTexts } from '../../text/figures.ts'
import { texts } from '../../text/index.ts'
import { momentText, monthText } from '../../text/when.ts'
import { Console } from '../console.tsx'
import type { DeskView } from '../view.ts'

/** The columns of the report: first the words, then the numbers. The page and its file share them. */
function columns(locale: Locale): {
  words: [head: string, cell: (line: ReportLine) => string][]
  numbers: [head: string, cell: (line: ReportLine) => number][]
} {
  const t = texts(locale)
  const c = figuresTexts(locale).report.columns
  return {
    words: [
      [c.code, (line) => line.prefecture],
      [c.prefecture, (line) => prefectureName(locale, line.prefecture)],
      [c.kind, (line) => t.kind[line.kind]],
    ],
    numbers: [
      [c.held, (line) => line.held],
      [c.ahead, (line) => line.ahead],
      [c.unsettled, (line) => line.unsettled],
      [c.called_off, (line) => line.called_off],
      [c.postponed, (line) => line.postponed],
      [c.elsewhere, (line) => line.elsewhere],
      [c.capacity, (line) => line.capacity],
      [c.made, (line) => line.outcomes.made.bookings],
      [c.attended, (line) => line.outcomes.attended.bookings],
      [c.people, (line) => line.outcomes.attended.people],
      ...BECAME.filter((became) => became !== 'attended').map((became): [string, (line: ReportLine) => number] => [
        c.became[became],
        (line) => line.outcomes[became].bookings,
      ]),
      ...FORMATS.flatMap((format): [string, (line: ReportLine) => number][] => [
        [c.format_made(t.format[format]), (line) => line.formats[format].made.bookings],
        [c.format_people(t.format[format]), (line) => line.formats[format].attended.people],
      ]),
    ],
  }
}

/** The report as a sheet in a language. */
export function reportSheet(locale: Locale, report: Report): Sheet {
  const { words, numbers } = columns(locale)
  const rows = report.lines.map((line): Cell[] => [...words, ...numbers].map(([, cell]) => cell(line)))
  return {
    name: figuresTexts(locale).report.title,
    columns: [
      ...words.map(([head]) => ({ head, holds: 'text' as const })),
      ...numbers.map(([head]) => ({ head, holds: 'number' as const })),
    ],
    pages: (async function* () {
      yield rows
    })(),
  }
}

function ReportTable({ frame, report }: { frame: PageContext; report: Report }) {
  const f = figuresTexts(frame.locale)
  const { words, numbers } = columns(frame.locale)
  const title = f.report.heading(monthText(frame.locale, report.month))
  return (
    <section class="scroll" tabindex={0} aria-label={title}>
      <table class="list numbers report">
        <thead>
          <tr>
            {[...words, ...numbers].map(([head]) => (
              <th scope="col">{head}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {report.lines.map((line) => (
            <tr>
              {words.map(([, cell]) => (
                <td>{cell(line)}</td>
              ))}
              {numbers.map(([, cell]) => (
                <td class="num">{String(cell(line))}</td>
              ))}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" colspan={words.length}>
              {f.report.all}
            </th>
            {numbers.map(([, cell]) => (
              <td class="num">{String(report.lines.reduce((sum, line) => sum + cell(line), 0))}</td>
            ))}
          </tr>
        </tfoot>
      </table>
    </section>
  )
}

/** Says whether the report agrees with the journal, or which of its lines do not. */
function Compared({ frame, differing }: { frame: PageContext; differing: readonly ReportLine[] }) {
  const f = figuresTexts(frame.locale).report
  const t = texts(frame.locale)
  if (differing.length === 0) return <Notice what={f.agrees} tone="done" />
  const names = differing.map((line) => `${prefectureName(frame.locale, line.prefecture)} ${t.kind[line.kind]}`)
  return <Notice what={f.differs(names.join(frame.locale === 'ja' ? '、' : ', '))} tone="stop" alert />
}

/** The ministry's report for a month, to print. `differing` is given if it was compared with the journal. */
export function ReportPage(
  props: DeskView & {
    report: Report
    /** The month before, null if nothing of the schedule is there. */
    before: string | null
    differing: ReportLine[] | null
  },
) {
  const { frame, staff, report, before, differing } = props
  const { month } = report
  const f = figuresTexts(frame.locale)
  const title = f.report.heading(monthText(frame.locale, month))
  const to = (query: Record<string, string>) => href('/desk/figures/report', query)
  const after = addMonths(month, 1)
  const isLast = month >= monthOf(civilDate(frame.now))
  return (
    <Console frame={frame} staff={staff} title={title} nav="figures">
      <div class="report-sheet">
        <div class="head">
          <h1>{title}</h1>
          <span class="soft">{f.report.made_on(momentText(frame.locale, frame.now))}</span>
        </div>
        <p>{f.report.lead}</p>
        <Pager
          label={f.report.pager}
          links={[
            ...(before === null
              ? []
              : [{ text: monthText(frame.locale, before), href: to({ month: before }), rel: 'prev' as const }]),
            ...(isLast
              ? []
              : [{ text: monthText(frame.locale, after), href: to({ month: after }), rel: 'next' as const }]),
          ]}
        />
        {differing !== null && <Compared frame={frame} differing={differing} />}
        {report.lines.length === 0 ? (
          <p class="card empty">{f.report.empty}</p>
        ) : (
          <>
            <p class="swipe soft small">{f.report.swipe}</p>
            <ReportTable frame={frame} report={report} />
            <ul class="report-notes soft small">
              {f.report.notes.map((note) => (
                <li>{note}</li>
              ))}
            </ul>
          </>
        )}
        <p class="report-ways">
          <a class="btn quiet" href={to({ month, as: 'csv' })}>
            {f.report.csv}
          </a>
          <a class="btn quiet" href={to({ month, as: 'sjis' })}>
            {f.report.sjis}
          </a>
          <a class="btn quiet" href={to({ month, compare: '1' })}>
            {f.report.compare}
          </a>
          <PrintButton frame={frame} />
        </p>
      </div>
    </Console>
  )
}
