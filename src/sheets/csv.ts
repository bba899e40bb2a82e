import { stringify } from 'csv-stringify/sync'
import { withoutForbidden } from '../base/input.ts'
import { type Cell, cellText, type Sheet, streamOf } from './sheet.ts'
import { sjisBytes, withReadLead } from './shift-jis.ts'

/** CSV by RFC 4180. A text that a spreadsheet would take for a formula gets an apostrophe in front. */
function csvText(rows: Cell[][], read: (text: string) => string): string {
  const texts = (cell: Cell) => (typeof cell === 'number' ? cell : read(withoutForbidden(cellText(cell))))
  const cells = rows.map((row) => row.map(texts))
  return stringify(cells, { record_delimiter: 'windows', quoted_match: /[\r\n]/, escape_formulas: true })
}

async function* csvPages(
  { columns, pages }: Sheet,
  read: (text: string) => string = (text) => text,
): AsyncGenerator<string> {
  yield csvText([columns.map((column) => column.head)], read)
  for await (const rows of pages) yield csvText(rows, read)
}

async function* inUtf8(sheet: Sheet): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder()
  yield encoder.encode('\uFEFF')
  for await (const text of csvPages(sheet)) yield encoder.encode(text)
}

async function* inShiftJis(sheet: Sheet): AsyncGenerator<Uint8Array> {
  for await (const text of csvPages(sheet, withReadLead)) yield sjisBytes(text)
}

/**
 * A sheet as CSV: UTF-8 with a byte order mark, or Shift_JIS (cp932). Shift_JIS writes 〓 for characters that it does
 * not have; `lostIn` lists them.
 */
export function csvStream(sheet: Sheet, encoding: 'utf-8' | 'shift_jis'): ReadableStream<Uint8Array> {
  return streamOf(encoding === 'utf-8' ? inUtf8(sheet) : inShiftJis(sheet))
}

/** A whole file of CSV by RFC 4180 for programs: UTF-8 with a byte order mark. No cell gets an apostrophe in front. */
export function openCsv(rows: readonly (readonly (string | number | null)[])[]): string {
  return `\uFEFF${stringify(
    rows.map((row) => [...row]),
    { record_delimiter: 'windows' },
  )}`
}
