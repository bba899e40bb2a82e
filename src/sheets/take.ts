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

/**
 * Why a file is not read. `too_large`: more than 300 kB or 1,000 rows a sheet. `locked`: it has a password. `blank`: it is
 * empty. `unreadable`: neither text nor .xlsx.
 */
export type NotTakenWhy = 'too_large' | 'unreadable' | 'locked' | 'blank'

/** A file that is not read. */
export class NotTaken extends Error {
  readonly why: NotTakenWhy
  constructor(why: NotTakenWhy) {
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
  if (bytes.length === 0) throw new NotTaken('blank')
  if (beginsWith(bytes, COMPOUND)) throw new NotTaken(isLocked(bytes) ? 'locked' : 'unreadable')
  if (beginsWith(bytes, PDF)) throw new NotTaken('unreadable')
  const sheets = isZip(bytes) ? await ofWorkbook(bytes) : [{ name, rows: ofText(decoded(bytes), name), hidden: false }]
  if (sheets.some((sheet) => sheet.rows.length > MOST_ROWS)) throw new NotTaken('too_large')
  return sheets
}

const beginsWith = (bytes: Uint8Array, magic: readonly number[]) => magic.every((byte, i) => bytes[i] === byte)

const isZip = (bytes: Uint8Array) => beginsWith(bytes, [0x50, 0x4b])

/** The container of old Office files, and of new ones with a password ([MS-CFB] 2.2). */
const COMPOUND = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]
const PDF = [0x25, 0x50, 0x44, 0x46, 0x2d]

/** Whether a container holds a workbook with a password: the stream of [MS-OFFCRYPTO] 2.3.4.4. */
function isLocked(bytes: Uint8Array): boolean {
  return new TextDecoder('utf-16le').decode(bytes.subarray(0, bytes.length & ~1)).includes('EncryptedPackage')
}

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
    rows: withMerged(
      sheet,
      sheet.rows.map((row, r) => row.map((cell, c) => struck(sheet, r, c, cellOf(cell)))),
    ),
    hidden: (sheet.hidden ?? false) || (sheet.veryHidden ?? false),
  }))
}

/** A cell that is merged over several rows stands in each of them. One over several columns stands once. */
function withMerged({ merges = [] }: Sheet, rows: string[][]): string[][] {
  for (const { startRow, startCol, endRow } of merges) {
    const text = rows[startRow]?.[startCol] ?? ''
    for (const row of text === '' ? [] : rows.slice(startRow + 1, endRow + 1)) {
      while (row.length <= startCol) row.push('')
      row[startCol] = text
    }
  }
  return rows
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
