import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { civilDate, isCivilDate } from '../base/japan/civil.ts'
import { isPrefectureCode } from '../base/japan/prefecture.ts'
import type { Ctx } from '../context.ts'
import type { Fate, RowLook } from '../intake/look.ts'
import type { Change } from '../intake/match.ts'
import type { MadeIds } from '../intake/queries.ts'
import { readSheets } from '../intake/read-sheets.ts'
import { takeInClear } from '../intake/take-in-clear.ts'
import type { Told } from '../intake/told.ts'
import type { NoticeRecord, Problem, Reading } from '../notices/record.ts'
import type { Clash } from '../schedule/clashes.ts'
import { NotTaken, type NotTakenWhy } from '../sheets/take.ts'

/** The lines of the usage. */
export const IMPORT_USAGE = `  import    FILE|- [--desk DESK] [--prefecture 08] [--beside TEXT] [--today DATE] [--json]
                             take in what a published schedule (text, .csv, .xlsx) says plainly; a second run changes nothing.
                             Prints what was taken in, what was left out and why, and what was not read.
                             --desk: holds all new rows; --prefecture: of rows that print none.
                             Exits 0 if nothing is left to do, 3 if rows or sessions are left to a person
                             (/desk/import), 1 if it was refused: then nothing was taken in
  import    FILE|- --dry-run [--today DATE] [--json]
                             print what it says; nothing is taken in, and no database is read
`

const WHY: Record<NotTakenWhy, string> = {
  too_large: 'The file is too large: at most 300 kB and 1,000 rows are read.',
  unreadable: 'The file is neither text (UTF-8, Shift_JIS) nor .xlsx.',
  locked: 'The file has a password. Save a copy without one.',
  blank: 'The file is empty.',
}

const REFUSED = {
  unread: 'No row with a date was found.',
  many: 'There are more than 300 rows. Split the file.',
  changed: 'Something else changed at the same time. Run it again.',
  no_programme: 'A row has no date, and no fiscal year is open today. Open it: madoguchi programme add YEAR',
} as const

/** What an import printed, and whether nothing is left to a person. */
export type Imported = { said: string; isWhole: boolean }

function given(args: string[], now: string) {
  const text = { type: 'string' } as const
  const flag = { type: 'boolean' } as const
  const options = { today: text, desk: text, prefecture: text, beside: text, 'dry-run': flag, json: flag } as const
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options })
  const [file, ...more] = positionals
  const today = values.today ?? civilDate(now)
  const isKnown = values.prefecture === undefined || isPrefectureCode(values.prefecture)
  if (file === undefined || more.length > 0 || !isCivilDate(today) || !isKnown) throw new Error(IMPORT_USAGE)
  return { ...values, file, today }
}

/** Whether an import only reads: then it needs no database. */
export function isDryRun(args: readonly string[]): boolean {
  return args.includes('--dry-run')
}

/**
 * Reads a notice from a file or, with `-`, from standard input. Returns its reading as JSON or in lines. Sheets that are
 * hidden in their workbook are not read; their names are among what stayed unread. Throws refusals in words.
 */
export async function importCommand(args: string[], now: string): Promise<string> {
  const { file, today, json } = given(args, now)
  const reading = await readFile(file, today)
  return json ? JSON.stringify(reading, null, 2) : inLines(reading)
}

/**
 * Takes in what a notice says plainly, in one commit. Returns what became of each row, as JSON or in lines. Idempotent.
 * Throws refusals in words.
 */
export async function takeInCommand(ctx: Ctx, args: string[]): Promise<Imported> {
  const { file, today, json, desk, prefecture, beside } = given(args, ctx.clock.now())
  const reading = await readFile(file, today)
  const forAll = { name: file === '-' ? '' : basename(file), ...(desk && { desk }), ...(prefecture && { prefecture }) }
  const done = await takeInClear(ctx, reading, forAll, { beside })
  if (!done.ok) throw new Error(done.why === 'invalid' ? clashText(done.clashes) : REFUSED[done.why])
  const { id, look, ofRow } = done
  const rows = look.rows.map((row, i) => rowReport(row, i + 1, ofRow.get(row)))
  const missing = look.missing.map(({ id: session, date, title_ja }) => ({ session, date, title: title_ja }))
  const isLeft = ({ days, why }: RowReport) =>
    why.length > 0 || days.some(({ fate, told }) => LEFT_TO_A_PERSON.includes(fate) || told.some(isState))
  return {
    said: json
      ? JSON.stringify({ import: id, rows, missing, unread: reading.unread }, null, 2)
      : reportLines(rows, missing, reading.unread),
    isWhole: missing.length === 0 && !rows.some(isLeft),
  }
}

const LEFT_TO_A_PERSON: readonly Fate[] = ['changed', 'noted', 'outside']

/** A new day that is printed as full or closed was opened for booking all the same. */
const isState = ({ field }: Told) => field === 'full' || field === 'closed'

/** What became of a row. `why`: the reasons for which it is left to a person; then nothing of it was taken in. */
type RowReport = {
  row: number
  printed: string
  prefecture: string
  desk: string
  series: string[]
  sessions: string[]
  /** A series of the house that has the same rule. */
  known: string | null
  days: { date: string | null; fate: Fate; session: string | null; changes: Change[]; told: Told[] }[]
  why: string[]
}

function rowReport(look: RowLook, row: number, made: MadeIds = { series: [], sessions: [] }): RowReport {
  const { record, decision, days, series } = look
  return {
    row,
    printed: record.printed,
    prefecture: decision.prefecture,
    desk: decision.desk,
    ...made,
    known: series?.id ?? null,
    days: days
      .filter(({ fate }) => record.rule === null || fate !== 'left')
      .map(({ read, date, fate, session, changes, told }) => ({
        date: date ?? read.date,
        fate,
        session: session?.id || null,
        changes,
        told,
      })),
    why: look.state === 'open' ? whyOpen(look) : [],
  }
}

/** Why a row is left to a person: its doubtful days, then its faulty fields. */
function whyOpen({ days, faults, decision }: RowLook): string[] {
  const open = days.filter(({ fate }) => fate === 'open')
  const doubts = open.flatMap(({ read }) => read.problems.map((problem) => ofProblem(problem).trim()))
  const moved = open.flatMap(({ date, instead }) =>
    instead ? [`${date}: new, or moved from ${instead.date} (session ${instead.id})`] : [],
  )
  const fields = Object.entries(faults).map(([field, fault]) => `${field}: ${fault}`)
  const place = decision.prefecture === '' && fields.length === 0 ? ['prefecture: required'] : []
  return [...doubts, ...moved, ...place, ...fields]
}

const FATES: Record<Fate, string> = {
  open: 'to be decided',
  left: 'left out',
  new: 'taken in',
  same: 'there already',
  noted: 'there already, and the schedule says more of it',
  changed: 'there already, and differs',
  off: 'called off, and not there',
  past: 'left out: in the past',
  outside: 'left out: no fiscal year is open',
}

function reportLines(rows: RowReport[], missing: { session: string; date: string | null }[], unread: string[]): string {
  return [
    ...rows.flatMap(rowLines),
    ...missing.map(({ session, date }) => `not in the schedule: ${date} ${session}`),
    ...unread.map((text) => `unread: ${text}`),
  ].join('\n')
}

function rowLines({ row, printed, prefecture, desk, series, sessions, known, days, why }: RowReport): string[] {
  const made = [...series.map((id) => `series ${id}`), ...sessions.map((id) => `session ${id}`)]
  const is = why.length > 0 ? 'left to a person' : made.length > 0 ? `taken in at desk ${desk}` : 'nothing new'
  return [
    `row ${row} | ${prefecture || '--'} | ${is}: ${printed.replaceAll('\n', ' ')}`,
    ...made.map((id) => `  ${id}`),
    ...(known === null ? [] : [`  series ${known} has this rule already`]),
    ...(why.length > 0 ? [] : days.map(dayLine)),
    ...why.map((reason) => `  ${reason}`),
  ]
}

function dayLine({ date, fate, session, changes, told }: RowReport['days'][number]): string {
  const what = changes.map(({ field, from, to, act }) => `; ${field} ${from} -> ${to} (${act})`).join('')
  const more = told.map(({ field, printed, here }) => `; ${field}: ${printed}${here && ` (here: ${here})`}`).join('')
  return `  ${date ?? 'no date'}: ${FATES[fate]}${session === null ? '' : ` ${session}`}${what}${more}`
}

function clashText(clashes: readonly Clash[]): string {
  const each = clashes.map(({ id, date, title_ja }) => `  ${date} ${id} ${title_ja}`)
  return ['At the same time and desk or venue (--beside TEXT: why both take place):', ...each].join('\n')
}

function readFile(file: string, today: string): Promise<Reading> {
  const bytes = readFileSync(file === '-' ? 0 : file)
  return readSheets(bytes, file, today, (sheet) => `(hidden sheet) ${sheet}`).catch((error: unknown) => {
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
