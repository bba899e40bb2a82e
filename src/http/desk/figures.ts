import { type Context, Hono } from 'hono'
import { ExportPage, LostPage, ProgressPage } from '../../../templates/desk/figures/export.tsx'
import { FiguresPage } from '../../../templates/desk/figures/page.tsx'
import { ReportPage, reportSheet } from '../../../templates/desk/figures/report.tsx'
import { ledgerSheet } from '../../../templates/desk/ledger-sheet.ts'
import { many } from '../../../templates/fields.tsx'
import { page } from '../../../templates/layout.tsx'
import { figuresTexts } from '../../../templates/text/figures.ts'
import { isProven, requireFreshProof } from '../../base/actor.ts'
import { type Faults, faultsOf } from '../../base/input.ts'
import {
  addMonths,
  type CivilDate,
  civilDate,
  daysBetween,
  fiscalYear,
  fiscalYearDays,
  isMonth,
  monthOf,
} from '../../base/japan/civil.ts'
import { readDate } from '../../base/japan/read-date.ts'
import { NotFound } from '../../base/outcome.ts'
import { KINDS } from '../../base/vocabulary.ts'
import { consultationFigures } from '../../figures/consultations.ts'
import { mayExport, requireExporter } from '../../figures/exports/exporter.ts'
import { exportLedger, type Rows } from '../../figures/exports/ledger.ts'
import { exportById } from '../../figures/exports/list.ts'
import { questionsOfExport } from '../../figures/exports/questions.ts'
import { askForExport } from '../../figures/exports/request.ts'
import { countLedger, type ExportFormat, ExportInput, LONG_EXPORT, ledgerPages } from '../../figures/exports/rows.ts'
import { exportAsked } from '../../figures/exports/run.ts'
import { figures } from '../../figures/queries.ts'
import { reportFromJournal } from '../../figures/replay.ts'
import { monthlyReport, type Report } from '../../figures/report.ts'
import { monthsAround, scheduleSpan } from '../../schedule/span.ts'
import type { Sheet } from '../../sheets/sheet.ts'
import { seeOther } from '../answer.ts'
import type { Env } from '../env.ts'
import { known, readablePrefecture, requireKnown } from '../filter.ts'
import { formValues, oneOf, type Values } from '../forms.ts'
import { showsForm } from '../look.ts'
import { openSearch } from '../search.ts'
import { deskView, foreignChoice } from './view.ts'

const TYPES: Record<ExportFormat, string> = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
  sjis: 'text/csv; charset=shift_jis',
}

/** The end of a file's name. The two encodings of CSV look alike. */
const ENDINGS: Record<ExportFormat, string> = { xlsx: '.xlsx', csv: '-utf8.csv', sjis: '-shift_jis.csv' }

/** The bytes of a sheet. The writers load at the first export, not at the start. */
async function streamOf(sheet: Sheet, format: ExportFormat): Promise<ReadableStream<Uint8Array>> {
  if (format === 'xlsx') return (await import('../../sheets/xlsx.ts')).xlsxStream(sheet)
  const { csvStream } = await import('../../sheets/csv.ts')
  return csvStream(sheet, format === 'csv' ? 'utf-8' : 'shift_jis')
}

/** A sheet as a download, sent while its rows are read. */
async function file(
  c: Context<Env>,
  sheet: Sheet,
  format: ExportFormat,
  { name, local = null }: { name: string; local?: string | null },
): Promise<Response> {
  const stream = await streamOf(sheet, format)
  const also = local === null ? '' : `; filename*=UTF-8''${encodeURIComponent(`${local}${ENDINGS[format]}`)}`
  return c.body(stream, 200, {
    'Content-Type': TYPES[format],
    'Content-Disposition': `attachment; filename="${name}${ENDINGS[format]}"${also}`,
  })
}

async function ledgerFile(c: Context<Env>, { wanted, rows, pages, questions }: Rows): Promise<Response> {
  const { from, to, ids, format } = wanted
  const now = c.var.ctx.clock.now()
  const { locale } = c.var.ctx
  const day = civilDate(now)
  const name = ids
    ? { name: `ledger-${rows}-selected-${day}`, local: figuresTexts(locale).export.fileTicked(rows, day) }
    : { name: `ledger-${from}-${to}` }
  return file(c, ledgerSheet(locale, now, pages, questions, ids ? rows : null), format, name)
}

/** The longest period of figures, in days. */
const MOST_DAYS = 5 * 366

/**
 * The request in the address. A period that is not valid is `bad` and is replaced by the programme's year up to today.
 */
function asked(c: Context<Env>, today: CivilDate) {
  const query = c.req.query()
  const [first, last] = fiscalYearDays(fiscalYear(today))
  const usual = { from: first, to: today }
  const given = { ...usual, ...query }
  const [from, to] = [readDate(given.from, today) ?? '', readDate(given.to, today) ?? '']
  const can = from !== '' && to !== '' && from <= to && to < '2200' && daysBetween(from, to) <= MOST_DAYS
  return {
    bad: !can,
    // The export also contains bookings to come.
    until: can && query.to !== undefined ? to : last,
    asked: {
      ...(can ? { from, to } : usual),
      prefecture: readablePrefecture(c, query.prefecture) ?? null,
      kind: known(KINDS, query.kind) ?? null,
    },
  }
}

/** The lines of a report that differ from the other report. */
function differing(report: Report, other: Report): Report['lines'] {
  const keyed = (of: Report) => new Map(of.lines.map((line) => [`${line.prefecture} ${line.kind}`, line]))
  const [here, there] = [keyed(report), keyed(other)]
  const keys = [...new Set([...here.keys(), ...there.keys()])].toSorted()
  return keys.flatMap((key) => {
    const line = here.get(key) ?? there.get(key)
    return line && JSON.stringify(here.get(key)) !== JSON.stringify(there.get(key)) ? [line] : []
  })
}

/** `/desk/figures` and its report, for staff who read at least one prefecture. Without personal data. */
const readingRoutes = new Hono<Env>()
  .get('/figures', async (c) => {
    const { ctx } = c.var
    requireKnown(c, 'from', 'to', 'prefecture', 'kind')
    const { bad, asked: scope, until } = asked(c, civilDate(ctx.clock.now()))
    const counted = {
      from: scope.from,
      to: scope.to,
      prefectures: scope.prefecture === null ? undefined : [scope.prefecture],
      kind: scope.kind ?? undefined,
    }
    const found = await figures(ctx, counted)
    const consultations = await consultationFigures(ctx, counted)
    const view = { ...deskView(c), asked: scope, until, bad, found, consultations, mayExport: mayExport(ctx.actor) }
    return c.html(page(FiguresPage(view)))
  })
  .get('/figures/report', async (c) => {
    const { ctx } = c.var
    requireKnown(c, 'month', 'as', 'compare')
    const query = c.req.query()
    const thisMonth = monthOf(civilDate(ctx.clock.now()))
    const month = query.month || addMonths(thisMonth, -1)
    if (!isMonth(month) || month > '2199-12') throw new NotFound('month')
    const as = known(['csv', 'sjis'], query.as)
    const isCompared = known(['1'], query.compare) === '1'
    const report = await monthlyReport(ctx, month)
    if (as !== undefined) {
      return file(c, reportSheet(ctx.locale, report), as, { name: `report-${month}` })
    }
    const compared = isCompared ? differing(report, await reportFromJournal(ctx, month)) : null
    const { prev } = monthsAround(await scheduleSpan(ctx, civilDate(ctx.clock.now())), month)
    return c.html(page(ReportPage({ ...deskView(c), report, before: prev, differing: compared })))
  })

/** The faults of a request for an export. */
function faultsOfExport(c: Context<Env>, values: Values): Faults {
  const parsed = ExportInput.safeParse(values)
  return { ...(!parsed.success && faultsOf(parsed.error)), ...foreignChoice(c, 'prefecture', values.prefecture) }
}

/** `/desk/exports`: the ledger as a file, for the desk and the secretariat. */
const exportRoutes = new Hono<Env>()
  .post('/', async (c) => {
    const { ctx } = c.var
    requireExporter(ctx.actor)
    const values = await formValues(c)
    const parsed = ExportInput.safeParse(values)
    const sealed = oneOf(values, 's')
    const text = sealed === '' ? undefined : ((await openSearch(ctx, sealed)) ?? undefined)
    // A search that cannot be opened any more must not export everything.
    const errors = faultsOfExport(c, values)
    const faulty = (sealed !== '' && text === undefined) || Object.keys(errors).length > 0
    const shows = c.req.query('step') === 'page' || showsForm(c)
    if (shows || faulty || !parsed.success) {
      const names = ['from', 'to', 'prefecture', 'kind', 'status', 'channel', 'way', 'support', 'format', 's'] as const
      const typed = Object.fromEntries(names.map((name) => [name, oneOf(values, name)])) as Record<
        (typeof names)[number],
        string
      >
      const ids = many(values, 'ids')
      const view = { ...deskView(c), values: { ...typed, ids }, errors, faulty, proven: isProven(ctx) }
      return c.html(page(ExportPage(view)), faulty ? 422 : 200)
    }
    requireFreshProof(ctx)
    const wanted = parsed.data
    if (wanted.format === 'sjis' && oneOf(values, 'anyway') !== '1') {
      const { lostIn } = await import('../../sheets/shift-jis.ts')
      const lost = await lostIn(
        ledgerSheet(
          ctx.locale,
          ctx.clock.now(),
          ledgerPages(ctx, { ...wanted, text }),
          await questionsOfExport(ctx, { ...wanted, text }),
        ),
      )
      if (lost.cells > 0) return c.html(page(LostPage({ ...deskView(c), wanted, sealed, ...lost })))
    }
    // The page of a long export would keep what was searched for in the journal.
    if (text === undefined && (await countLedger(ctx, wanted)) > LONG_EXPORT) {
      const done = await askForExport(ctx, values)
      if (done.ok) return seeOther(c, `/desk/exports/${done.export}`)
    }
    const done = await exportLedger(ctx, wanted, text)
    if (!done.ok) throw new Error(`what was read is ${done.why}`)
    return ledgerFile(c, done)
  })
  .get('/:id', async (c) => {
    const { ctx } = c.var
    requireExporter(ctx.actor)
    const long = await exportById(ctx, c.req.param('id'))
    if (!long) throw new NotFound('export')
    const moves = long.state === 'asked' || long.state === 'sending'
    const reloads = moves && c.req.query('still') !== '1'
    // Works without a script, like <meta http-equiv="refresh">.
    if (reloads) c.header('Refresh', `3; url=/desk/exports/${encodeURIComponent(long.id)}?reload=1`)
    return c.html(page(ProgressPage({ ...deskView(c), long, reloads: moves ? reloads : null })))
  })
  .post('/:id/file', async (c) => ledgerFile(c, await exportAsked(c.var.ctx, c.req.param('id'))))

/** Figures, reports and exports. */
export const figuresRoutes = new Hono<Env>().route('/', readingRoutes).route('/exports', exportRoutes)
