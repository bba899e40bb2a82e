import { type CellValue, type ColumnDef, colToLetter, writeXlsxStream } from 'hucre/xlsx'
import { withoutForbidden } from '../base/input.ts'
import { type Cell, type Column, type Sheet, streamOf } from './sheet.ts'
import { withFilter } from './xlsx-filter.ts'

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

async function* workbook(sheet: Sheet): AsyncGenerator<Uint8Array> {
  const columns = sheet.columns.map(({ head, holds }): ColumnDef => {
    const numFmt = FORMATS[holds]
    const width = Math.max(12, head.length * 2 + 2)
    return { header: head, width, style: { font: { bold: true } }, ...(numFmt !== null && { numFmt }) }
  })
  let last = 1
  async function* rows() {
    // The heads are written before the first row is asked for. Only they are bold.
    for (const column of columns) delete column.style
    for await (const row of rowsOf(sheet)) {
      last++
      yield row
    }
  }
  const options = { name: sheet.name, columns, freezePane: { rows: 1 }, compress: false }
  yield* withFilter(writeXlsxStream(rows(), options), () => `A1:${colToLetter(columns.length - 1)}${last}`)
}

/**
 * A sheet as a workbook (Office Open XML), written while its rows are read. Its heads are bold and have a filter. No
 * cell becomes a formula.
 */
export function xlsxStream(sheet: Sheet): ReadableStream<Uint8Array> {
  return streamOf(workbook(sheet))
}
