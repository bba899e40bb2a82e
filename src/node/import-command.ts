import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { civilDate, isCivilDate } from '../base/japan/civil.ts'
import { readSheets } from '../intake/read-sheets.ts'
import type { NoticeRecord, Problem, Reading } from '../notices/record.ts'
import { NotTaken } from '../sheets/take.ts'

/** The lines of the usage. */
export const IMPORT_USAGE = `  import    FILE|- --dry-run [--today DATE] [--json]
                             read a published schedule (text, .csv, .xlsx) and print what it says; nothing is taken in
`

const WHY: Record<NotTaken['why'], string> = {
  too_large: 'The file is too large: at most 300 kB and 1,000 rows are read.',
  unreadable: 'The file is neither text (UTF-8, Shift_JIS) nor .xlsx.',
}

/**
 * Reads a notice from a file or, with `-`, from standard input. Returns its reading as JSON or in lines. Sheets that are
 * hidden in their workbook are not read; their names are among what stayed unread. Throws refusals in words.
 */
export async function importCommand(args: string[], now: string): Promise<string> {
  const options = { today: { type: 'string' }, 'dry-run': { type: 'boolean' }, json: { type: 'boolean' } } as const
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const [file] = positionals
  const today = values.today ?? civilDate(now)
  if (file === undefined || !values['dry-run'] || !isCivilDate(today)) throw new Error(IMPORT_USAGE)
  const reading = await readFile(file, today)
  return values.json ? JSON.stringify(reading, null, 2) : inLines(reading)
}

function readFile(file: string, today: string): Promise<Reading> {
  return readSheets(readFileSync(file === '-' ? 0 : file), file, today).catch((error: unknown) => {
    throw error instanceof NotTaken ? new Error(WHY[error.why]) : error
  })
}

function inLines({ records, unread }: Reading): string {
  return [...records.map(ofRecord), ...unread.map((text) => `unread: ${text}`)].join('\n')
}

function ofRecord(record: NoticeRecord): string {
  const hours = record.times ? `${record.times.start}-${record.times.end ?? ''}` : ''
  const said = [
    record.prefecture ?? '--',
    record.kind,
    record.dates.join(' '),
    record.rule ?? '',
    hours,
    (record.formats ?? []).join('+'),
    record.capacity ?? '',
    record.place ?? '',
  ]
  const lines = said.filter((part) => part !== '').join(' | ')
  return [lines, `  printed: ${record.printed.replaceAll('\n', ' ')}`, ...record.problems.map(ofProblem)].join('\n')
}

function ofProblem({ code, printed, computed, date, proposals }: Problem): string {
  const is = computed ? ` is ${computed}` : ''
  return `  ${code}: ${date ?? ''} ${printed}${is}; may be ${proposals.join(', ') || '-'}`
}
