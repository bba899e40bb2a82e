import { parseCsv } from 'hucre/csv'
import { type CellValue, readXlsx, type Sheet } from 'hucre/xlsx'

/** A table or a text that was handed in: rows of cells as a person sees them. A text has one cell a line. */
export type Taken = {
  name: string
  rows: string[][]
  /** The sheet was hidden in its workbook. */
  hidden: boolean
}

/** A file of more bytes than this is refused. */
const LARGEST_TAKEN = 300_000
/** A sheet of more rows than this is refused. */
const MOST_ROWS = 1_000

/** A file that is not read: larger than 300 kB or 1,000 rows a sheet, or neither text nor .xlsx. */
export class NotTaken extends Error {
  readonly why: 'too_large' | 'unreadable'
  constructor(why: 'too_large' | 'unreadable') {
    super(why)
    this.why = why
  }
}

/**
 * Reads a pasted or handed-in text, .csv (UTF-8 with or without BOM, or Shift_JIS) or .xlsx. `name` decides only whether a
 * text is CSV. Throws NotTaken.
 */
export async function taken(bytes: Uint8Array, name: string): Promise<Taken[]> {
  if (bytes.length > LARGEST_TAKEN) throw new NotTaken('too_large')
  const sheets = isZip(bytes) ? await ofWorkbook(bytes) : [{ name, rows: ofText(decoded(bytes), name), hidden: false }]
  if (sheets.some((sheet) => sheet.rows.length > MOST_ROWS)) throw new NotTaken('too_large')
  return sheets
}

const isZip = (bytes: Uint8Array) => bytes[0] === 0x50 && bytes[1] === 0x4b

function decoded(bytes: Uint8Array): string {
  for (const encoding of ['utf-8', 'shift_jis']) {
    try {
      return new TextDecoder(encoding, { fatal: true }).decode(bytes)
    } catch {
      // The next encoding is tried.
    }
  }
  throw new NotTaken('unreadable')
}

function ofText(text: string, name: string): string[][] {
  if (/\.csv$/i.test(name)) return parseCsv(text).map((row) => row.map(cellOf))
  return text.split(/\r\n|\r|\n/).map((line) => line.split('\t'))
}

async function ofWorkbook(bytes: Uint8Array): Promise<Taken[]> {
  const { sheets } = await readXlsx(bytes, { readStyles: true }).catch(() => {
    throw new NotTaken('unreadable')
  })
  return sheets.map((sheet) => ({
    name: sheet.name,
    rows: sheet.rows.map((row, r) => row.map((cell, c) => struck(sheet, r, c, cellOf(cell)))),
    hidden: (sheet.hidden ?? false) || (sheet.veryHidden ?? false),
  }))
}

/** What is struck out was called off. */
function struck(sheet: Sheet, row: number, column: number, text: string): string {
  const font = sheet.cells?.get(`${row},${column}`)?.style?.font
  return font?.strikethrough && text !== '' ? `${text}【中止】` : text
}

/** Excel counts a time of day from the last day of 1899. */
const DAY_ZERO = Date.UTC(1900, 0, 1)

function cellOf(cell: CellValue): string {
  if (cell === null || cell === undefined) return ''
  if (!(cell instanceof Date)) return String(cell)
  const text = cell.toISOString()
  if (cell.getTime() < DAY_ZERO) return text.slice(11, 16)
  const date = `${Number(text.slice(0, 4))}年${Number(text.slice(5, 7))}月${Number(text.slice(8, 10))}日`
  return text.slice(11, 16) === '00:00' ? date : `${date} ${text.slice(11, 16)}`
}
