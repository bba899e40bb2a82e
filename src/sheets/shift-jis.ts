import Encoding from 'encoding-japanese'
import { type Cell, cellText, type Sheet } from './sheet.ts'

/** Written for a character that Shift_JIS does not have: 〓 (GETA MARK), as Japanese printers do. */
const GETA = '〓'

function encoded(text: string): number[] | null {
  try {
    return Encoding.convert(Encoding.stringToCode(text), {
      from: 'UNICODE',
      to: 'SJIS',
      type: 'array',
      fallback: 'error',
    })
  } catch {
    return null
  }
}

const seen = new Map<string, number[] | null>()

/** The bytes of one character in cp932, or null if it has none. */
function bytesOf(character: string): number[] | null {
  const known = seen.get(character)
  if (known !== undefined) return known
  const bytes = encoded(character)
  seen.set(character, bytes)
  return bytes
}

/** A text in Shift_JIS as Windows reads it (cp932), with 〓 for characters that it does not have. */
export function sjisBytes(text: string): Uint8Array {
  const whole = encoded(text)
  if (whole) return Uint8Array.from(whole)
  return Uint8Array.from(Array.from(text).flatMap((character) => bytesOf(character) ?? bytesOf(GETA) ?? []))
}

const decoder = new TextDecoder('shift_jis')

/** A text with its first character as Shift_JIS reads it back: − becomes －, with which a formula may begin. */
export function withReadLead(text: string): string {
  const [first = ''] = text
  return first > '~' ? decoder.decode(sjisBytes(first)) + text.slice(first.length) : text
}

/** The characters of a text that Shift_JIS (cp932) does not have, each once. */
export function uncarried(text: string): string[] {
  const lost = new Set<string>()
  for (const character of text) {
    if (character > '~' && bytesOf(character) === null) lost.add(character)
  }
  return [...lost]
}

/** The loss in one cell: the first cell of its row, the head of its column, the characters. */
export type Lost = { row: string; column: string; characters: string[] }

/** The most losses that are listed; further ones are only counted. */
const LISTED = 200

/** The cells of one row that would lose characters in Shift_JIS. */
function lostOf({ columns }: Sheet, row: Cell[]): Lost[] {
  return row.flatMap((cell, i) => {
    const characters = typeof cell === 'string' ? uncarried(cell) : []
    if (characters.length === 0) return []
    return [{ row: cellText(row[0] ?? null), column: columns[i]?.head ?? '', characters }]
  })
}

/** What a sheet would lose in Shift_JIS: the number of cells, and the first 200 of them. Reads every page once. */
export async function lostIn(sheet: Sheet): Promise<{ cells: number; listed: Lost[] }> {
  let cells = 0
  const listed: Lost[] = []
  for await (const rows of sheet.pages) {
    const lost = rows.flatMap((row) => lostOf(sheet, row))
    cells += lost.length
    listed.push(...lost.slice(0, LISTED - listed.length))
  }
  return { cells, listed }
}
