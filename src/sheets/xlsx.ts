import { type CellValue, writeXlsxStream } from 'hucre/xlsx'
import { withoutForbidden } from '../base/input.ts'
import type { Cell, Column, Sheet } from './sheet.ts'

/** The number format of each column type. `@` keeps a text that looks like a number as text. */
const FORMATS: Record<Column['holds'], string | null> = {
  text: '@',
  number: null,
  day: 'yyyy-mm-dd',
  moment: 'yyyy-mm-dd hh:mm',
}

const HOURS_IN_JAPAN = 9 * 3_600_000

/** A cell as the workbook stores it. Workbooks have no time zones, so days and times are those of Japan. */
function cellValue(cell: Cell): CellValue {
  if (typeof cell === 'string') return withoutForbidden(cell)
  if (cell === null || typeof cell !== 'object') return cell
  if ('day' in cell) return new Date(`${cell.day}T00:00:00Z`)
  return new Date(Math.floor(Date.parse(cell.at) / 60_000) * 60_000 + HOURS_IN_JAPAN)
}

async function* rowsOf({ pages }: Sheet): AsyncGenerator<CellValue[]> {
  for await (const rows of pages) for (const row of rows) yield row.map(cellValue)
}

/** A sheet as a workbook (Office Open XML), written while its rows are read. No cell becomes a formula. */
export function xlsxStream(sheet: Sheet): ReadableStream<Uint8Array> {
  const columns = sheet.columns.map(({ head, holds }) => {
    const numFmt = FORMATS[holds]
    return { header: head, width: Math.max(12, head.length * 2 + 2), ...(numFmt !== null && { numFmt }) }
  })
  return writeXlsxStream(rowsOf(sheet), { name: sheet.name, columns, freezePane: { rows: 1 } })
}
