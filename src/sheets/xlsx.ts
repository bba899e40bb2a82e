import { type CellValue, type ColumnDef, colToLetter, writeXlsx, writeXlsxStream } from 'hucre/xlsx'
import { withoutForbidden } from '../base/input.ts'
import { type Cell, type Column, type Sheet, streamOf } from './sheet.ts'

/** The number format of each column type. `@` keeps a text that looks like a number as text. */
const FORMATS: Record<Column['holds'], string | null> = {
  text: '@',
  number: null,
  day: 'yyyy-mm-dd',
  time: 'hh:mm',
  moment: 'yyyy-mm-dd hh:mm',
}

const HOURS_IN_JAPAN = 9 * 3_600_000

/** A time `HH:MM` as the fraction of a day, as workbooks store it. */
function timeValue(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return (hours * 60 + minutes) / 1440
}

/** A cell as the workbook stores it. Workbooks have no time zones, so days and times are those of Japan. */
function cellValue(cell: Cell): CellValue {
  if (typeof cell === 'string') return withoutForbidden(cell)
  if (cell === null || typeof cell !== 'object') return cell
  if ('time' in cell) return timeValue(cell.time)
  if ('day' in cell) return new Date(`${cell.day}T00:00:00Z`)
  return new Date(Math.floor(Date.parse(cell.at) / 60_000) * 60_000 + HOURS_IN_JAPAN)
}

async function* rowsOf({ pages }: Sheet): AsyncGenerator<CellValue[]> {
  for await (const rows of pages) for (const row of rows) yield row.map(cellValue)
}

/** The most rows of a workbook that is made as a whole. */
const WHOLE = 5000

const FROZEN = { rows: 1 }

/** A workbook made as a whole, with bold heads and a filter over all columns. */
function wholeWorkbook(
  { name, columns: given }: Sheet,
  columns: ColumnDef[],
  rows: CellValue[][],
): Promise<Uint8Array> {
  const bold = { font: { bold: true } }
  const heads = given.map(({ head }) => head)
  const cells = new Map(heads.map((value, i) => [`0,${i}`, { value, style: bold }]))
  const range = `A1:${colToLetter(heads.length - 1)}${rows.length + 1}`
  const sheet = { name, columns, rows: [heads, ...rows], cells, autoFilter: { range }, freezePane: FROZEN }
  return writeXlsx({ sheets: [sheet] })
}

async function* workbook(sheet: Sheet): AsyncGenerator<Uint8Array> {
  const columns = sheet.columns.map(({ head, holds }) => {
    const numFmt = FORMATS[holds]
    return { width: Math.max(12, head.length * 2 + 2), ...(numFmt !== null && { numFmt }) }
  })
  const all = rowsOf(sheet)
  const first: CellValue[][] = []
  while (first.length <= WHOLE) {
    const { done, value } = await all.next()
    if (done) {
      yield wholeWorkbook(sheet, columns, first)
      return
    }
    first.push(value)
  }
  async function* rows() {
    yield* first
    yield* all
  }
  const named = columns.map((column, i) => ({ ...column, header: sheet.columns[i]?.head ?? '' }))
  yield* writeXlsxStream(rows(), { name: sheet.name, columns: named, freezePane: FROZEN })
}

/**
 * A sheet as a workbook (Office Open XML). No cell becomes a formula. Up to 5,000 rows its heads are bold and have a
 * filter. A longer one is written while its rows are read, and has neither.
 */
export function xlsxStream(sheet: Sheet): ReadableStream<Uint8Array> {
  return streamOf(workbook(sheet))
}
