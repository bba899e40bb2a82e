import { isCivilDate, isTimeOfDay } from '../../base/japan/civil.ts'
import { FORMATS, type Format } from '../../base/vocabulary.ts'
import { columnsIn } from './columns.ts'
import { timeIn } from './look.ts'

/** The word of each form in a table. */
const WORDS: Record<Format, string> = { onsite: '現地', online: 'WEB', phone: '電話', visit: '訪問' }

type Choices = { day: string; time: string; format: string }

/** What a person chose for a row of a table, by its number: `choose.12.format`. */
const choicesIn = (given: Readonly<Record<string, unknown>>, line: number): Choices => {
  const one = (name: keyof Choices) => {
    const value = given[`choose.${line}.${name}`]
    return typeof value === 'string' ? value : ''
  }
  return { day: one('day'), time: one('time'), format: one('format') }
}

/**
 * A table with what a person chose for its rows: another day, a time, a form. Each stands in the cell of its column, as if
 * it were typed there. What is no day, time or form is left out. Pure.
 */
export function withChoices(
  table: readonly (readonly string[])[],
  given: Readonly<Record<string, unknown>>,
): readonly (readonly string[])[] {
  const columns = columnsIn(table)
  if (columns === null) return table
  const { at, head } = columns
  const width = Math.max(...table.map(({ length }) => length))
  const formatAt = at.format ?? width
  const isAdded = at.format === undefined && table.some((_, n) => choicesIn(given, n + 1).format !== '')
  return table.map((cells, n) => {
    const row = isAdded ? Array.from({ length: width + 1 }, (_, i) => cells[i] ?? '') : [...cells]
    if (n === head && isAdded) row[formatAt] = '形式'
    if (n > head) setChosen(row, { ...at, format: formatAt }, choicesIn(given, n + 1))
    return row
  })
}

type At = NonNullable<ReturnType<typeof columnsIn>>['at']

function setChosen(row: string[], at: At & { format: number }, { day, time, format }: Choices): void {
  const kept = timeIn(row[at.day ?? -1] ?? '')
  if (isCivilDate(day)) row[at.day ?? 0] = kept === null ? day : `${day} ${kept}`
  if (isTimeOfDay(time)) setTime(row, at, time)
  const known = FORMATS.find((one) => one === format)
  if (known) row[at.format] = WORDS[known]
}

/** Writes a time into its column, or behind the day. */
function setTime(row: string[], at: At, time: string): void {
  const day = at.day ?? 0
  row[day] = (row[day] ?? '').replace(/[\s　]*[\d０-９]{1,2}\s*[:：時].*$/, '')
  if (at.time === undefined) row[day] = `${row[day]} ${time}`
  else row[at.time] = time
}
