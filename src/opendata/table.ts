import type { Instant } from '../base/clock.ts'
import { withoutForbidden } from '../base/input.ts'
import { plainPhone } from '../base/japan/phone.ts'
import { openCsv } from '../sheets/csv.ts'

/** A cell of an open file: a text, a number, or null for what is unknown. */
export type OpenCell = string | number | null

/** A column of an open file: its name, what it holds, and how it is read from a row. */
export type OpenColumn<Row> = {
  name: string
  holds: 'text' | 'number' | 'date' | 'time'
  required: boolean
  of: (row: Row) => OpenCell
}

/** The columns of a row, and what JSON says of it besides. */
export type OpenRow = { cells: OpenCell[]; id: string; updated_at?: Instant }

/** The characters with which a spreadsheet begins a formula, and the same in full width. */
const FORMULA: Readonly<Record<string, string>> = { '=': '＝', '+': '＋', '-': '－', '@': '＠' }

/** A text on one line that no spreadsheet takes for a formula. Null if it is empty. */
function openText(text: string | null | undefined): string | null {
  const line = withoutForbidden(text ?? '')
    .replace(/\s+/g, ' ')
    .trim()
  const [first = ''] = line
  return line === '' ? null : (FORMULA[first] ?? first) + line.slice(first.length)
}

/** A telephone number in digits and hyphens that begins with 0, without its extension. Null if there is none. */
export function openPhone(text: string | null | undefined): string | null {
  return plainPhone(text ?? '')?.number ?? null
}

/** The digits of the extension (内線) of a telephone number. Null if there is none. */
export function openExtension(text: string | null | undefined): string | null {
  return plainPhone(text ?? '')?.extension ?? null
}

/** The cells of a row, in the order of the columns. */
export function cellsOf<Row>(columns: readonly OpenColumn<Row>[], row: Row): OpenCell[] {
  return columns.map(({ holds, of }) => {
    const cell = of(row)
    return typeof cell === 'string' && holds === 'text' ? openText(cell) : cell
  })
}

/** A file of CSV (RFC 4180): UTF-8 with a byte order mark, CRLF, one header line. All rows have as many cells. */
export function csvFile(names: readonly string[], rows: readonly OpenRow[]): string {
  return openCsv([names, ...rows.map(({ cells }) => cells)])
}

/** A file of JSON: an array of objects with the names of the columns, `id` and `updated_at`. */
export function jsonFile(names: readonly string[], rows: readonly OpenRow[]): string {
  const objects = rows.map(({ cells, id, updated_at }) =>
    JSON.stringify({ ...Object.fromEntries(names.map((name, i) => [name, cells[i] ?? null])), id, updated_at }),
  )
  return `[\n${objects.join(',\n')}\n]\n`
}
